# view never copies; reshape copies where it must.
import torch

x = torch.arange(12)
print(x.view(3, 4))
print(x.view(2, -1).shape, x.reshape(-1).shape, x.view(-1, 6))
t = x.view(3, 4).t()
try:
    t.view(12)
except RuntimeError as error:
    print(error)
flat = t.reshape(12)
flat[0] = 99
print(x[0], flat[:3])
for shape in [(5, 2), (-1, 5), (-1, -1)]:
    try:
        x.view(shape)
    except RuntimeError as error:
        print(error)
print(x.view(2, 2, 3).flatten(1).shape, x.view(2, 2, 3).flatten().shape)
print(torch.zeros(2, 1, 3, 1).squeeze().shape, torch.zeros(2, 1, 3, 1).squeeze(1).shape)
print(torch.zeros(3).unsqueeze(0).shape, torch.zeros(3).unsqueeze(-1).shape)
print(torch.zeros(2, 3, 4).permute(2, 0, 1).shape, torch.zeros(2, 3, 4).transpose(0, 2).shape)
print(x.view(3, 4).expand(2, 3, 4).stride())
print(x.view_as(torch.zeros(4, 3)).shape)
