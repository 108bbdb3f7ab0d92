import torch
from torch.autograd import Variable
x = Variable(torch.tensor([2.0, 3.0]), requires_grad=True)
y = x * x + 3
y.register_hook(lambda g: g * 2)
y.sum().backward(retain_graph=True)
print(x.grad, y.grad_fn, x.grad.data.numpy() if hasattr(x.grad, 'numpy') else None)
with torch.no_grad():
    x -= 0.1 * x.grad
x.grad.zero_()
