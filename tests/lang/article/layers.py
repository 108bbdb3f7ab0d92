# Convolution, pooling and a recurrent layer on Variables.
import torch
import torch.nn.functional as F
from torch.autograd import Variable

image = Variable(torch.arange(16).float().view(1, 1, 4, 4), requires_grad=True)
kernel = Variable(torch.ones(1, 1, 3, 3), requires_grad=True)
out = F.max_pool2d(F.conv2d(image, kernel), 2)
print(out)
out.sum().backward()
print(kernel.grad)
print(image.grad)

torch.manual_seed(0)
w_ih, w_hh = Variable(torch.randn(3, 2)), Variable(torch.randn(3, 3), requires_grad=True)
h = Variable(torch.zeros(1, 3))
for word in [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]:
    h = torch.tanh(Variable(torch.Tensor([word])).mm(w_ih.t()) + h.mm(w_hh.t()))
print(h)
h.sum().backward()
print(w_hh.grad)
