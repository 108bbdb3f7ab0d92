# A hook sees the gradient as it passes.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 3
z = y ** 2
y.register_hook(lambda grad: print("gradient of y:", grad))
x.register_hook(lambda grad: print("gradient of x:", grad))
z.register_hook(lambda grad: print("gradient of z:", grad))
z.sum().backward()
print(x.grad)

seen = []
a = torch.tensor(2.0, requires_grad=True)
b = a * 4
c = a * 5
a.register_hook(lambda g: seen.append(g.item()))
(b + c).backward()
print(seen)
