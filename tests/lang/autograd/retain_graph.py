# The graph is freed by backward() unless it is told to stay.
import torch

x = torch.tensor(2.0, requires_grad=True)
y = x ** 3
y.backward(retain_graph=True)
print(x.grad)
y.backward()
print(x.grad)
try:
    y.backward()
except RuntimeError as error:
    print(error)

# A graph that saved nothing can be walked again.
x = torch.tensor(1.0, requires_grad=True)
z = x + x
z.backward()
z.backward()
print(x.grad)

# Two losses that share a part.
x = torch.tensor(3.0, requires_grad=True)
shared = x.exp()
first, second = shared * 2, shared * 3
first.backward(retain_graph=True)
second.backward()
print(x.grad, 5 * torch.tensor(3.0).exp())
