# Rows of a Jacobian, and the Hessian of a small function.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = torch.stack([x[0] * x[1], x[1] * x[2], x.sum() ** 2])
rows = []
for i in range(3):
    (row,) = torch.autograd.grad(y[i], x, retain_graph=True)
    rows.append(row)
print(torch.stack(rows))

point = torch.tensor([1.0, 2.0], requires_grad=True)


def f(p):
    return p[0] ** 2 * p[1] + p[1] ** 3


(gradient,) = torch.autograd.grad(f(point), point, create_graph=True)
print(gradient.detach())
hessian = torch.stack(
    [torch.autograd.grad(g, point, retain_graph=True)[0] for g in gradient]
)
print(hessian)
print(torch.equal(hessian, hessian.t()))
