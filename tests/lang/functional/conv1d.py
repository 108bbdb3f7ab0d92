# One-dimensional convolution.
import torch
import torch.nn.functional as F

signal = torch.tensor([[[1.0, 2.0, 4.0, 8.0, 16.0]]])
kernel = torch.tensor([[[1.0, -1.0]]])
print(F.conv1d(signal, kernel))
print(F.conv1d(signal, kernel, padding=1))
print(F.conv1d(signal, kernel, stride=2))
print(F.conv1d(signal, kernel, dilation=2))
print(F.conv1d(signal, kernel, bias=torch.tensor([100.0])))

x = torch.arange(12.0).reshape(1, 2, 6).requires_grad_()
w = torch.tensor([[[1.0, 0.0, -1.0], [0.5, 0.5, 0.5]], [[0.0, 1.0, 0.0], [1.0, 1.0, 1.0]]], requires_grad=True)
b = torch.tensor([10.0, 20.0], requires_grad=True)
out = F.conv1d(x, w, b, padding=1)
print(out)
out.sum().backward()
print(x.grad)
print(w.grad)
print(b.grad)
grouped = F.conv1d(x.detach(), torch.ones(2, 1, 2), groups=2)
print(grouped)
