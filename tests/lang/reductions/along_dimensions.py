# One dimension at a time.
import torch

x = torch.arange(6.0).reshape(2, 3)
print(x.sum(0), x.sum(1), x.sum(-1))
print(x.sum(dim=0, keepdim=True), x.sum(1, keepdim=True))
print(x.mean(0), x.mean(dim=1))
print(x.prod(1), x.std(1), x.var(0))
print(x.max(0), x.min(1))
values, indices = x.max(dim=1)
print(values, indices)
print(x.max(1)[1], x.max(1).values, x.argmax(0), x.argmin(dim=1), x.argmax(1, keepdim=True))
print((x > 1).all(0), (x > 1).any(1))
y = torch.arange(24.0).reshape(2, 3, 4)
print(y.sum((0, 2)), y.mean(dim=(1, 2)), y.sum([0, 1], keepdim=True).shape)
print(y.amax(dim=(0, 1)), y.norm(dim=2).shape)
print(torch.norm(torch.tensor([3.0, 4.0])), torch.tensor([3.0, -4.0]).norm(p=1))
print(x.median(1).values, x.logsumexp(0))
try:
    x.sum(2)
except IndexError as error:
    print(error)
print(torch.zeros(2, 0).sum(1), torch.zeros(0, 2).sum(0))
