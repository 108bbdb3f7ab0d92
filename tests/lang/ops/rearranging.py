# Other shapes and orders of the same elements.
import torch

x = torch.arange(6)
m = x.reshape(2, 3)
print(m.t(), m.T)
print(m.transpose(0, 1).shape, m.permute(1, 0).shape)
print(m.flip(0), m.flip([0, 1]), torch.flip(x, (0,)))
print(m.unsqueeze(0).shape, m[None, :, None].shape, m.unsqueeze(2).squeeze(2).shape)
print(m.flatten(), m.ravel(), m.view(-1))
print(m.expand(2, 2, 3).shape, x[:2].expand(3, 2))
print(torch.zeros(2, 3, 4).flatten(start_dim=1).shape)
print(torch.broadcast_to(torch.tensor([1, 2]), (2, 2)))
print(m.reshape(-1, 2), m.reshape((3, 2)))
print(torch.diagonal(torch.arange(9).reshape(3, 3)), m.diag())
print(torch.tril(torch.ones(2, 3)), torch.arange(9).reshape(3, 3).triu())
