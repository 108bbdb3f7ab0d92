# The derivative of x squared is 2x.
import torch

x = torch.tensor(3.0, requires_grad=True)
y = x ** 2
print(y)
y.backward()
print(x.grad)

for p in [1, 2, 3, 0.5, -1]:
    x = torch.tensor(4.0, requires_grad=True)
    (x ** p).backward()
    print(p, x.grad)

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
(x ** 3).sum().backward()
print(x.grad)

base = torch.tensor(2.0, requires_grad=True)
exponent = torch.tensor(3.0, requires_grad=True)
(base ** exponent).backward()
print(base.grad, exponent.grad)
(2 ** exponent).backward()
print(exponent.grad)
