# Running sums and other things along a dimension.
import torch

x = torch.tensor([1.0, 2.0, 3.0, 4.0])
print(x.cumsum(0), torch.cumsum(x, dim=0))
print(x.cumprod(0))
m = torch.arange(6.0).reshape(2, 3)
print(m.cumsum(0))
print(m.cumsum(1))
y = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y.cumsum(0).sum().backward()
print(y.grad)
y.grad = None
y.cumprod(0).sum().backward()
print(y.grad)
print(torch.cumsum(torch.tensor([True, True, False, True]), 0))
