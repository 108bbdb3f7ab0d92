# Recursion without end is an error that can be caught.
import torch


def down(n):
    return down(n + 1)


try:
    down(0)
except RecursionError as error:
    print(type(error).__name__)


class Loop:
    def __getattr__(self, name):
        return getattr(self, name)


try:
    Loop().x
except RecursionError:
    print("again")


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(500))
print(torch.ones(1))
