# Names and arguments that do not exist.
import torch

x = torch.ones(2)
cases = [
    lambda: x.no_such_method(),
    lambda: torch.no_such_function,
    lambda: undefined_name,
    lambda: x.foo.bar,
    lambda: None + x,
    lambda: x + "a",
    lambda: "abc".no_such(),
    lambda: [1, 2].push(3),
    lambda: int("seven"),
    lambda: (1, 2, 3)[5],
    lambda: {"a": 1}["b"],
    lambda: len(5),
    lambda: (lambda n: n())(5),
    lambda: x(),
]
for number, case in enumerate(cases):
    try:
        case()
    except Exception as error:
        print(number, type(error).__name__, str(error).splitlines()[0])
for call in [lambda: x.sum(dimension=0), lambda: torch.zeros("a"), lambda: torch.exp(), lambda: x.add(1, 2, 3)]:
    try:
        call()
    except TypeError:
        print("TypeError")
