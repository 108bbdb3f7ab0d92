# Comparisons give bool tensors.
import torch

a = torch.tensor([1, 2, 3, 4])
b = torch.tensor([4, 2, 1, 5])
print(a == b, a != b)
print(a < b, a <= b, a > b, a >= b)
print(a > 2, 2 > a, a == 2.0)
print(torch.eq(a, b), torch.lt(a, b), a.ge(3))
print(torch.equal(a, b), torch.equal(a, a.clone()))
x = torch.tensor([1.0, 2.0])
y = x + 1e-9
print(x == y, torch.allclose(x, y), torch.allclose(x, x + 0.1))
print(torch.isclose(x, torch.tensor([1.0, 2.1])))
print(torch.maximum(a, b), torch.minimum(a, b))
print((a > 1) & (a < 4), (a == 1) | (a == 4), ~(a > 2), (a > 1) ^ (a > 3))
print((a > 2).any(), (a > 2).all(), (a > 2).sum())
if (a == a).all():
    print("all equal")
print(bool(torch.tensor([True])), not torch.tensor(0))
print(1 < torch.tensor(2) < 3)
