# The mode as a value.
import torch

x = torch.tensor([1.0], requires_grad=True)
for train in [True, False]:
    with torch.set_grad_enabled(train):
        y = x * 2
    print(train, y.requires_grad, torch.is_grad_enabled())

torch.set_grad_enabled(False)
print((x * 2).requires_grad)
torch.set_grad_enabled(True)
print((x * 2).requires_grad)


@torch.enable_grad()
def doubled(t):
    return t * 2


with torch.no_grad():
    print(doubled(x).requires_grad)


def run(train):
    with torch.set_grad_enabled(train):
        out = (x ** 2).sum()
    if train:
        out.backward()
        return x.grad
    return out


print(run(False))
print(run(True))
