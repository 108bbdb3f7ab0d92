# dict: methods, views, order, equality, errors, and changes while walking.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


d = {"b": 1, "a": 2, 3: "three", (1, 2): [4], None: None, 2.5: "f"}
print(d, len(d), list(d), d["a"], d[3], d[3.0], d[(1, 2)], d[None], d[2.5], sep="\n")
print(d.get("a"), d.get("zz"), d.get("zz", 0), "a" in d, "zz" in d, 3 in d, True in {1: 2}, 1 in {True: 0})
d["b"] = 10
d["new"] = 11
d.setdefault("a", 99)
d.setdefault("c")
print(d)
print(d.pop("b"), d.pop("zz", "default"), d.popitem(), d.popitem(), list(d.items()))
show(lambda: d["zz"], lambda: d.pop("zz"), lambda: {}.popitem(), lambda: d[[]], lambda: d.get([]), lambda: {}[1.5], lambda: {}["it's"], lambda: {}[(1, "x")], lambda: {}[None])
del d[3]
show(lambda: d.__delitem__("zz"), lambda: {[]: 1}, lambda: {{}: 1}, lambda: {(1, []): 1})
print(dict(), dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict({"k": 1}, k=2, z=3), dict(zip("ab", [1, 2])), dict(["ab", "cd"]), dict(((1, 2),)))
show(lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict({}, {}), lambda: dict(["a"]), lambda: dict(None))
e = {"a": 1}
e.update({"b": 2})
e.update([("c", 3)])
e.update(d=4)
e.update({"a": 0}, e=5)
e.update()
print(e, e | {"z": 26, "a": 100}, {"q": 1} | e)
e |= {"a": 7}
e |= [("y", 8)]
print(e, e.copy() == e, e.copy() is e, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {}.fromkeys(range(2), []))
show(lambda: e | 5, lambda: e | [("a", 1)], lambda: e + {}, lambda: e < {}, lambda: e.update(5), lambda: e.update({}, {}), lambda: e.nope)
k, v, i = e.keys(), e.values(), e.items()
print(k, v, i, len(k), "a" in k, 7 in v, ("a", 7) in i, ("a", 8) in i, 5 in i, list(reversed(k)), list(reversed(e)), list(reversed(i))[:1])
e["late"] = 1
print(len(k), len(v), len(i), k == {"a", "b", "c", "d", "e", "y", "late"}, k == e.keys(), {"a": 1}.keys() == {"a"}, {"a": 1}.items() == {("a", 1)}, {"a": 1}.values() == {"a": 1}.values())
n, m = {1: "a", 2: "b", 3: "c"}, {2: "b", 3: "x", 4: "d"}
print(n.keys() & m.keys(), n.keys() | m.keys(), n.keys() - m.keys(), n.keys() ^ m.keys(), n.items() & m.items(), n.keys() & [1, 9], n.keys() <= {1, 2, 3}, n.keys() < {1, 2, 3}, n.keys() > {1}, n.keys().isdisjoint([7]), n.keys().isdisjoint(m))
print({1: 2} == {1: 2.0}, {1: 2} == {1: 3}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} != {}, {1: {2: [3]}} == {1: {2: [3]}}, {} == [], {1: 1} == {True: True})


def grow(d):
    for key in d:
        d[key * 100] = 0


def shrink(d):
    for key in d.keys():
        d.pop(2, None)


show(lambda: grow({1: 1, 2: 2}), lambda: shrink({1: 1, 2: 2, 3: 3}))
c = {i: i * i for i in range(2000)}
for i in range(0, 2000, 2):
    del c[i]
for i in range(0, 100, 10):
    c[i] = "back"
print(len(c), list(c)[:3], list(c)[-10:], c[1999], 1998 in c, sum(k for k in c))
stack = {}
for i in range(5):
    stack[i] = i
while stack:
    print(stack.popitem(), end=" ")
print(stack)
me = {"name": "loop"}
me["self"] = me
me["list"] = [me]
print(me)
print({k: v for k, v in sorted({"b": 1, "a": 2}.items())}, {v: k for k, v in {"x": 1}.items()}, {**{"a": 1}, "b": 2, **{"a": 3}})


class Upper(dict):
    def __missing__(self, key):
        return key.upper()

    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


u = Upper(x=1)
u["y"] = 5
print(u, u["x"], u["y"], u["z"], u.get("z"), "z" in u, len(u), u == {"x": 1, "y": 10}, type(u.copy()).__name__, u | {"w": 1}, isinstance(u, dict))


class Key:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return isinstance(other, Key) and self.v == other.v

    def __repr__(self):
        return f"Key({self.v})"


collisions = {Key(i): i for i in range(30)}
print(len(collisions), collisions[Key(17)], Key(99) in collisions, collisions.pop(Key(3)), len(collisions), collisions.setdefault(Key(5), "x"))
for name, value in zip(["first", "second"], collisions.items()):
    print(name, value)
it = iter({"a": 1, "b": 2}.items())
print(next(it), list(it), next(it, "end"))
print(list({"a": 1}.keys()) + list({"b": 2}.values()), [*{"x": 1}], {*{"x": 1}}, sorted({"b": 1, "a": 1}), max({"a": 5, "b": 3}, key={"a": 5, "b": 3}.get))
