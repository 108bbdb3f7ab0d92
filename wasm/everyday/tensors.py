# Making, printing, indexing and reshaping tensors.
import torch

torch.manual_seed(0)
x = torch.arange(12).reshape(3, 4)
print(x, x.shape, x.dtype, x.size(), x.float().mean(), x.sum(dim=0), x.numel(), x.dim())
print(x[1], x[:, 1], x[1:, ::2], x[-1, -1].item(), x.t(), x[x > 5], x[[0, 2]])
x[0] = 7
x[1, 2] += 5
print(x.view(2, 6), x.unsqueeze(0).squeeze().permute(1, 0), x.tolist(), len(x))
y = torch.rand(3, 4) + torch.randn(3, 4) + torch.ones(4) + torch.zeros(3, 1) + torch.eye(3, 4)
y = y * 1000
print(y, y > 0, y.int(), y.max(dim=1), y.argmax(dim=1), y.std(), y.norm(), y.sort())
print(torch.cat([y, y]), torch.stack([y, y]).shape, torch.linspace(0, 1, 5), torch.full((2,), 3))
print(torch.mm(y, y.t()), torch.matmul(y, y[0]), torch.dot(y[0], y[1]), y[0].softmax(0))
print((x == 7) & (x != 5) | ~(x < 3), torch.allclose(y, y), torch.tensor([True, False]).any())
print(torch.bmm(y[None], y.t()[None]).shape, y.expand(2, 3, 4).shape, y.transpose(0, 1).contiguous())
for row in x:
    print(row)
print(1e-8 * y, torch.tensor([]), torch.tensor(float("nan")), torch.tensor([1e10, float("inf")]))
