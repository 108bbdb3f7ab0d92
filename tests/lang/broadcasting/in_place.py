# The target of an in-place operation never grows.
import torch

x = torch.zeros(2, 3)
x += torch.tensor([1.0, 2.0, 3.0])
x += torch.tensor([[10.0], [20.0]])
print(x)
x[:, 0] = torch.tensor(9.0)
print(x)
for change in [
    lambda: torch.zeros(3).add_(torch.zeros(2, 3)),
    lambda: torch.zeros(2).mul_(torch.zeros(3)),
    lambda: torch.zeros(3).expand(4),
    lambda: torch.zeros(2, 3).expand(2),
]:
    try:
        print(change())
    except RuntimeError as error:
        print(error)
print(torch.zeros(1, 3).expand(2, -1).shape)
print(torch.ones(2, 1).expand_as(torch.zeros(2, 4)))
