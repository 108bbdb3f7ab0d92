# Each in-place change counts, and a saved value that changed is an error.
import torch

x = torch.ones(3)
print(x._version)
x.add_(1)
x *= 2
x[0] = 5
print(x._version)
v = x[1:]
v.zero_()
print(x._version, v._version)

a = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
b = a.exp()
b.add_(1)
try:
    b.sum().backward()
except RuntimeError as error:
    print(error)

# The product saved b's old value; a sum saved nothing.
b = a * 2
c = b * b
b.mul_(3)
try:
    c.sum().backward()
except RuntimeError as error:
    print(error)
b = a * 2
c = b + b
b.mul_(3)
c.sum().backward()
print(a.grad)
