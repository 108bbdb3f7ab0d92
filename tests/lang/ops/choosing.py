# clamp, where, maximum and their relatives.
import torch

x = torch.tensor([-3.0, -1.0, 0.0, 1.0, 3.0])
print(x.clamp(-1, 1))
print(torch.clamp(x, min=0))
print(x.clamp(max=0.5))
print(x.clip(-2, 2))
print(torch.where(x > 0, x, -x))
print(torch.where(x > 0, x, 0.0))
print(torch.where(x > 0))
print(torch.maximum(x, torch.tensor(0.0)), torch.minimum(x, -x))
print(x.relu(), torch.nn.functional.leaky_relu(x, 0.1))
print(x.masked_fill(x < 0, -9), torch.masked_select(x, x > 0))
print(torch.tensor([1, 5, 9]).clamp(2, 8))
condition = torch.tensor([[True, False], [False, True]])
print(torch.where(condition, torch.ones(2, 2), torch.zeros(2)))
print(x.sign() * x.abs() == x)
