import torch
x = torch.arange(24).reshape(2, 3, 4).float()
print(x[0, 1:, ::2], x[..., None].shape, x[x > 3], x[[0, 1], :, [1, 2]], x[-1, -1, -1])
x[0] = 1; x[:, 0] += 2; x[x == 1] = 0
print(x.T.shape if x.dim() == 2 else x.permute(2, 0, 1).stride(), torch.cat([x, x], 1).shape)
print(x.view(-1, 6)[1], torch.stack([x, x]).sum((0, 1)), x.max(1).values, torch.where(x > 0, x, -x))
