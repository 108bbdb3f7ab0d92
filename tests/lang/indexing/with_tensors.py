# Lists and integer tensors as indices.
import torch

x = torch.arange(12).reshape(3, 4) * 10
print(x[[0, 2]])
print(x[torch.tensor([2, 0, 0])])
print(x[[0, 1], [1, 2]])
print(x[:, [3, 0]])
print(x[torch.tensor([[0, 1], [2, 0]])].shape)
rows = torch.tensor([[0], [2]])
columns = torch.tensor([1, 3])
print(x[rows, columns])
print(x[1, torch.tensor([0, 3])])
print(x[[-1, -2], :2])
order = torch.argsort(torch.tensor([3, 1, 2]))
print(x[order])
labels = torch.tensor([2, 0, 1])
print(x[torch.arange(3), labels])
print(x.index_select(0, torch.tensor([1, 1])))
print(x.index_select(1, torch.tensor([3])))
print(torch.gather(x, 1, torch.tensor([[0, 1], [1, 2], [2, 3]])))
one_hot = torch.zeros(3, 4, dtype=torch.int64)
one_hot.scatter_(1, labels.unsqueeze(1), 1)
print(one_hot)
