# Very small, very large and widely spread numbers turn to scientific notation.
import torch

print(torch.tensor([1e-5]))
print(torch.tensor([0.0001]))
print(torch.tensor([0.001, 0.5]))
print(torch.tensor([0.0001, 0.5]))
print(torch.tensor([1.0, 1000.0]))
print(torch.tensor([1.0, 1001.0]))
print(torch.tensor([1e8]), torch.tensor([1e9]))
print(torch.tensor([1e-20, 1.0, 1e20]))
print(torch.tensor([-1e-10, 3.0]))
print(torch.tensor([0.0, 1e-6]))
print(torch.tensor([[1e-3, 1.0], [10.0, 1e3]]))
print(torch.exp(torch.arange(0.0, 12.0, 3.0)))
print(torch.tensor([1e300, 1e-300], dtype=torch.float64))
print(torch.tensor(1e-7), torch.tensor(12345678.9))
