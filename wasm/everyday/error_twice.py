import torch

x = torch.ones(1, requires_grad=True)
y = x**2
y.backward()
y.backward()
