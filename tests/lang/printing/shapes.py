# Brackets, indents and empty lines.
import torch

print(torch.arange(6).reshape(2, 3))
print(torch.arange(8).reshape(2, 2, 2))
print(torch.arange(16.0).reshape(2, 2, 2, 2))
print(torch.zeros(1, 1, 1))
print(torch.zeros(3, 1))
print(torch.zeros(0))
print(torch.zeros(0, 3))
print(torch.zeros(2, 0, dtype=torch.int64))
print(torch.arange(6).reshape(2, 3).t())
print(torch.arange(6)[::2])
print(torch.tensor(5).expand(2, 2))
print(torch.zeros(2, 3).shape)
print(torch.tensor(0).shape)
print(repr(torch.zeros(2).shape), str(torch.Size([1])))
