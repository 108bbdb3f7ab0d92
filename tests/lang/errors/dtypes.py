# Operations that a dtype does not have.
import torch

i = torch.tensor([1, 2, 3])
f = torch.tensor([1.0, 2.0, 3.0])
d = f.double()
cases = [
    lambda: i.mean(),
    lambda: f & f,
    lambda: f @ d,
    lambda: torch.mm(torch.ones(2, 2), torch.ones(2, 2).long()),
    lambda: f[f],
    lambda: torch.where(f, f, f),
    lambda: i.add_(0.5),
    lambda: torch.bernoulli(i),
    lambda: torch.randn(2, dtype=torch.int64),
    lambda: torch.zeros(2).masked_fill(i[:2], 1.0),
]
for number, case in enumerate(cases):
    try:
        print(number, case())
    except Exception as error:
        print(number, type(error).__name__, str(error).splitlines()[0])
