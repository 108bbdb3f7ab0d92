# All elements of a tensor share one format.
import torch

print(torch.tensor(3.14159265))
print(torch.tensor([1.0, 2.0, 3.0]))
print(torch.tensor([1.5, 2.0, 3.25]))
print(torch.tensor([1, 10, 100]))
print(torch.tensor([-1.5, 22.25, 333.125]))
print(torch.tensor([0.1, 0.22, 0.333, 0.4444, 0.55555]))
print(torch.tensor([0.0, -0.0]))
print(torch.tensor([123456.0, 1.0]))
print(torch.tensor([999.99999, 0.5]))
print(torch.tensor([1 / 3], dtype=torch.float64))
print(torch.tensor([[1.0, -1.0], [10.0, -10.0]]))
print(torch.tensor([True, False]))
print(torch.tensor([255, 0], dtype=torch.uint8))
print(torch.tensor([-2147483648, 2147483647], dtype=torch.int32))
print(torch.tensor([2.5, 3.5]) * 1e5)
