# Less common ways to rearrange.
import torch

x = torch.arange(6)
m = x.reshape(2, 3)
print(torch.roll(x, 2), x.roll(-1), m.roll(1, 1))
print(torch.rot90(m))
print(m.movedim(0, 1).shape, m.swapaxes(0, 1).shape)
print(torch.zeros(2, 12).unflatten(1, (3, 4)).shape)
print(m.tile(2), torch.tensor([1, 2]).repeat_interleave(3))
print(torch.arange(8).unfold(0, 3, 2))
rows, cols = torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")
print(rows)
print(cols)
print(m.take(torch.tensor([0, 5])))
print(torch.zeros(4).index_fill_(0, torch.tensor([1, 3]), 5.0))
print(torch.zeros(3).index_add_(0, torch.tensor([0, 0, 2]), torch.tensor([1.0, 2.0, 3.0])))
