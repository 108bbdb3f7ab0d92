# A Python number adapts to the tensor, unless it is of a higher kind.
import torch

i = torch.tensor([1, 2], dtype=torch.int32)
f = torch.tensor([1.0, 2.0])
d = torch.tensor([1.0, 2.0], dtype=torch.float64)
b = torch.tensor([True, False])
u = torch.tensor([250, 10], dtype=torch.uint8)
for t in [i, f, d, b, u]:
    print((t + 1).dtype, (t + 1.5).dtype, (t + True).dtype, (t * 2).tolist())
print(u + 10, u - 20, -u)
zero_dim = torch.tensor(1.5, dtype=torch.float64)
print((f + zero_dim).dtype, (i + zero_dim).dtype, (i + torch.tensor(5)).dtype)
print((torch.tensor(1) + torch.tensor(2.0)).dtype, (torch.tensor(1) + 2.0).dtype)
print((b + b).dtype, (b + 1).dtype, b.sum().dtype, i.sum().dtype)
print((f + 10 ** 10).tolist())
print((f > 1).dtype, (i == 1.0).tolist())
