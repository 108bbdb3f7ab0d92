# Gradients flow only to the elements that took part.
import torch

x = torch.tensor([3.0, -1.0, 2.0, -4.0], requires_grad=True)


def show(out):
    x.grad = None
    out.backward()
    print(x.grad)


show(x[1])
show(x[1:3].sum())
show(x[::2].sum())
show(x[[0, 0, 3]].sum())
show(x[x > 0].sum())
show(x.max())
show(x.min())
show(x.abs().sum())
show(x.clamp(-2, 2).sum())
show(torch.relu(x).sum())
show(torch.where(x > 0, x * 2, x * 3).sum())
show(torch.sort(x)[0][0])
show(x.topk(2)[0].sum())
show(torch.maximum(x, torch.zeros(4)).sum())
show(x.gather(0, torch.tensor([3, 1])).sum())
show(torch.masked_fill(x, x < 0, 0.0).sum())
