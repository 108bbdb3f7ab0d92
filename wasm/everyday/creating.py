# Tensors of every kind and dtype, and the ways from one to another.
import torch

print(torch.zeros(2, 3), torch.ones(3, dtype=torch.int64), torch.full((2, 2), 2.5), torch.eye(3))
print(torch.zeros((2, 2)), torch.ones([2]), torch.empty(2, 3).shape, torch.zeros(2, requires_grad=True))
print(torch.arange(5), torch.arange(0, 1, 0.25), torch.linspace(0, 1, 3), torch.tensor(3), torch.tensor(True))
print(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1.5, 2]), torch.tensor([1, 2], dtype=torch.float64))
x = torch.tensor([[0.0, 1.7, -2.3], [3.0, 4.0, 5.0]])
print(torch.zeros_like(x), torch.ones_like(x), torch.rand_like(x).shape, torch.randn_like(x).shape)
print(x.int(), x.long(), x.double(), x.bool(), x.to(torch.int32), x.type(torch.float64).dtype, x.long().float())
print(x.dtype, x.shape, x.ndim, x.numel(), x.is_floating_point(), x.element_size(), torch.is_tensor(x))
torch.manual_seed(3)
print(torch.rand(2), torch.randn(2, 2), torch.randint(0, 10, (4,)), torch.randperm(5))
print(torch.FloatTensor([1, 2]), torch.Tensor(2, 3).shape, torch.LongTensor([3]))
y = x.clone()
y[0, 0] = 9
y[:, 1] = torch.tensor([7.0, 8.0])
y[y < 0] = 0
y[0] *= 2
print(y, y[..., -1], y[0, 1:], y[None].shape, y[torch.tensor([1, 0])], y[y > 4].sum(), (y > 4).nonzero())
print(y.flatten(), y.reshape(-1), y.view(3, 2), y.T, y.unsqueeze(1).shape, y.chunk(2), y.split(1, dim=1)[0])
print(torch.cat((x, y), dim=1), torch.stack([x[0], y[0]]), x.repeat(1, 2), x.expand(1, 2, 3).shape, x.flip(0))
print(x.sum(1, keepdim=True), x.mean(0), x.max(), x.min(dim=0), x.argmin(), x.var())
print(torch.equal(x, x), x.tolist(), [v.item() for v in x[0]])
print(x.round(), x.floor(), x.ceil(), x.sign(), x // 2, x % 2, torch.maximum(x, y), x.eq(y).all(), x.ne(y))
print(torch.outer(x[0], x[1]), x @ x.t(), x.gather(1, torch.tensor([[0], [1]])))
print(1234567.0 * x, x / 1000000, torch.arange(2000), torch.zeros(30, 40), x.long() * 100000)
