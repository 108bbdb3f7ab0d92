# Logical and bitwise operations.
import torch

p = torch.tensor([True, True, False, False])
q = torch.tensor([True, False, True, False])
print(p & q, p | q, p ^ q, ~p)
print(torch.logical_and(p, q), torch.logical_or(p, q))
print(torch.logical_xor(p, q), torch.logical_not(p))
x = torch.tensor([0.0, 1.5, -2.0, 0.0])
print(torch.logical_not(x), torch.logical_and(x, q))
a = torch.tensor([12, 10])
b = torch.tensor([10, 6])
print(a & b, a | b, a ^ b, ~a)
print(torch.bitwise_and(a, b), torch.bitwise_not(b))
print(a & 8, 1 | a)
print(p.any(), p.all(), p.sum(), p.float().mean())
print(p.nonzero(), x.nonzero().flatten())
print(torch.where(p, 1, 0), torch.where(q, x, torch.tensor(9.0)))
print(p.int() + q.int(), p + q, p * q)
