# Each step multiplies by its own derivative.
import math

import torch

x = torch.tensor(0.5, requires_grad=True)
a = x * 3
b = a.sin()
c = b.exp()
c.backward()
by_hand = math.exp(math.sin(1.5)) * math.cos(1.5) * 3
print(x.grad, f"{by_hand:.4f}")
print(c.grad_fn.name(), b.requires_grad)

x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(5.0, requires_grad=True)
z = (x * y + x) / (y - 1)
z.backward()
print(z)
print(x.grad, y.grad)
dz_dx = (5.0 + 1) / (5 - 1)
dz_dy = (2 * (5 - 1) - (2 * 5 + 2)) / (5 - 1) ** 2
print(dz_dx, dz_dy)
