# In-place changes of computed tensors are recorded too.
import torch

x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
y = x * 2
y += 1
y *= 3
y.relu_()
print(y)
y.sum().backward()
print(x.grad)

x.grad = None
y = x + 0
y[1] = 0
(y ** 2).sum().backward()
print(x.grad)

x.grad = None
y = x.clone()
y.clamp_(-1, 1)
y.sum().backward()
print(x.grad)

total = torch.zeros(3)
total += x
total += x * x
print(total.requires_grad)
total.sum().backward()
print(x.grad)

x.grad = None
z = x * 1
z.zero_()
(z + x).sum().backward()
print(x.grad)
