# Writing through an index.
import torch

x = torch.zeros(3, 4)
x[0] = 1
x[1, 2] = 5
x[:, 3] = torch.tensor([7.0, 8.0, 9.0])
x[2, :2] = -1
print(x)
x[1:, ::2] *= 10
print(x)
x[x < 0] = 0
print(x)
x[[0, 2]] = torch.arange(4.0)
print(x)
x[0, [1, 3]] = 100
print(x)
x[-1] += 1
print(x)
x[...] = 3
print(x)
x[0:2, 0:2] = torch.tensor([[1, 2], [3, 4]])
print(x)
x[None, 2] = 6
print(x)
mask = torch.eye(3, 4, dtype=torch.bool)
x[mask] = torch.tensor([10.0, 20.0, 30.0])
print(x)
v = torch.arange(5)
v[1], v[3] = v[3].item(), v[1].item()
print(v)
