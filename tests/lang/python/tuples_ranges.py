# tuple, range and slice objects.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


t = (1, "a", 2.5, None)
print(t, (), (1,), ((1, 2), [3]), t[0], t[-1], t[1:3], t[::-1], t + (5,), t * 2, 2 * (0,), len(t), "a" in t, 7 in t)
print(tuple(), tuple([1, 2]), tuple("ab"), tuple(range(3)), tuple({"k": 1}), tuple(x * x for x in range(3)), tuple(t) is t)
print((1, 2) < (1, 3), (1, 2) < (1, 2, 0), () < (0,), (1, 2) == (1.0, 2.0), (1, 2) == [1, 2], (1,) != (2,), hash((1, 2)) == hash((1, 2)), hash(()) == hash(()), hash((1, 2)) == hash((1.0, True + 1)))
print(hash((1, 2, 3)), hash(()), hash((0,)), hash((1, (2, -1), 0.5)), hash(1.5), hash(-1), hash(2**61), hash(float("inf")), hash(True), hash(-2.25))
print(t.index("a"), t.count(None), (1, 2, 1).index(1, 1), (1, 1.0, True).count(1))
a, *b = t
(c, d), e = (1, 2), 3
print(a, b, c, d, e)
show(lambda: t[10], lambda: t["a"], lambda: t.index(9), lambda: t + [1], lambda: t + 1, lambda: t * 1.5, lambda: tuple(5), lambda: tuple(1, 2), lambda: {}[(1, [2])], lambda: t < (1, 5), lambda: t < 5, lambda: t.append(1))


def put(sequence, key, value):
    sequence[key] = value


def drop(sequence, key):
    del sequence[key]


show(lambda: put(t, 0, 1), lambda: drop(t, 0), lambda: put("abc", 0, "x"), lambda: put(range(3), 0, 1), lambda: drop("abc", 0), lambda: put(5, 0, 1), lambda: drop(5, 0), lambda: put(None, 0, 0))
r = range(10)
print(r, range(2, 5), range(0, 10, 3), list(range(10, 0, -3)), list(range(5, 5)), len(range(0, 10, 3)), len(range(10, 0)), r[3], r[-1], r[2:5], r[::-1], r[::3], range(0, 10, 3)[1:], range(5)[10:], sep=" ")
print(3 in r, 10 in r, -1 in r, 4 in range(0, 10, 2), 5 in range(0, 10, 2), 2.0 in r, "a" in r, r.index(4), r.count(4), r.count(40), r.start, r.stop, range(1, 9, 2).step)
print(range(3) == range(0, 3), range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), range(3) == [0, 1, 2], hash(range(3)) == hash(range(0, 3, 1)), bool(range(0)), list(reversed(range(1, 8, 3))))
print(list(range(-3, 3)), list(range(3, -3, -2)), sum(range(10**6)), max(range(5)), range(2**62, 2**62 + 3)[1], len(range(-(2**61), 2**61)))
show(lambda: range(), lambda: range(1, 2, 3, 4), lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 0), lambda: r[10], lambda: r["a"], lambda: r.index(99), lambda: r.index("x"), lambda: range(3) + range(2), lambda: r < range(3))
s = slice(1, 10, 2)
print(s, slice(5), slice(None, None, -1), s.start, s.stop, s.step, s.indices(6), slice(-3, None).indices(10), slice(None, None, -1).indices(5), s == slice(1, 10, 2), list(range(20))[s], "abcdefghijkl"[s])
show(lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: [1, 2, 3][slice("a", None)], lambda: slice(1).indices(-1), lambda: hash(slice(1)))


class Index:
    def __init__(self, i):
        self.i = i

    def __index__(self):
        return self.i


print([10, 20, 30][Index(1)], "abc"[Index(-1)], (1, 2, 3)[Index(0) : Index(2)], list(range(Index(3))), [0] * Index(2), "ab" * Index(2), hex(Index(255)), range(10)[Index(4)])


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    @property
    def first(self):
        return self[0]


p = Pair(1, 2)
print(p, p.first, p + (3,), type(p + ()).__name__, p == (1, 2), hash(p) == hash((1, 2)), isinstance(p, tuple), len(p), {p: "x"}[(1, 2)])
