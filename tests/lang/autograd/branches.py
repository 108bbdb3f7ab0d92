# The graph is what ran: branches and loops of the program are the branches of the gradient.
import torch


def f(x):
    if x > 0:
        return x ** 2
    return -3 * x


for value in [2.0, -2.0]:
    x = torch.tensor(value, requires_grad=True)
    y = f(x)
    y.backward()
    print(value, y.item(), x.grad.item())

x = torch.tensor(1.5, requires_grad=True)
y = x
steps = 0
while y < 100:
    y = y * x
    steps += 1
y.backward()
print(steps, f"{y.item():.4f}", f"{x.grad.item():.4f}")

total = torch.tensor(0.0)
x = torch.tensor([1.0, -1.0, 2.0, -2.0], requires_grad=True)
for element in x:
    if element > 0:
        total = total + element * 10
    else:
        total = total - element
total.backward()
print(total, x.grad)
