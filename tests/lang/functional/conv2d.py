# Two-dimensional convolution: the kernel slides over the picture.
import torch
import torch.nn.functional as F

picture = torch.zeros(1, 1, 5, 5)
picture[0, 0, 1:4, 1:4] = 1
edges = torch.tensor([[[[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]]])
print(F.conv2d(picture, edges))
print(F.conv2d(picture, edges, padding=1))
print(F.conv2d(picture, edges, stride=2, padding=1))
print(F.conv2d(picture, torch.ones(1, 1, 2, 2), dilation=2))
print(F.conv2d(picture, torch.ones(2, 1, 1, 1), torch.tensor([0.0, 10.0])).shape)
print(F.conv2d(picture, torch.ones(1, 1, 3, 1), padding=(1, 0)))

x = torch.arange(18.0).reshape(1, 2, 3, 3).requires_grad_()
w = torch.ones(3, 2, 2, 2, requires_grad=True)
b = torch.zeros(3, requires_grad=True)
out = F.conv2d(x, w, b)
print(out.shape, out[0, 0])
(out * torch.tensor([1.0, 2.0, 3.0]).view(1, 3, 1, 1)).sum().backward()
print(x.grad)
print(w.grad[0], b.grad)
print(F.conv2d(x.detach(), torch.ones(2, 1, 3, 3), groups=2).flatten())
