# True division is always floating; floor division keeps integers.
import torch

i = torch.tensor([7, -7, 6])
print(i / 2, i // 2, i % 2, i / 2.0, i // 2.0)
print((i / i).dtype, (i // i).dtype, (i.int() / 2).dtype, (i.double() / 2).dtype)
print(torch.tensor([True, True]) / 2)
print(7 / torch.tensor([2, 4]), 7 // torch.tensor([2, 4]))
try:
    i //= 0
except RuntimeError as error:
    print(error)
print(torch.tensor([1.0, -1.0, 0.0]) / 0, torch.tensor([1, 0]) / 0)
print(torch.tensor([5.5, -5.5]) // 2, torch.tensor([5.5, -5.5]) % 2)
print(torch.floor_divide(torch.tensor(-7), 2), torch.true_divide(torch.tensor(7), 2))
print(i.float().mean(), i.sum() / 3)
