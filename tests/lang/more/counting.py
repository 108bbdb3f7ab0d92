# Counting and searching.
import torch

x = torch.tensor([3.0, 1.0, 2.0])
print(torch.unique(torch.tensor([3, 1, 2, 3, 1])))
u, counts = torch.unique(torch.tensor([3, 1, 3]), return_counts=True)
print(u, counts)
print(torch.bincount(torch.tensor([0, 1, 1, 3])))
print(torch.count_nonzero(torch.tensor([0, 1, 0, 2])))
print(torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([0, 3, 6])))
print(torch.kthvalue(x, 2))
print(torch.median(x), torch.mode(torch.tensor([1, 2, 2])))
print(torch.isin(torch.tensor([1, 2, 3]), torch.tensor([2, 3])))
print(torch.histc(torch.tensor([1.0, 2.0, 2.5, 9.0]), bins=5, min=0, max=10))
print(torch.quantile(torch.arange(9.0), torch.tensor([0.25, 0.5, 0.75])))
