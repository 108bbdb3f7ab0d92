# The language: control flow, functions, classes, data structures, text.
import math
import random
import time
from collections import defaultdict


def fib(n):
    """The nth."""
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def counter(start=0, *args, step=1, **kwargs):
    total = start

    def inner():
        nonlocal total
        total += step
        return total

    return inner


class Shape:
    sides = 0

    def __init__(self, name):
        self.name = name

    def area(self):
        raise NotImplementedError

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class Square(Shape):
    sides = 4

    def __init__(self, side):
        super().__init__("square")
        self.side = side

    @property
    def area(self):
        return self.side ** 2

    @staticmethod
    def unit():
        return Square(1)

    def __eq__(self, other):
        return isinstance(other, Square) and self.side == other.side

    def __add__(self, other):
        return Square(self.side + other.side)


def generate(n):
    for i in range(n):
        if i % 2:
            continue
        yield i


print([fib(i) for i in range(8)], {c: ord(c) for c in "abc"}, {x % 3 for x in range(9)})
print(Square(2) + Square.unit(), Square(3).area, Square(3) == Square(3), list(generate(6)))
tick = counter(3, step=2)
tick()
print(tick(), (lambda a, b=2: a * b)(4), sum(i * i for i in range(5)))
words = "the quick brown fox".split()
counts = defaultdict(int)
for i, (word, size) in enumerate(zip(words, map(len, words))):
    counts[size] += 1
    print(f"{i:>2} {word:<8}|{size / 3:.2f}", end="; ")
print(dict(counts), sorted(words, key=len, reverse=True), ", ".join(words).upper())
items = [3, 1, 2]
items.append(5)
items.sort()
items[1:3] = [9, 8]
first, *rest = items
print(items, first, rest, items[::-1], 9 in items, max(items), min(items), len(items), items.pop())
data = {"a": 1, "b": [1, 2]}
data["c"] = data.get("z", 0)
for key, value in data.items():
    print(key, value)
i = 0
while True:
    i += 1
    if i > 3:
        break
else:
    print("never")
try:
    1 / 0
except (ZeroDivisionError, ValueError) as error:
    print("caught", error)
finally:
    print("done")
try:
    int("x")
except Exception as error:
    print(type(error).__name__, str(error))
print(math.sqrt(2), math.pi, 7 // 2, -7 % 3, 2**10, 1e-5, 0.1 + 0.2, True and not False, None is None)
print("%d %s" % (3, "x"), "{} {:.1f}".format(1, 2.5), "a" * 3, "text"[1:3], "  x ".strip(), round(2.567, 2))
random.seed(0)
print(random.random() < 1, random.randint(1, 1), random.choice([1]), time.time() > 0)
assert isinstance(3, int) and callable(fib), "never"
print((1, 2) + (3,), (1,), [], {}, set(), "it's", abs(-3), str(3) + "4", int("5"), float("1.5"), range(3))
