# set and frozenset.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


s = {3, 1, 2, 3}
print(s, len(s), 2 in s, 9 in s, set(), set([1, 1]), {1, 1.0, True}, frozenset([2, 1]), frozenset(), set(range(10)), set("a"), {(1, 2)}, set(range(0, 100, 9)))
print({10, 3, 77, -5, 64}, {100, 200, 300, 8, 16, 24}, set(range(20, 0, -1)), {1.5, 2.5, 1}, {(3, 4), (1, 2)}, {-1, -2}, {2**40, 2**61, 5})
s.add(10)
s.add(1)
s.discard(99)
s.discard(3)
s.remove(2)
print(s)
show(lambda: s.remove(99), lambda: set().pop(), lambda: {[]}, lambda: {1, {2}}, lambda: s.add([]), lambda: set(5), lambda: set(1, 2), lambda: hash(s), lambda: s[0], lambda: [] in s)
a, b = {1, 2, 3, 4, 5}, {4, 5, 6, 7}
print(a | b, a & b, a - b, b - a, a ^ b, a.union(b, [9]), a.intersection([1, 4, 99]), a.intersection(b, {5}), a.difference([1], [2]), a.symmetric_difference([5, 6]), a.union(), a.intersection())
print(a <= b, {1, 2} <= a, {1, 2} < a, a < a, a >= {5}, a > {5}, a == {5, 4, 3, 2, 1}, a != b, a == frozenset(a), a.issubset(range(10)), a.issuperset([1]), a.isdisjoint([8]), a.isdisjoint(b), {1} == [1])
show(lambda: a | [1], lambda: a & "ab", lambda: a < [1], lambda: a + b, lambda: a.union(5), lambda: a.update(5), lambda: a.nope)
c = set(a)
c |= {100}
c &= {1, 2, 100}
c -= {1}
c ^= {2, 3}
print(c)
d = c
d.update([5], (6,), "z" * 0)
d.intersection_update(range(50))
d.difference_update([5])
d.symmetric_difference_update([6, 7])
print(sorted(d), c is d, c.copy() == c, c.copy() is c)
d.clear()
print(c, len(c), bool(c))
e = set(range(30))
popped = [e.pop() for _ in range(10)]
print(popped, e, sorted(popped) == sorted(set(popped)))
while e:
    e.pop()
print(e)
f = frozenset([1, 2, 3])
print(f, f | {4}, type(f | {4}).__name__, type({4} | f).__name__, f & {1}, hash(f) == hash(frozenset([3, 2, 1])), {f: "key"}[frozenset({1, 2, 3})], {1, 2, 3} in {f}, f.union([9]), f - {1}, frozenset(f) is f, hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2, 3])))
show(lambda: f.add(1), lambda: frozenset(1, 2))


def grow(s):
    for x in s:
        s.add(x + 1000)


show(lambda: grow({1, 2}))
big = set()
for i in range(1000):
    big.add(i * 7 % 1009)
for i in range(0, 1000, 3):
    big.discard(i)
print(len(big), sum(big), list(big)[:10], [x for x in big][-5:])
print({x % 5 for x in range(20)}, {*[1, 2], *{3}}, sorted({"b", "a"}), max({3, 9, 2}), sum({1, 2}), list({5}), [1 in {1}, {1} | {2} == {1, 2}])
print({frozenset({1}), frozenset({1, 2})} == {frozenset({2, 1}), frozenset([1])}, {frozenset()}, {(), 0})


class Tags(set):
    def __repr__(self):
        return f"Tags({sorted(self)})"


t = Tags(["b", "a"])
t.add("c")
t.note = 1
print(t, t | {"d"} == {"a", "b", "c", "d"}, len(t), "a" in t, t.note, isinstance(t, set))
