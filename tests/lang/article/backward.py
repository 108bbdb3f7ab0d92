# The derivative of x squared at 2.
import torch
from torch.autograd import Variable

x = Variable(torch.Tensor([2]), requires_grad=True)
y = x ** 2
y.backward()
print(x.grad)
print(y, y.data, y.grad_fn.name())
print(x.grad.data[0])
