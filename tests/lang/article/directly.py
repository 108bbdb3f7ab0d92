# A Variable made in one go.
import torch
from torch.autograd import Variable

x_var = Variable(torch.Tensor([1, 2, 3]), requires_grad=True)
y = x_var.sum()
y.backward()
print(y, x_var.grad)
plain = Variable(torch.ones(2))
print(plain.requires_grad, (plain + x_var[:2]).requires_grad)
print(Variable(torch.LongTensor([1, 2])))
