# torch.autograd.grad returns gradients and leaves .grad alone.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = torch.tensor([3.0, 4.0], requires_grad=True)
unused = torch.tensor(0.0, requires_grad=True)

out = (x * y).sum()
gx, gy = torch.autograd.grad(out, [x, y])
print(gx, gy, x.grad)

out = (x * x * y).sum()
(gx,) = torch.autograd.grad(out, x, retain_graph=True)
print(gx)
print(torch.autograd.grad(out, (x, y)))

vector = x * 3
print(torch.autograd.grad(vector, x, grad_outputs=torch.tensor([1.0, 100.0])))

out = x.sum()
print(torch.autograd.grad(out, [x, unused], allow_unused=True))
out = x.sum()
try:
    torch.autograd.grad(out, [x, unused])
except RuntimeError as error:
    print(error)

middle = x * 2
out = (middle ** 2).sum()
print(torch.autograd.grad(out, middle))
