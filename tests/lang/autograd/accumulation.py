# Gradients add up until they are set to zero.
import torch

w = torch.tensor([1.0, -2.0], requires_grad=True)
print(w.grad)
for step in range(3):
    loss = (w * w).sum()
    loss.backward()
    print(step, w.grad)

w.grad.zero_()
print(w.grad)
(w * 10).sum().backward()
print(w.grad)
w.grad = None
(w * 10).sum().backward()
print(w.grad)
w.grad = torch.tensor([100.0, 200.0])
w.sum().backward()
print(w.grad)

x = torch.ones(2, requires_grad=True)
y = x * 2 + x * 3 + x
y.sum().backward()
print(x.grad)
