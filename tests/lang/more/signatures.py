# What signatures take: numbers for tensors, tensors one by one, pairs of dimensions, views in place.
import torch

x = torch.tensor([1.0, -2.0, 3.0])


def attempt(what, *args, **keywords):
    try:
        print(what(*args, **keywords))
    except TypeError as error:
        # PyTorch lists overloads where one entry says the same here.
        print(str(error).split("(")[0], "TypeError")


# A number may stand for one tensor of these, but not for the other.
for function in (torch.eq, torch.gt, torch.fmod, torch.copysign):
    attempt(function, x, 2)
    attempt(function, 2, x)
attempt(torch.where, x > 0, x, 0.5)
attempt(torch.where, True, x, x)
attempt(torch.lerp, x, x, 0.5)
attempt(torch.lerp, x, 1, x)
attempt(torch.clamp, x, 0, 1)
attempt(torch.clamp, 1, x, x)
attempt(torch.masked_fill, x, x > 0, 7)
attempt(torch.masked_fill, x, True, 7)
attempt(torch.index_fill, x, 0, torch.tensor([1]), 5)
attempt(torch.index_fill, x, 0, 1, 5)
# For both of these.
for function in (torch.add, torch.mul, torch.pow, torch.remainder, torch.isin):
    attempt(function, x, 2)
    attempt(function, 2, x)
# For none of these.
for function in (torch.maximum, torch.atan2, torch.logical_and, torch.heaviside):
    attempt(function, x, 2)

attempt(torch.block_diag, x, x)
attempt(torch.block_diag, x, 1)
print(torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4])))
print([t.shape for t in torch.broadcast_tensors(x, torch.ones(2, 1))])
print([t.shape for t in torch.broadcast_tensors(torch.ones(2), torch.ones(1))])

a = torch.arange(12.0).reshape(2, 3, 2)
b = torch.arange(6.0).reshape(3, 2)
print(torch.tensordot(a, b, dims=([1, 2], [0, 1])))
print(torch.tensordot(a, b, dims=[[2], [1]]).shape)
attempt(torch.tensordot, a, b, dims=(1, 0))
attempt(torch.tensordot, a, b, dims=("a", [1]))

m = torch.arange(6.0).reshape(2, 3)
for change in (lambda t: t.t_(), lambda t: t.unsqueeze_(0), lambda t: t.squeeze_(),
               lambda t: t.transpose_(0, 1), lambda t: t.swapaxes_(0, 1), lambda t: t.swapdims_(0, 1)):
    result = change(m)
    print(result is m, m.shape, m.stride())

# An operation that only moves elements gives a tensor of its own even where none moves.
image = torch.zeros(1, 4, 2)
torch.pixel_unshuffle(image, 2).fill_(1)
print(image.sum())
