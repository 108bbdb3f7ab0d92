# Containers nested without end, or in themselves: no crash, Python's answers.


def show(*fs):
    for f in fs:
        try:
            r = f()
            print(r if not isinstance(r, str) or len(r) < 200 else len(r))
        except RecursionError as error:
            print("RecursionError:", str(error).startswith("maximum recursion depth exceeded"))
        except Exception as error:
            print(type(error).__name__ + ":", error)


def nested(make, depth):
    value = make(None)
    for _ in range(depth):
        value = make(value)
    return value


N = 100000
lists = nested(lambda v: [v], N)
others = nested(lambda v: [v], N)
tuples = nested(lambda v: (v,), N)
dicts = nested(lambda v: {"k": v}, N)
show(lambda: repr(lists), lambda: str(tuples), lambda: repr(dicts), lambda: f"{lists}", lambda: "%s" % (lists,), lambda: lists == others, lambda: lists < others, lambda: tuples == nested(lambda v: (v,), N), lambda: dicts == nested(lambda v: {"k": v}, N), lambda: sorted([lists, others]), lambda: lists in [others], lambda: isinstance(1, tuples))
print(lists is lists, lists == lists, len(lists))
a = []
a.append(a)
b = {"k": a}
a.append(b)
c = (a, b)
a.append(c)
print(a)
print(b)
print(c)
x, y = [1], [1]
x.append(y)
y.append(x)
show(lambda: x == y)
print(x, y, x == x)
s = {"d": None}
s["d"] = s.values()
print(len(repr(s)) > 5)


class Node:
    def __init__(self):
        self.me = [self]

    def __repr__(self):
        return f"Node({self.me})"


show(lambda: repr(Node()))


def forever(n):
    return forever(n + 1)


class Eq:
    def __eq__(self, other):
        return self == other


class Attr:
    def __getattr__(self, name):
        return getattr(self, name + "x")


show(lambda: forever(0), lambda: Eq() == 1, lambda: Attr().y, lambda: sorted([1, 2], key=lambda v: forever(v)), lambda: list(map(forever, [1])))
small = nested(lambda v: [v], 50)
print(repr(small) == "[" * 51 + "None" + "]" * 51, small == nested(lambda v: [v], 50))
class Grows:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.append(1)
        return False

    def __repr__(self):
        return "G"


items = []
items.extend([Grows(items), Grows(items)])
print(5 in items[:], len(items) > 2)


class Clears:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return False

    def __hash__(self):
        return 1

    def __repr__(self):
        self.target.clear()
        return "C"


for use in [lambda l: l.index(5), lambda l: l.count(5), lambda l: 5 in l, lambda l: l.remove(5), lambda l: repr(l), lambda l: l == [1, 2, 3], lambda l: l < [Clears(l), 2, 3]]:
    l = []
    l.extend([Clears(l), Clears(l), 3])
    show(lambda: use(l))
d = {}
d[Clears(d)] = 1
show(lambda: d.get(Clears({})), lambda: Clears(d) in d)
dd = {}
for i in range(5):
    dd[Clears({})] = Clears(dd)
show(lambda: len(repr(dd)) > 0)
