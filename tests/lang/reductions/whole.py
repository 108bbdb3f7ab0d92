# Everything to one number.
import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(x.sum(), x.mean(), x.prod(), x.max(), x.min())
print(x.std(), x.var(), x.std(unbiased=False), x.norm())
print(x.argmax(), x.argmin(), x.median())
print(torch.tensor([1, 2, 3]).sum(), torch.tensor([1, 2, 3]).prod(), torch.tensor([1, 2]).max())
print(torch.tensor([True, False, True]).sum())
print(x.sum(dtype=torch.float64), torch.tensor([1, 2]).float().mean())
print((x > 2).all(), (x > 5).any(), torch.all(x > 0), torch.any(x < 0))
print(torch.zeros(0).sum(), torch.zeros(0).prod(), torch.zeros(0).mean())
try:
    torch.zeros(0).max()
except RuntimeError as error:
    print(error)
print(torch.sum(x).item(), x.sum().tolist())
print(x.amax(), x.amin(), torch.logsumexp(x.flatten(), 0))
print(torch.tensor([1.0, float("nan"), 3.0]).sum())
