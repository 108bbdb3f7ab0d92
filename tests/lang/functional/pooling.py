# Pooling in one and two dimensions.
import torch
import torch.nn.functional as F

x = torch.tensor([[[1.0, 3.0, 2.0, 5.0, 4.0, 0.0]]])
print(F.max_pool1d(x, 2), F.avg_pool1d(x, 2))
print(F.max_pool1d(x, 3, stride=1), F.max_pool1d(x, 2, padding=1))
print(F.avg_pool1d(x, 3, stride=1, padding=1))
picture = torch.arange(16.0).reshape(1, 1, 4, 4)
print(F.max_pool2d(picture, 2))
print(F.avg_pool2d(picture, 2))
print(F.max_pool2d(picture, 3, stride=1))
print(F.avg_pool2d(picture, (2, 4)))
print(F.max_pool2d(picture, 2, stride=2, padding=1))
values, indices = F.max_pool2d(picture, 2, return_indices=True)
print(indices)
print(F.adaptive_avg_pool2d(picture, 1), F.adaptive_avg_pool2d(picture, (2, 1)))
print(F.max_pool2d(torch.zeros(1, 1, 5, 5), 2).shape, F.max_pool2d(torch.zeros(1, 1, 5, 5), 2, ceil_mode=True).shape)

y = torch.tensor([[[1.0, 3.0, 2.0, 5.0]]], requires_grad=True)
F.max_pool1d(y, 2).sum().backward()
print(y.grad)
y.grad = None
F.avg_pool1d(y, 2, stride=1).sum().backward()
print(y.grad)
z = torch.arange(9.0).reshape(1, 1, 3, 3).requires_grad_()
F.max_pool2d(z, 2, stride=1).sum().backward()
print(z.grad)
z.grad = None
F.avg_pool2d(z, 2, stride=1).sum().backward()
print(z.grad)
