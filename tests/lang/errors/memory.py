# A tensor larger than any memory is refused, and the program goes on.
import torch

for shape in [(10 ** 15,), (10 ** 9, 10 ** 9)]:
    try:
        torch.zeros(shape)
    except RuntimeError as error:
        print(type(error).__name__)
print(torch.zeros(2))
try:
    torch.ones(1).expand(10 ** 9, 10 ** 6) + 1
except RuntimeError as error:
    print(type(error).__name__)
