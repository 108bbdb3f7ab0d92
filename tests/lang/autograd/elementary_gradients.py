# The derivatives of the elementary functions at one point, beside a central difference.
import torch

functions = {
    "exp": torch.exp,
    "log": torch.log,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "relu": torch.relu,
    "reciprocal": lambda t: 1 / t,
    "square": lambda t: t * t,
    "log1p": torch.log1p,
    "expm1": torch.expm1,
}
h = 1e-5
for name, f in functions.items():
    x = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    y = f(x)
    y.backward()
    with torch.no_grad():
        estimate = (f(x + h) - f(x - h)) / (2 * h)
    close = abs(estimate - x.grad) < 1e-6
    print(f"{name:12}{y.item():10.4f}{x.grad.item():10.4f}", close.item())
