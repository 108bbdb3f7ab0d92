# A number on the left, and the gradients of such expressions.
import torch

x = torch.tensor([1.0, 2.0, 4.0], requires_grad=True)


def show(out):
    x.grad = None
    out.sum().backward()
    print(out.detach(), x.grad)


show(10 - x)
show(8 / x)
show(2 ** x)
show(1 - 1 / x)
show(3 * x - x * 3)
show(-x + 1)
show((1 + x) * (1 - x))
show(x * x / 2)
n = torch.tensor([5, 7])
print(10 // n, 10 % n, 2 ** n, 10 / n, 10 - n)
print(True + n, 1.5 * n)
print(sum([torch.tensor(1), torch.tensor(2)]))
