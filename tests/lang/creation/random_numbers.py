# The same seed gives the same numbers.
import torch

torch.manual_seed(0)
print(torch.rand(3))
print(torch.randn(2, 3))
print(torch.randint(0, 10, (5,)))
print(torch.randint(3, (2, 2)))
print(torch.randperm(8))

torch.manual_seed(0)
first = torch.rand(3)
torch.manual_seed(0)
second = torch.rand(3)
print(torch.equal(first, second), torch.initial_seed())

torch.manual_seed(42)
print(torch.randn(20))
print(torch.rand(2, 2, dtype=torch.float64))
print(torch.randn(3, requires_grad=True).requires_grad)
print(torch.bernoulli(torch.tensor([0.1, 0.5, 0.9, 1.0])))
print(torch.normal(10.0, 2.0, size=(4,)))
print(torch.normal(torch.zeros(3), torch.tensor([1.0, 10.0, 100.0])))
print(torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 6, replacement=True))
print(torch.multinomial(torch.tensor([1.0, 2.0, 3.0, 4.0]), 4))
