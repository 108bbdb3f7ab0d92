# Elementary functions.
import torch

x = torch.tensor([0.5, 1.0, 2.0])
for name in [
    "exp", "log", "log2", "log10", "sqrt", "rsqrt", "sin", "cos", "tan",
    "asin", "atan", "sinh", "cosh", "tanh", "sigmoid", "square", "reciprocal",
    "exp2", "expm1", "log1p", "erf", "sign",
]:
    print(f"{name:10}", getattr(torch, name)(x))
y = torch.tensor([-1.5, -0.5, 0.5, 1.5, 2.5])
for name in ["abs", "neg", "sign", "round", "floor", "ceil", "trunc", "frac", "relu"]:
    print(f"{name:10}", getattr(y, name)())
print(torch.exp(torch.tensor([0, 1])))
print(torch.sqrt(torch.tensor(4)))
