# list: methods, slices, operators, errors, and lists that hold themselves.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


a = [3, 1, 2]
a.append(4)
a.extend([5, 6])
a.extend("xy")
a.extend(range(2))
a.insert(0, "first")
a.insert(100, "last")
a.insert(-1, "before last")
print(a, len(a))
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove("x")
show(lambda: a.remove("nothing"), lambda: [].pop(), lambda: [1].pop(5), lambda: [1].pop("a"), lambda: a.index("zz"), lambda: a.index(1), lambda: [1, 2, 1].index(1, 1), lambda: [1, 2, 1].index(1, 1, 2), lambda: [1, 1.0, True, "1"].count(1))
b = a.copy()
b.clear()
print(a, b, a == list(a), a is list(a))
a.reverse()
print(a, list(reversed(a)))
show(lambda: a[50], lambda: a[-30], lambda: a["a"], lambda: a[1.5], lambda: a[None], lambda: [] + (), lambda: [] + 1, lambda: [1] * "a", lambda: [1] * 2.0, lambda: [1] - [1], lambda: [1] < [2], lambda: [1] < (2,), lambda: [1] == (1,), lambda: -[1], lambda: {[]: 1}, lambda: hash([]))
c = list(range(10))
print(c[2:5], c[:3], c[-3:], c[::2], c[::-1], c[8:2:-2], c[20:], c[-20:3], c[5:2], c[True:3])
c[2:5] = ["a"]
print(c)
c[1:1] = [100, 200]
print(c)
c[::2] = [0] * len(c[::2])
print(c)
c[:] = "hello"
print(c)
c[1:3] = []
print(c)
c[5:] = [7, 8]
print(c)
c[1:2] = c
print(c)
del c[0], c[-1]
del c[1:3]
print(c)
d = list(range(12))
del d[::3]
print(d)
del d[::-2]
print(d)
del d[10:]
d[-1] = "end"
print(d)
def assign(target, key, value):
    target[key] = value
    return target


def delete(target, key):
    del target[key]
    return target


show(lambda: assign([1], 5, 0), lambda: assign([1], "a", 0), lambda: assign([1, 2, 3, 4], slice(None, None, 2), [1]), lambda: assign([1], slice(0, 1), 5), lambda: delete([1], 5), lambda: assign([1, 2], slice(None, None, -1), [8, 9]))
e = [1, 2]
f = e
e += [3]
e += (4,)
e += "5"
e *= 2
print(e, f is e, [0] * 3, 2 * [1, 2], [[]] * 2, [1] * 0, [1] * -5)
show(lambda: e.__iadd__(5), lambda: e.extend(5))
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 5], [1, [2]] == [1, [2]], [1] != [1.0], [1, "a"] == [1, "a"])
show(lambda: [1, "a"] < [1, 2], lambda: [None] < [None], lambda: [None, 1] < [None, 2])
g = [1]
g.append(g)
print(g, repr(g), g[1][1] is g)
h = [1, [2, g], {"g": g}, (g,)]
print(h)
g.clear()
print([list((1, 2)), list("ab"), list({"k": 1}), list({5}), list(range(3)), list(), list(x for x in "xy")])
show(lambda: list(1), lambda: list(1, 2), lambda: list(x=1), lambda: [].append(), lambda: [].append(1, 2), lambda: [].insert(1), lambda: [].nope)
print(3 in [1, 2, 3], [1] in [[1]], "a" not in ["b"], None in [0, False, None], 1.0 in [1])
it = iter([1, 2])
print(next(it), list(it), list(it), next(it, "done"))
grow = [1]
for x in grow:
    if len(grow) < 5:
        grow.append(x + 1)
print(grow)
shrink = [1, 2, 3, 4]
for x in shrink:
    shrink.remove(x)
print(shrink)


class Stack(list):
    def push(self, x):
        self.append(x)
        return self

    def __repr__(self):
        return "Stack" + super().__repr__()


st = Stack([1])
print(st.push(2), len(st), st + [3], type(st + [3]).__name__, st[:1], isinstance(st, list), st == [1, 2], list(st), sorted(st, reverse=True))
st.extra = "attribute"
print(st.extra, st.__dict__, Stack(), Stack("ab"))
