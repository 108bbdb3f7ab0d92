# How reductions pass gradients back.
import torch

x = torch.tensor([[1.0, 5.0, 2.0], [4.0, 3.0, 5.0]], requires_grad=True)


def show(out):
    x.grad = None
    out.sum().backward()
    print(x.grad)


show(x.sum())
show(x.mean())
show(x.mean(0) * torch.tensor([1.0, 2.0, 3.0]))
show(x.sum(1) ** 2)
show(x.max())
show(x.max(1)[0])
show(x.min(0).values)
show(x.amax())
show(x.prod())
show(x.norm())
show(x.var())
show(x.std(1))
show(x.logsumexp(1))
show(x.median())
show((x - x.mean()).pow(2).mean())
ties = torch.tensor([2.0, 2.0, 1.0], requires_grad=True)
ties.max().backward()
print(ties.grad)
ties.grad = None
ties.max(0)[0].backward()
print(ties.grad)
