# backward() of a vector needs a weight for each element.
import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x ** 2
try:
    y.backward()
except RuntimeError as error:
    print("RuntimeError:", error)
y.backward(gradient=torch.tensor([1.0, 10.0, 100.0]))
print(x.grad)

x.grad = None
y = x * 2
y.backward(torch.ones_like(y))
print(x.grad)

x.grad = None
y = torch.stack([x.sum(), (x * x).sum()])
for i in range(2):
    one = torch.zeros(2)
    one[i] = 1
    y.backward(one, retain_graph=True)
    print(i, x.grad)
    x.grad.zero_()

try:
    y.backward(torch.ones(3))
except RuntimeError as error:
    print("RuntimeError:", error)
