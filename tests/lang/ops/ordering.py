# Sorting, and the largest few.
import torch

x = torch.tensor([3.0, 1.0, 2.0])
values, indices = torch.sort(x)
print(values, indices)
print(x.sort(descending=True))
print(x.argsort(), x.argsort(descending=True))
print(torch.topk(x, 2))
top = x.topk(1, largest=False)
print(top.values, top.indices)
print(torch.tensor([[3, 1], [2, 4]]).sort(dim=0)[0])
print(torch.tensor([[3, 1], [2, 4]]).sort(dim=1).values)
