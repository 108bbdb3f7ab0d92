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
