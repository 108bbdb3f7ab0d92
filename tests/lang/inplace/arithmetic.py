# Operations that change their tensor end in an underscore; so do the augmented operators' effects.
import torch

x = torch.tensor([1.0, 2.0, 3.0])
same = x
x += 1
print(x, same is x)
x -= torch.tensor([1.0, 1.0, 1.0])
x *= 4
x /= 2
print(x, same)
x = x + 1
print(same is x)
y = torch.tensor([4.0, 9.0])
print(y.sqrt_(), y)
print(y.add_(1).mul_(2).sub_(1))
print(y.add_(torch.ones(2), alpha=10))
print(y.div_(2), y.neg_(), y.abs_(), y.pow_(2))
z = torch.tensor([7, 8, 9])
z //= 2
print(z)
z **= 2
print(z)
z %= 5
print(z)
b = torch.tensor([True, False])
b |= torch.tensor([False, False])
b &= torch.tensor([False, True])
b ^= torch.tensor([True, True])
print(b)
