# Losses as modules.
import torch
import torch.nn as nn

x = torch.tensor([[1.0, 2.0], [0.5, -0.5]])
y = torch.tensor([[1.0, 0.0], [0.0, 0.0]])
print(nn.MSELoss()(x, y), nn.MSELoss(reduction="sum")(x, y))
print(nn.L1Loss()(x, y), nn.SmoothL1Loss()(x, y))
print(nn.BCEWithLogitsLoss()(x, y), nn.BCELoss()(torch.sigmoid(x), y))
labels = torch.tensor([1, 0])
print(nn.CrossEntropyLoss()(x, labels))
print(nn.NLLLoss()(nn.LogSoftmax(dim=1)(x), labels))
print(nn.MSELoss(), nn.CrossEntropyLoss())
print(nn.Softmax(dim=1)(x))
print(nn.ReLU()(x), nn.Tanh()(x), nn.Sigmoid()(x), nn.LeakyReLU(0.1)(x))
