# Stochastic gradient descent, with and without momentum, step by step.
import torch
import torch.optim as optim


def descend(**options):
    w = torch.tensor([5.0, -3.0], requires_grad=True)
    optimizer = optim.SGD([w], **options)
    path = []
    for step in range(4):
        optimizer.zero_grad()
        (w ** 2).sum().backward()
        optimizer.step()
        path.append([round(value, 4) for value in w.tolist()])
    print(options)
    print(path)


descend(lr=0.1)
descend(lr=0.1, momentum=0.9)
descend(lr=0.1, momentum=0.9, nesterov=True)
descend(lr=0.1, weight_decay=0.5)
descend(lr=0.1, momentum=0.5, dampening=0.5)
w = torch.ones(1, requires_grad=True)
optimizer = optim.SGD([w], lr=0.1)
print(optimizer.param_groups[0]["lr"])
for group in optimizer.param_groups:
    group["lr"] = 1.0
w.grad = torch.ones(1)
optimizer.step()
print(w)
try:
    optim.SGD([w], lr=-1)
except ValueError as error:
    print(error)
