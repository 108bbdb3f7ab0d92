# Maths, matrices and comparisons on Variables.
import torch
from torch.autograd import Variable

a = Variable(torch.Tensor([[1, 2], [3, 4]]), requires_grad=True)
b = Variable(torch.Tensor([[5, 6], [7, 8]]), requires_grad=True)
print(a + b)
print(a * b)
print(torch.mm(a, b))
print(a.t())
print(a > 2)
print((a > 2) & (b < 8))
print(torch.max(a), torch.max(a, 1)[1])
loss = torch.mm(a, b).sum() + (a * b).mean()
loss.backward()
print(a.grad)
print(b.grad)
a.grad.data.zero_()
print(a.grad)
