# Shapes that do not go together.
import torch

cases = {
    "add": lambda: torch.zeros(2, 3) + torch.zeros(2),
    "matmul": lambda: torch.zeros(2, 3) @ torch.zeros(2, 3),
    "view": lambda: torch.zeros(6).view(4, 2),
    "cat": lambda: torch.cat([torch.zeros(2, 3), torch.zeros(2, 2)]),
    "stack": lambda: torch.stack([torch.zeros(2), torch.zeros(3)]),
    "empty stack": lambda: torch.stack([]),
    "empty cat": lambda: torch.cat([]),
    "expand": lambda: torch.zeros(2).expand(3),
    "negative size": lambda: torch.zeros(-1),
    "ragged": lambda: torch.tensor([[1, 2], [3]]),
    "transpose": lambda: torch.zeros(2).transpose(0, 1),
    "squeeze": lambda: torch.zeros(2).squeeze(3),
    "dim": lambda: torch.zeros(2, 2).sum(5),
    "split": lambda: torch.zeros(5).split([2, 2]),
    "permute": lambda: torch.zeros(2, 3).permute(0),
    "t": lambda: torch.zeros(2, 2, 2).t(),
    "item": lambda: torch.zeros(2).item(),
    "float": lambda: float(torch.zeros(2)),
    "bool": lambda: bool(torch.zeros(2)),
    "iterate": lambda: list(torch.tensor(1)),
    "len": lambda: len(torch.tensor(1)),
}
for name, case in cases.items():
    try:
        print(name, case())
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
