# Modules that behave differently while training.
import torch
import torch.nn as nn

torch.manual_seed(0)
drop = nn.Dropout(0.5)
x = torch.ones(8)
print(drop, drop(x))
drop.eval()
print(drop(x))
norm = nn.BatchNorm1d(2)
data = torch.tensor([[1.0, 10.0], [2.0, 20.0], [3.0, 60.0]])
print(norm(data))
print(norm.running_mean, norm.running_var, norm.num_batches_tracked)
norm.eval()
print(norm(data))
layer = nn.LayerNorm(3)
print(layer(torch.tensor([[1.0, 2.0, 6.0]])))
table = nn.Embedding(4, 3)
print(table(torch.tensor([0, 2, 0])).shape, table)
model = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.9))
model.eval()
print(torch.equal(model(data), model(data)))
