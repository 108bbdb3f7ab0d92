# softmax and log_softmax.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
p = torch.softmax(x, dim=1)
print(p)
print(torch.allclose(p.sum(dim=1), torch.ones(2)))
print(F.softmax(x, dim=0))
print(x.softmax(-1).argmax(dim=1))
print(torch.log_softmax(x, dim=1))
print(torch.allclose(F.log_softmax(x, 1), p.log()))
print(F.softmax(torch.tensor([1000.0, 1001.0]), dim=0))
print(F.softmax(torch.tensor([0.0, float("-inf")]), dim=0))
print(torch.logsumexp(x, dim=1))
print(F.softmin(torch.tensor([1.0, 2.0]), dim=0))
temperature = 0.5
print(F.softmax(x[0] / temperature, dim=0))

y = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
q = F.softmax(y, dim=0)
q[2].backward()
print(q, y.grad)
print(abs(y.grad.sum().item()) < 1e-6)
