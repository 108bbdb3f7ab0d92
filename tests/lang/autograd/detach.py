# detach() cuts the graph; .data does too, unnoticed.
import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = x * x
z = y.detach() * x
z.sum().backward()
print(x.grad)
print(y.detach().requires_grad, y.requires_grad)

d = x.detach()
d[0] = 10.0
print(x, d)

w = torch.tensor([1.0, 1.0], requires_grad=True)
w.data -= 0.5
print(w, w.data, w.data.requires_grad)
w.data = torch.tensor([7.0, 8.0])
print(w)

a = torch.tensor(1.0, requires_grad=True)
b = a * 3
b.detach_()
print(b, b.is_leaf)

copy = x.clone()
copy.sum().backward()
print(x.grad, copy.grad_fn.name())
print(x.detach().clone())
