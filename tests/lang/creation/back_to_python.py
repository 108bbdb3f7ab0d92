# From tensors back to Python numbers and lists.
import torch

x = torch.tensor([[1, 2], [3, 4]])
print(x.tolist())
print(torch.tensor([0.5, 1.25]).tolist())
print(torch.tensor(3.5).item(), torch.tensor([7]).item(), torch.tensor(True).item())
print(type(torch.tensor(3).item()), type(torch.tensor(3.0).item()))
print(torch.tensor(2).tolist())
print(float(torch.tensor([1.5])), int(torch.tensor(2.9)), bool(torch.tensor(0)))
print(len(x), [row.tolist() for row in x])
for i, row in enumerate(x):
    print(i, row, row.sum().item())
a, b = x
print(a, b)
print(list(torch.arange(3)))
print(x.size(), x.size(0), x.shape[1], tuple(x.shape), list(x.size()))
print(range(torch.tensor(3)))
print([10, 20, 30][torch.tensor(1)])
print(sum(torch.tensor([1.0, 2.0, 3.0])))
print(max(torch.tensor([1.0, 5.0, 3.0])))
