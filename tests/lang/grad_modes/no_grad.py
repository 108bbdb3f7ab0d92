# Inside no_grad nothing is recorded.
import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
y = x * 2
with torch.no_grad():
    z = x * 2
    print(y.requires_grad, z.requires_grad, z.grad_fn)
    print(torch.is_grad_enabled())
print(torch.is_grad_enabled())
print((z * x).requires_grad)


@torch.no_grad()
def evaluate(t):
    return t * 10, torch.is_grad_enabled()


print(evaluate(x))


def plain(t):
    return t + 1


quiet = torch.no_grad()(plain)
print(quiet(x), plain(x))

with torch.no_grad():
    x += 1
print(x)
with torch.no_grad():
    w = torch.ones(2, requires_grad=True)
print(w, w.is_leaf)
