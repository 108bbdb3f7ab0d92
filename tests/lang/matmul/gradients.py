# Gradients of matrix products.
import torch

A = torch.arange(6.0).reshape(2, 3).requires_grad_()
B = torch.arange(3.0, 9.0).reshape(3, 2).requires_grad_()
(A @ B).sum().backward()
print(A.grad)
print(B.grad)
v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
A.grad = None
(A @ v).sum().backward()
print(A.grad, v.grad)
w = torch.tensor([1.0, -1.0, 1.0], requires_grad=True)
v.grad = None
(v @ w).backward()
print(v.grad, w.grad)
x = torch.ones(2, 3, 2, requires_grad=True)
y = torch.ones(2, 4, requires_grad=True)
(x @ y).sum().backward()
print(x.grad.shape, y.grad)
a = torch.ones(2, 2, 3, requires_grad=True)
b = torch.full((2, 3, 1), 2.0, requires_grad=True)
torch.bmm(a, b).pow(2).sum().backward()
print(a.grad[0], b.grad[1])
G = torch.autograd.grad((A @ B).tanh().sum(), A, create_graph=True)[0]
print(G.shape, G.requires_grad)
