# The arithmetic operators, element by element.
import torch

a = torch.tensor([7.0, -7.0, 2.5])
b = torch.tensor([2.0, 2.0, -1.0])
print(a + b, a - b, a * b, a / b)
print(a // b, a % b, a ** b)
print(-a, +a, abs(a))
print(a + 1, a - 1, a * 2, a / 2, a // 2, a % 2, a ** 2)
print(1 + a, 1 - a, 2 * a, 1 / b, 7 // b, 7 % b, 2 ** b)

i = torch.tensor([7, -7, 5])
j = torch.tensor([2, 2, -3])
print(i + j, i * j, i / j, i // j, i % j)
print(i ** 2, 2 ** torch.tensor([0, 1, 5]))
print(i // 2, i % 3, i / 2)
print(torch.add(a, b), torch.sub(a, b), torch.mul(a, b), torch.div(a, b))
print(torch.add(a, b, alpha=10), a.add(b, alpha=-1))
print(torch.div(a, b, rounding_mode="floor"), torch.div(i, j, rounding_mode="trunc"))
print(torch.remainder(a, 2), torch.fmod(a, 2))
print(torch.pow(a, 2), torch.square(a), a.reciprocal(), a.neg())
