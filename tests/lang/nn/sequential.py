# Layers in a row.
import torch
import torch.nn as nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1), nn.Sigmoid())
print(model)
x = torch.tensor([[0.5, -0.5], [1.0, 2.0]])
print(model(x))
print(len(model), model[0], model[-1])
for name, p in model.named_parameters():
    print(name, tuple(p.shape))
print(sum(p.numel() for p in model.parameters()))
for layer in model:
    x = layer(x)
    print(type(layer).__name__, tuple(x.shape))
named = nn.Sequential()
named.add_module("first", nn.Linear(1, 1))
named.add_module("act", nn.Tanh())
print(named)
