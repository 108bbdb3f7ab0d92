# Shapes that do not multiply.
import torch

cases = [
    lambda: torch.zeros(2, 3) @ torch.zeros(2, 3),
    lambda: torch.mm(torch.zeros(2, 3), torch.zeros(3)),
    lambda: torch.zeros(2, 3) @ torch.zeros(2),
    lambda: torch.dot(torch.zeros(2), torch.zeros(3)),
    lambda: torch.dot(torch.zeros(2, 2), torch.zeros(2)),
    lambda: torch.bmm(torch.zeros(2, 3, 4), torch.zeros(3, 4, 5)),
    lambda: torch.bmm(torch.zeros(3, 4), torch.zeros(4, 5)),
    lambda: torch.tensor(1.0) @ torch.zeros(2),
    lambda: torch.zeros(2, 2) @ torch.zeros(2, 2, dtype=torch.float64),
    lambda: torch.zeros(2, 3, 4) @ torch.zeros(5, 4, 2),
    lambda: torch.mv(torch.zeros(2, 3), torch.zeros(2)),
]
for case in cases:
    try:
        print(case())
    except RuntimeError as error:
        print(str(error).splitlines()[0])
