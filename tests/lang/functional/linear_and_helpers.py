# linear, one_hot, pad and embedding.
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
w = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
b = torch.tensor([0.0, 10.0, 100.0])
print(F.linear(x, w, b))
print(F.linear(x[0], w))
print(F.one_hot(torch.tensor([0, 2, 1])), F.one_hot(torch.tensor([1]), num_classes=4))
print(F.pad(torch.tensor([1.0, 2.0]), (1, 2)))
print(F.pad(torch.ones(2, 2), (0, 1, 1, 0), value=9.0))
table = torch.arange(8.0).reshape(4, 2)
print(F.embedding(torch.tensor([3, 0]), table))
