# What a hook returns takes the place of the gradient.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
handle = x.register_hook(lambda g: g * 10)
x.sum().backward()
print(x.grad)

handle.remove()
x.grad = None
x.sum().backward()
print(x.grad)

x.grad = None
h1 = x.register_hook(lambda g: g + 1)
h2 = x.register_hook(lambda g: g * 2)
x.sum().backward()
print(x.grad)
h1.remove()
h2.remove()

y = x * 100
y.register_hook(lambda g: g.clamp(max=0.5))
x.grad = None
y.sum().backward()
print(x.grad)

y = x * 2
y.register_hook(lambda g: None)
x.grad = None
y.sum().backward()
print(x.grad)
try:
    torch.zeros(2).register_hook(print)
except RuntimeError as error:
    print(error)
