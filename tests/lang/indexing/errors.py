# Indices that do not fit.
import torch

x = torch.arange(6).reshape(2, 3)
cases = [
    lambda: x[2],
    lambda: x[0, 3],
    lambda: x[-3],
    lambda: x[0, 0, 0],
    lambda: x[[0, 5]],
    lambda: x[torch.tensor([True, False, True])],
    lambda: torch.tensor(1)[0],
    lambda: x[::-1],
    lambda: x[0:2, 1.5],
    lambda: x[torch.tensor([0.5])],
    lambda: x.index_select(0, torch.tensor([2])),
    lambda: x[[0, 1], [0, 1, 2]],
]
for case in cases:
    try:
        print(case())
    except (IndexError, ValueError, TypeError, RuntimeError) as error:
        print(type(error).__name__, "-", str(error).splitlines()[0])


def assign():
    x[0] = torch.tensor([1, 2])


try:
    assign()
except RuntimeError as error:
    print(error)
