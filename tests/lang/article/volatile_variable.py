# gradpad-only: PyTorch dropped volatile and only warns; here the variable takes no gradient.
import torch
from torch.autograd import Variable

x = Variable(torch.Tensor([2]), requires_grad=True)
y = Variable(torch.Tensor([3]), volatile=True)
z = x * y
z.backward()
print(x.grad)
print(y.grad, y.requires_grad, z)
