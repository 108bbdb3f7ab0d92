# Results that do not fit their target, and operations that a dtype does not have.
import torch

i = torch.tensor([1, 2, 3])
f = torch.tensor([1.0, 2.0, 3.0])
b = torch.tensor([True, False, True])
cases = {
    "int += float": lambda: i.add_(1.5),
    "int /= int": lambda: i.div_(2),
    "bool += int": lambda: b.add_(1),
    "bool - bool": lambda: b - b,
    "minus bool": lambda: -b,
    "mean of int": lambda: i.mean(),
    "float & float": lambda: f & f,
    "~float": lambda: ~f,
    "int matmul float": lambda: i @ f,
    "softmax of int": lambda: torch.softmax(i, 0),
    "int ** -1": lambda: i ** -1,
}
for name, case in cases.items():
    try:
        print(name, "->", case())
    except (RuntimeError, TypeError) as error:
        print(name, "->", str(error).splitlines()[0])
f += i
print(f, i)
