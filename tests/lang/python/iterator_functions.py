# iter, next, enumerate, zip, map, filter, reversed, and the protocols behind them.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], start=1)), list(enumerate(iterable="x", start=-1)), dict(enumerate("xy")))
print(list(zip()), list(zip([1])), list(zip("abc", [1, 2])), list(zip([1, 2], "xy", (3.5, 4.5))), list(zip([1], [2], strict=True)), dict(zip("ab", range(2))), list(zip(*[(1, 2), (3, 4)])))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(map(None or abs, [-1])), list(filter(None, [0, 1, "", "a", None])), list(filter(str.isdigit, "a1b2")), list(map(int, "123")))
print(list(reversed([1, 2, 3])), list(reversed("abc")), list(reversed((1, 2))), list(reversed(range(5))), list(reversed({"a": 1, "b": 2})), "".join(reversed("日本語")))
show(lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1, 2], [1, 2], [1], strict=True)), lambda: list(zip([1], [1], [1, 2], strict=True)), lambda: zip(1), lambda: zip([1], 5), lambda: zip([1], foo=1))
show(lambda: map(1), lambda: map(), lambda: list(map(1, [1])), lambda: filter(), lambda: filter(None), lambda: filter(None, 5), lambda: enumerate(5), lambda: reversed(5), lambda: reversed({1}), lambda: iter(5), lambda: next(5), lambda: next([]), lambda: iter(5, 6), lambda: enumerate([], "a"), lambda: reversed(iter([])))
it = iter([1, 2, 3])
print(next(it), next(it), next(it), next(it, "default"), iter(it) is it)
try:
    next(it)
except StopIteration as stop:
    print("stopped", stop.args, stop.value)
values = iter([3, 2, 1, 0, 5])
print(list(iter(lambda: next(values), 0)), next(values))
z = zip([1, 2, 3], iter("ab"))
print(next(z), list(z), list(z), next(z, None))
m = map(lambda x: 10 // x, [5, 0, 2])
print(next(m))
show(lambda: next(m), lambda: next(m), lambda: next(m, "end"))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Sequence:
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]

    def __len__(self):
        return len(self.items)


class Reversible:
    def __reversed__(self):
        return iter(["custom"])


s = Sequence(3, 1, 2)
print(list(Countdown(3)), sum(Countdown(4)), sorted(s), list(s), list(reversed(s)), 1 in s, 9 in s, max(s), tuple(s), list(reversed(Reversible())), dict(enumerate(s)), [*s], list(zip(s, Countdown(5))))
a, b, c = s
first, *rest = Countdown(4)
print(a, b, c, first, rest, set(s), list(map(str, s)), " ".join(map(str, Countdown(3))), any(Countdown(2)), all(Countdown(2)))


class Broken:
    def __iter__(self):
        return 5


class NoIter:
    __iter__ = None


class Raises:
    def __getitem__(self, i):
        if i > 2:
            raise ValueError("boom")
        return i


show(lambda: list(Broken()), lambda: list(NoIter()), lambda: list(Raises()), lambda: iter(lambda: 1), lambda: len(Countdown(1)), lambda: len(iter([])), lambda: [1, 2] + iter([1]))
e = enumerate("xyz")
print(next(e), e.__next__(), list(e), type(e).__name__, type(zip()).__name__, type(map(abs, [])).__name__, type(filter(None, [])).__name__, type(iter([])).__name__, type(iter({})).__name__, type(iter("")).__name__, type(iter(())).__name__, type(iter(range(1))).__name__, type(iter({1})).__name__, isinstance(e, enumerate), type(reversed([])).__name__)
print([x for x in zip(range(3), range(3, 6))], [(i, a, b) for i, (a, b) in enumerate(zip("ab", "cd"))], sum(i * v for i, v in enumerate([5, 6, 7])), max(enumerate([3, 9, 2]), key=lambda t: t[1])[0])
grid = [[1, 2, 3], [4, 5, 6]]
print(list(zip(*grid)), [list(col) for col in zip(*grid)], [sum(row) for row in zip(*grid)], list(map(list, zip(*grid))), list(map(max, *grid)))
gen = (x * x for x in range(5))
print(next(gen), list(gen), list(gen), 4 in (x for x in [1, 4, 9]), list(zip(gen, [1])))
print(list(iter(iter([1, 2, 3, 4]).__next__, 3)), list(iter(iter([1, 2]).__next__, 3)))
