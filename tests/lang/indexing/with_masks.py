# Bool tensors as indices.
import torch

x = torch.tensor([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])
mask = x > 0
print(mask)
print(x[mask])
print(x[x < -1])
print(x[~mask].abs())
print(x[torch.tensor([True, False])])
print(x[:, torch.tensor([True, False, True])])
x[mask] = 0
print(x)
x[x == 0] += 1
print(x)
v = torch.arange(6)
print(v[v % 2 == 0], v[(v > 1) & (v < 5)])
print(v[v > 100], v[v > 100].shape)
v[v > 3] = torch.tensor([40, 50])
print(v)
print(mask.nonzero())
print(torch.nonzero(v == 2).item())
r, c = torch.where(x < 0)
print(r, c)
print(x[r, c])
