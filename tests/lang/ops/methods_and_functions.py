# The same operation as function, method and operator.
import torch

x = torch.tensor([1.0, 4.0, 9.0])
y = torch.tensor([2.0, 2.0, 2.0])
print(torch.equal(torch.sqrt(x), x.sqrt()))
print(torch.equal(torch.add(x, y), x + y), torch.equal(x.add(y), x.__add__(y)))
print(torch.sum(x) == x.sum())
print(torch.exp(input=torch.zeros(2)))
print(torch.sum(input=x, dim=0), x.sum(dim=0), x.sum(0))
print(x.mean(dim=0, keepdim=True))
print(torch.reshape(x, (3, 1)).shape, torch.transpose(torch.zeros(2, 3), 0, 1).shape)
print(torch.is_tensor(x), torch.is_tensor([1]), torch.numel(x))
print(x.size(), x.dim(), x.ndim, x.nelement(), x.shape == torch.Size([3]))
print(x.clone() is x, x.cpu() is x, x.device)
out = torch.empty(3)
torch.add(x, y, out=out)
print(out)
chained = x.sqrt().add(1).mul(2).sum().item()
print(chained)
functions = [torch.sin, torch.cos, lambda t: t * 2]
print([f(torch.tensor(0.0)) for f in functions])
