# Numbers and slices, as with nested lists.
import torch

x = torch.arange(12).reshape(3, 4)
print(x[0], x[-1])
print(x[1, 2], x[1][2], x[-1, -1])
print(x[0:2])
print(x[:, 1])
print(x[:, 1:3])
print(x[1:, ::2])
print(x[..., 0], x[0, ...])
print(x[None].shape, x[:, None].shape, x[..., None].shape)
print(x[1:1], x[5:])
print(x[-2:, -2:])
print(x[:][0], x[...].shape)
v = torch.arange(10)
print(v[2], v[2:5], v[::3], v[-3:], v[:-7])
print(v[2].item(), v[2].shape)
y = torch.arange(24).reshape(2, 3, 4)
print(y[1, 2, 3], y[1, 2], y[:, 1, 2], y[0, :, 1:3])
i, j = 1, 2
print(x[i, j], x[i][j], x[(i, j)])
print([row[0].item() for row in x])
