# Gradients of scalars and small tensors, in today's style and in that of old tutorials.
import torch
from torch.autograd import Variable

x = Variable(torch.Tensor([2]), requires_grad=True)
y = x ** 2
y.backward()
print(x.grad, x.data, y.grad_fn, x.is_leaf, x.requires_grad)
v = Variable(torch.Tensor([3]), volatile=True)
z = x * v + x / v - 1
print(z, z.requires_grad)

a = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
w = torch.randn(3, 2, requires_grad=True)
b = torch.zeros(2, requires_grad=True)
h = a @ w + b
loss = (torch.tanh(h) * torch.sigmoid(h) + torch.relu(h)).pow(2).mean()
loss.backward(retain_graph=True)
print(a.grad, w.grad.shape, b.grad)
w.grad.zero_()
loss.backward()
with torch.no_grad():
    w -= 0.1 * w.grad
    b.add_(b.grad, alpha=-0.1)
print(loss.item(), w.detach().sum(), loss)

t = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)
u = t.exp() + t.log() + t.sqrt() + t.sin() + t.cos() + t.abs() - 2 * t / (1 + t)
u.backward(torch.ones(3))
print(t.grad)
g, = torch.autograd.grad((t ** 3).sum(), t, create_graph=True)
g.sum().backward()
print(t.grad)
c = torch.tensor(3.0, requires_grad=True)
d = (c * 2 + 1) ** 3
d.backward()
print(c, d, c.grad)
print(torch.where(t > 1, t, -t), t.clamp(0, 1), t.max(), t.argmax(), t.min(), -t)
