# Less common arithmetic.
import torch

a = torch.tensor([7.0, -7.0, 2.5])
b = torch.tensor([2.0, 2.0, -1.0])
print(torch.addcmul(a, a, b, value=0.5), torch.addcdiv(a, a, b, value=2))
print(torch.lerp(torch.zeros(3), torch.ones(3), 0.25))
print(torch.heaviside(torch.tensor([-1.0, 0.0, 2.0]), torch.tensor(0.5)))
print(torch.hypot(torch.tensor(3.0), torch.tensor(4.0)))
print(torch.atan2(torch.tensor([1.0, -1.0]), torch.tensor([1.0, 1.0])))
print(torch.round(torch.tensor([1.2345, 2.5]), decimals=2))
i = torch.tensor([12, 10])
print(i << 1, i >> 1)
print(torch.nan_to_num(torch.tensor([float("nan"), float("inf"), 1.0]), nan=0.0, posinf=9.0))
print(torch.nansum(torch.tensor([1.0, float("nan")])))
print(torch.diff(torch.tensor([1, 4, 9, 16])))
print(torch.cummax(torch.tensor([1, 3, 2, 5]), dim=0))
print(torch.logspace(0, 3, 4))
