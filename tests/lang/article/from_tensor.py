# A Variable around a tensor, as the first tutorials made them.
import torch
from torch.autograd import Variable

x = torch.Tensor([1, 2, 3])
x_var = Variable(x, requires_grad=True)
print(x_var)
print(x_var.data)
print(x_var.grad)
print(x_var.requires_grad, x.requires_grad)
print(isinstance(x_var, torch.Tensor), isinstance(x_var, Variable))
x_var.data[0] = 10
print(x)
