# Reading and writing through an index within the graph.
import torch

x = torch.arange(6.0).reshape(2, 3).requires_grad_()


def show(out):
    x.grad = None
    out.sum().backward()
    print(x.grad)


show(x[0] * 2)
show(x[:, 1] ** 2)
show(x[[0, 0, 1]])
show(x[torch.tensor([[True, False, True], [False, True, False]])] * 3)
show(x[torch.arange(2), torch.tensor([2, 0])])
show(x[..., ::2])
show(x[1, 2] * x[0, 1])
show(x[:, None, 1:].expand(2, 4, 2))

y = x * 1
y[0] = 0
show(y * 5)
z = torch.zeros(3)
z[1] = x[1, 1] * 7
z[[0, 2]] = x[0, :2] * 2
show(z)
w = x.clone()
w[w > 3] = w[w > 3] * 10
show(w)
