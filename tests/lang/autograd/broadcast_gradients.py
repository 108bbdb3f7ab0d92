# The gradient of a broadcast tensor is summed back to its own shape.
import torch

x = torch.ones(3, 2, requires_grad=True)
row = torch.tensor([1.0, 2.0], requires_grad=True)
column = torch.tensor([[1.0], [2.0], [3.0]], requires_grad=True)
scalar = torch.tensor(10.0, requires_grad=True)

out = x * row + column * scalar
print(out)
out.sum().backward()
for t in [x, row, column, scalar]:
    print(t.grad, t.grad.shape == t.shape)

a = torch.randn(4, 1, 3, requires_grad=True)
b = torch.randn(2, 1, requires_grad=True)
(a + b).sum().backward()
print(a.grad.shape, b.grad)
v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
v.expand(4, 3).sum().backward()
print(v.grad)
m = torch.tensor([[1.0, 2.0]], requires_grad=True)
m.repeat(3, 2).sum().backward()
print(m.grad)
