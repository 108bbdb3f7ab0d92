# Derivatives of derivatives.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x ** 4
order = 1
while y.requires_grad:
    (y,) = torch.autograd.grad(y, x, create_graph=True)
    print(order, y.item())
    order += 1
    if order > 5:
        break

x = torch.tensor(1.0, requires_grad=True)
s = torch.sin(x)
for name in ["cos", "-sin", "-cos", "sin"]:
    s = torch.autograd.grad(s, x, create_graph=True)[0]
    print(name, f"{s.item():.4f}")

w = torch.tensor([1.0, 2.0], requires_grad=True)
loss = (w ** 3).sum()
loss.backward(create_graph=True)
first = w.grad
print(first.detach())
w.grad = None
penalty = (first ** 2).sum()
penalty.backward()
print(w.grad)
