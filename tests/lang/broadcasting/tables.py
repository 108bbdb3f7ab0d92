# Whole tables from a row and a column.
import torch

n = torch.arange(1, 6)
print(n.unsqueeze(1) * n)
print(n[:, None] + n[None, :])
print((n.view(-1, 1) >= n).int())
points = torch.tensor([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
offsets = points[:, None] - points[None]
print(offsets.shape)
print((offsets ** 2).sum(-1).sqrt())
data = torch.tensor([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])
print(data - data.mean(0))
print((data - data.mean(0)) / data.std(0))
print(data / data.sum(1, keepdim=True))
labels = torch.tensor([0, 2, 1])
print((labels[:, None] == torch.arange(3)).float())
