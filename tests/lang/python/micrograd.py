# A scalar autograd engine written in the language itself, beside torch.
import math

import torch


class Value:
    def __init__(self, data, parents=(), backward=lambda g: ()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.local = backward

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), lambda g: (g * other.data, g * self.data))

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), lambda g: (g * (1 - t * t),))

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if v not in seen:
                seen.add(v)
                for p in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for parent, g in zip(v.parents, v.local(v.grad)):
                parent.grad += g


a, b = Value(0.5), Value(-1.5)
c = (a * b + 2 * a).tanh() * b + a
c.backward()
x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
y = torch.tensor(-1.5, dtype=torch.float64, requires_grad=True)
z = (x * y + 2 * x).tanh() * y + x
z.backward()
print(f"{c.data:.6f} {z.item():.6f}")
print(f"{a.grad:.6f} {x.grad.item():.6f}")
print(f"{b.grad:.6f} {y.grad.item():.6f}")
