# What backward() refuses.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
c = torch.ones(3)


def attempt(name, action):
    try:
        action()
        print(name, "worked")
    except (RuntimeError, TypeError) as error:
        print(f"{name}: {type(error).__name__}: {error}")


attempt("not a scalar", lambda: (x ** 2).backward())
attempt("no gradient needed", lambda: c.sum().backward())
once = (x ** 2).sum()
once.backward()
attempt("second time", lambda: once.backward())
attempt("integers", lambda: torch.tensor([1, 2], requires_grad=True))
attempt("integer leaf", lambda: torch.tensor([1, 2]).requires_grad_())
attempt("leaf in place", lambda: x.mul_(2))
attempt("gradient of wrong shape", lambda: (x * 2).backward(torch.ones(2)))
attempt("wrong grad", lambda: setattr(x, "grad", torch.ones(2)))
attempt("wrong grad type", lambda: setattr(x, "grad", 1.0))
attempt("hook", lambda: c.register_hook(print))
attempt("retain_grad", lambda: c.retain_grad())
attempt("unused", lambda: torch.autograd.grad(x.sum(), torch.ones(1, requires_grad=True)))
