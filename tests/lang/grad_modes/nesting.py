# Modes nest, and are restored even when an error passes through.
import torch

x = torch.tensor(1.0, requires_grad=True)
with torch.no_grad():
    a = x * 2
    with torch.enable_grad():
        b = x * 2
        with torch.no_grad():
            c = x * 2
        d = x * 2
    e = x * 2
f = x * 2
print([t.requires_grad for t in [a, b, c, d, e, f]])

try:
    with torch.no_grad():
        raise ValueError("stop")
except ValueError as error:
    print(error, torch.is_grad_enabled())


def make():
    with torch.no_grad():
        return x * 3


print(make().requires_grad, torch.is_grad_enabled())
for i in range(2):
    with torch.no_grad():
        if i == 0:
            continue
        print("in", torch.is_grad_enabled())
print("out", torch.is_grad_enabled())
