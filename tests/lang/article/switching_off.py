# Gradients for a part of the graph only.
import torch
from torch.autograd import Variable

x = Variable(torch.randn(5, 5))
y = Variable(torch.randn(5, 5))
z = Variable(torch.randn(5, 5), requires_grad=True)
a = x + y
print(a.requires_grad)
b = a + z
print(b.requires_grad)

w = Variable(torch.Tensor([1, 2]), requires_grad=True)
with torch.no_grad():
    out = w * 3
print(out.requires_grad, out)
features = (w * 2).detach()
loss = (features * w).sum()
loss.backward()
print(w.grad)
print(torch.cuda.is_available() in (True, False))
