# nn.Linear: parameters, call, gradients.
import torch
import torch.nn as nn

torch.manual_seed(0)
layer = nn.Linear(3, 2)
print(layer)
print(layer.weight)
print(layer.bias)
x = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
out = layer(x)
print(out)
print(torch.allclose(out, x @ layer.weight.t() + layer.bias))
out.sum().backward()
print(layer.weight.grad, layer.bias.grad)
layer.zero_grad()
print(layer.weight.grad)
no_bias = nn.Linear(2, 2, bias=False)
print(no_bias.bias, no_bias)
print(layer.in_features, layer.out_features, isinstance(layer, nn.Module))
print(type(layer.weight), layer.weight.requires_grad, layer.weight.is_leaf)
layer = torch.nn.Linear(2, 1)
layer(torch.ones(1, 2)).sum().backward()
print(torch.nn.utils.clip_grad_norm_(layer.parameters(), 1.0), torch.nn.utils is nn.utils)
