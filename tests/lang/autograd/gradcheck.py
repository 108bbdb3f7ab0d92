# Comparing the gradient with finite differences.
import torch
from torch.autograd import gradcheck, gradgradcheck

torch.manual_seed(0)
x = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
y = torch.randn(2, 4, dtype=torch.float64, requires_grad=True)
print(gradcheck(torch.tanh, (x,)))
print(gradcheck(lambda a: a ** 3, x))
print(gradcheck(torch.mm, (x, y)))
print(gradgradcheck(torch.sigmoid, (x,)))


def wrong(t):
    return t * t.detach()


try:
    gradcheck(wrong, (x,))
except RuntimeError as error:
    print(str(error).splitlines()[0])
print(gradcheck(wrong, (x,), raise_exception=False))
