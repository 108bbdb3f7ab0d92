# Writing into a view of a computed tensor is part of the graph.
import torch

x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
y = x * 2
y[1:3] *= 10
print(y)
y.sum().backward()
print(x.grad)

x = torch.ones(2, 3, requires_grad=True)
y = x.clone()
first = y[0]
first.mul_(5)
print(y)
y.sum().backward()
print(x.grad)

x = torch.ones(3, requires_grad=True)
buffer = torch.zeros(3)
buffer[0] = x[0] * 2
buffer[1:] = x[1:] * 3
print(buffer)
buffer.sum().backward()
print(x.grad)

leaf = torch.ones(3, requires_grad=True)
for change in [lambda: leaf.add_(1), lambda: leaf[0].zero_(), lambda: leaf.view(3).mul_(2)]:
    try:
        change()
    except RuntimeError as error:
        print(error)
