# sort and sorted: stability, keys, reverse, NaN, errors, changes while sorting.
import random

words = "the quick brown fox jumps over the lazy dog and runs away".split()
print(sorted(words), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)), sep="\n")
pairs = [(i % 3, i) for i in range(20)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sep="\n")
nan = float("nan")
print(sorted([3.0, nan, 1.0, 2.0]), sorted([nan, 2, 1]), sorted([1, nan, 0.5, nan, -1]), max([nan, 1]), max([1, nan]), min([nan, 1]), min([1, nan]))
print(sorted([True, 0, 1.5, -1, False]), sorted("bca"), sorted({3: "a", 1: "b"}), sorted([[2], [1, 5], []]), sorted([(1, "b"), (1, "a")]), sorted([]), sorted([1]))
random.seed(5)
for n in [10, 63, 64, 65, 100, 1000, 5000]:
    data = [random.randint(0, n // 3) for _ in range(n)]
    tagged = list(enumerate(data))
    ordered = sorted(tagged, key=lambda t: t[1])
    assert ordered == sorted(tagged, key=lambda t: (t[1], t[0]))
    backwards = sorted(tagged, key=lambda t: t[1], reverse=True)
    assert backwards == sorted(tagged, key=lambda t: (-t[1], t[0]))
    data.sort()
    assert all(x <= y for x, y in zip(data, data[1:]))
    runs = list(range(n)) + list(range(n, 0, -1)) + list(range(n))
    assert sorted(runs) == sorted([x for i in range(n) for x in (i, i, i + 1)])
print("sorted all")


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


show(lambda: sorted([1, "a"]), lambda: sorted([None, 1]), lambda: sorted(5), lambda: sorted([1], len), lambda: sorted([3, 1], key=5), lambda: sorted([{}, {}]), lambda: [3, 1].sort())
bad = [1, 2, 3]


def disturb(x):
    bad.append(x)
    return x


show(lambda: bad.sort(key=disturb))
print(bad)


class Backwards:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v > other.v

    def __repr__(self):
        return f"B{self.v}"


print(sorted([Backwards(x) for x in [2, 3, 1]]), min([Backwards(1), Backwards(2)]))
print(min(3, 1, 2), max([1, 5, 3]), min("hello"), max({"a": 1, "b": 0}), min([], default="none"), max([], default=None), min([3, -4], key=abs), max("aa", "b", key=len), max([1, 1.0, True]), min([(2, "a"), (1, "b")]))
show(lambda: min(), lambda: min([]), lambda: max([]), lambda: max(5), lambda: max(1, 2, default=3), lambda: max(1, "a"), lambda: max(1, 2, foo=3))
print(sum([]), sum([1, 2.5]), sum([0.1] * 10), sum([[1], [2]], []), sum((True, True)), sum(range(101)), sum([1, 2], start=10), sum([(1,), (2,)], ()))
show(lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([[1]]), lambda: sum(5), lambda: sum([1], 2, 3))
print(any([]), all([]), any([0, "", None]), any([0, 1]), all([1, "a"]), all([1, 0]), any(x > 2 for x in range(5)), all(x < 2 for x in range(5)))
