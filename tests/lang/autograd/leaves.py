# Leaves are made by the user; everything computed from them has a grad_fn.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
c = torch.tensor([5.0, 6.0])
y = x * c
z = c + 1
for name, t in [("x", x), ("c", c), ("y", y), ("z", z)]:
    print(name, t.is_leaf, t.requires_grad, t.grad_fn is None)

print(y.grad_fn.name())
print(type(y.grad_fn).__name__)
print(y.grad_fn.next_functions[0][0].name(), y.grad_fn.next_functions[1])
y.retain_grad()
y.sum().backward()
print(x.grad, y.grad, c.grad)
print(y.retains_grad, x.retains_grad)

v = torch.zeros(2)
v.requires_grad_()
print(v.requires_grad, v.is_leaf)
v.requires_grad = False
print(v.requires_grad)
try:
    y.requires_grad = False
except RuntimeError as error:
    print(error)
try:
    torch.tensor([1, 2], requires_grad=True)
except RuntimeError as error:
    print(error)
