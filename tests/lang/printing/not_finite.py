# Infinity and NaN.
import torch

inf = float("inf")
nan = float("nan")
print(torch.tensor([inf, -inf, nan]))
print(torch.tensor([1.0, inf]))
print(torch.tensor([1.5, inf, nan, -inf]))
print(torch.tensor([1e10, nan]))
print(torch.tensor(nan), torch.tensor(-inf))
x = torch.tensor([0.0, 1.0, -1.0])
print(x / 0)
print(torch.log(x))
print(torch.sqrt(x))
y = x / 0
print(torch.isnan(y), torch.isinf(y), torch.isfinite(y))
print(y == y)
print(torch.tensor([nan]).sum(), torch.tensor([inf, 1.0]).mean())
