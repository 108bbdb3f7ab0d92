# Views and joins pass gradients through unchanged, to the right place.
import torch

x = torch.arange(6.0).reshape(2, 3).requires_grad_()
weight = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def show(out):
    x.grad = None
    out.sum().backward()
    print(x.grad)


show(x.t() * weight)
show(x.reshape(3, 2) * weight)
show(x.view(6) * torch.arange(6.0))
show(x.permute(1, 0) * weight)
show(x.unsqueeze(0) * 2)
show(x.flatten()[2:4])
show(torch.cat([x, x * 10]))
show(torch.stack([x, x, x]) * torch.tensor([1.0, 10.0, 100.0]).view(3, 1, 1))
a, b = x.unbind(0)
show(a * 5)
left, right = x.split([1, 2], dim=1)
show(left * right)
show(x.chunk(3, dim=1)[2])
show(x.sum(0) * torch.tensor([1.0, 2.0, 3.0]))
show(x.mean(1, keepdim=True) * x)
