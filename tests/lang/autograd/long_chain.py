# A chain of many operations.
import torch

x = torch.tensor(1.0, requires_grad=True)
y = x
for i in range(20000):
    y = y + 0.5
y.backward()
print(y.item(), x.grad.item())

x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
y = x
for i in range(1000):
    y = y * 1.001
y.backward()
print(f"{y.item():.6f} {x.grad.item():.6f} {1.001 ** 1000:.6f}")

x = torch.tensor([1.0, 2.0], requires_grad=True)
parts = [x * i for i in range(500)]
total = sum(parts)
total.sum().backward()
print(x.grad)
