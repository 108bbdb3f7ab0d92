# Long rows break; more than a thousand elements are summarised.
import torch

print(torch.arange(40))
print(torch.arange(20) / 7)
print(torch.arange(60).reshape(2, 30))
print(torch.arange(1000.0)[-25:])
print(torch.arange(1001))
print(torch.zeros(2000))
print(torch.arange(10000).reshape(100, 100))
print(torch.ones(30, 40) * 0.5)
print(torch.arange(1100.0).reshape(11, 10, 10))
print(torch.arange(2000).reshape(2, 1000))
print(torch.zeros(1001, dtype=torch.bool))
