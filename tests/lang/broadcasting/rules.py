# Sizes are compared from the right; a size of one stretches.
import torch


def shape_of(*shapes):
    try:
        total = sum(torch.zeros(s) for s in shapes)
        return tuple(total.shape)
    except RuntimeError as error:
        return str(error)


print(shape_of((3,), (3,)))
print(shape_of((2, 3), (3,)))
print(shape_of((2, 1), (1, 3)))
print(shape_of((4, 1, 2), (3, 1)))
print(shape_of((), (2, 2)))
print(shape_of((5, 4), (1,)))
print(shape_of((0, 3), (1, 3)))
print(shape_of((2, 3), (2,)))
print(shape_of((2, 3), (4, 3)))
print(torch.broadcast_shapes((2, 1), (3,)))
a, b = torch.broadcast_tensors(torch.tensor([1, 2, 3]), torch.tensor([[10], [20]]))
print(a)
print(b)
print(a + b)
