# What an operation keeps for its derivative may not be changed; what it does not keep may.
import torch


def attempt(name, make, change):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = x * 2
    z = make(y)
    change(y)
    try:
        z.sum().backward()
        print(name, [round(g, 4) for g in x.grad.tolist()])
    except RuntimeError as error:
        print(name, str(error)[:77])


c = torch.tensor([4.0, 5.0, 6.0])
w = torch.tensor([4.0, 5.0, 6.0], requires_grad=True)
add = lambda y: y.add_(1)
attempt("y * number", lambda y: y * 3, add)
attempt("y * constant", lambda y: y * c, add)
attempt("constant * y", lambda y: c * y, add)
attempt("y * parameter", lambda y: y * w, add)
attempt("y * y", lambda y: y * y, add)
attempt("y / constant", lambda y: y / c, add)
attempt("y / parameter", lambda y: y / w, add)
attempt("constant / y", lambda y: c / y, add)
attempt("y % constant", lambda y: y % c, add)
attempt("y ** 2", lambda y: y**2, add)
attempt("y ** constant", lambda y: y**c, add)
attempt("2 ** y", lambda y: 2**y, add)
attempt("y + y", lambda y: y + y, add)
attempt("exp", lambda y: y.exp(), add)
attempt("constant, itself changed", lambda y: y * c, lambda y: c.add_(1))

y = torch.tensor([1.0, 2.0], requires_grad=True) * 2
y.add_(y * y)
print(y.detach(), y.grad_fn is not None)
