# Newton's method with the first derivative, then with the second.
import torch

x = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
for step in range(6):
    y = x ** 2 - 2
    (slope,) = torch.autograd.grad(y, x)
    with torch.no_grad():
        x -= y / slope
    print(step, f"{x.item():.8f}")


def f(x):
    return x ** 4 - 3 * x ** 3 + 2


x = torch.tensor(3.0, requires_grad=True)
for step in range(5):
    (first,) = torch.autograd.grad(f(x), x, create_graph=True)
    (second,) = torch.autograd.grad(first, x)
    x = (x - first / second).detach().requires_grad_()
    print(step, f"{x.item():.4f}", f"{f(x).item():.4f}")
