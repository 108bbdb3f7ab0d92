# Activation functions, their values and slopes.
import torch
import torch.nn.functional as F

functions = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "hardtanh": F.hardtanh,
    "relu6": F.relu6,
    "logsigmoid": F.logsigmoid,
    "softsign": F.softsign,
}
for name, f in functions.items():
    x = torch.tensor([-2.0, -0.5, 0.5, 2.0], requires_grad=True)
    y = f(x)
    y.sum().backward()
    print(f"{name:11}", y.detach(), x.grad)
