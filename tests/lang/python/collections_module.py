# collections.
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
d.extend([5, 6])
d.extendleft("ab")
print(d, len(d), d[0], d[-1], d[3], 4 in d, 9 in d, list(reversed(d)))
print(d.pop(), d.popleft(), d)
d.rotate(2)
print(d)
d.rotate(-1)
d.rotate(100)
print(d, d.index(4), d.count(1))
d[0] = "first"
del d[1]
d.remove(5)
d.insert(2, "in")
d.reverse()
print(d, d.copy() == d, d.copy() is d, d + deque([1]), d * 2 == d + d, deque() == deque(), deque([1]) < deque([2]), bool(deque()))
w = deque(maxlen=3)
for i in range(6):
    w.append(i)
print(w, w.maxlen, d.maxlen, deque(range(10), 4), deque("abc", maxlen=2))
w.appendleft("x")
w += [7]
print(w, w.copy().maxlen)
show(lambda: deque().pop(), lambda: deque().popleft(), lambda: d[50], lambda: d["a"], lambda: d.remove("zz"), lambda: d.index("zz"), lambda: deque(5), lambda: deque([], -1), lambda: d + [1], lambda: hash(d), lambda: w.insert(0, 1), lambda: {d: 1})
me = deque([1])
me.append(me)
print(me)


def mutate(q):
    for x in q:
        q.append(x)


show(lambda: mutate(deque([1, 2])))
d.clear()
print(d, list(d))

dd = defaultdict(list)
for k, v in [("a", 1), ("b", 2), ("a", 3)]:
    dd[k].append(v)
count = defaultdict(int)
for c in "mississippi":
    count[c] += 1
print(dd, dict(dd), count, dd["new"], "other" in dd, dd.get("other"), sorted(count.items()), dd == {"a": [1, 3], "b": [2], "new": []})
print(defaultdict(None, {"x": 1}), defaultdict(lambda: 5)["y"], defaultdict(int, a=1), dd.default_factory, dd.copy(), isinstance(dd, dict), type(dd.copy()).__name__)
show(lambda: defaultdict()["x"], lambda: defaultdict(5), lambda: defaultdict(None)[1])
tree = defaultdict(lambda: defaultdict(int))
tree["a"]["b"] += 1
print(tree["a"]["b"], {k: dict(v) for k, v in tree.items()})

c = Counter("abracadabra")
print(c, c["a"], c["zz"], len(c), c.most_common(2), c.most_common(), sorted(c.elements()), c.total(), "zz" in c)
c.update("aaa")
c.update({"q": 2})
c.subtract("ab")
print(c, Counter(a=3, b=1) + Counter(a=1, b=2), Counter(a=3, b=1) - Counter(a=1, b=2), Counter(a=3, b=1) & Counter(a=1, b=2), Counter(a=3, b=1) | Counter(a=1, b=2), +Counter(a=1, b=-1), -Counter(a=1, b=-1))
print(Counter(), Counter([1, 1, 2]), Counter({"x": 5}), Counter(a=1) == Counter(a=1, b=0), Counter(a=1) == {"a": 1}, Counter(a=1) <= Counter(a=2), c.copy() == c, dict(Counter("ab")))
c["a"] = 0
del c["nothing"], c["q"]
print(c, sum(c.values()), max(c, key=c.get), list(Counter("hello")))
show(lambda: Counter.fromkeys("ab"), lambda: Counter(5), lambda: Counter(a=1) + 1)

o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, list(o), o == OrderedDict([("c", 3), ("b", 2), ("a", 1)]), o == OrderedDict([("a", 1), ("b", 2), ("c", 3)]), o == {"a": 1, "b": 2, "c": 3}, list(reversed(o)), OrderedDict())
print(o.popitem(), o.popitem(last=False), o, o.copy(), OrderedDict.fromkeys("xy", 0), OrderedDict(a=1) | {"b": 2}, isinstance(o, dict))
show(lambda: o.move_to_end("zz"), lambda: OrderedDict().popitem())

Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), len(p), p._fields, p._asdict(), p._replace(x=10), Point._make([5, 6]), tuple(p), isinstance(p, tuple), hash(p) == hash((1, 2)), Point.__name__, Point.__doc__)
x, y = p
print(x, y, sorted([Point(2, 1), Point(1, 5)]), p + (3,), p < Point(1, 3), {p: "v"}[Point(1, 2)], max(p), [*p])
Line = namedtuple("Line", ["start", "end", "width"], defaults=[1])
print(Line(p, Point(3, 4)), Line._field_defaults, Line(1, 2, 3).width, namedtuple("Empty", [])(), namedtuple("R", "a class a", rename=True)._fields)
show(lambda: Point(1), lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, 2, x=3), lambda: Line(), lambda: Line(1, 2, 3, 4), lambda: p.z, lambda: setattr(p, "x", 5), lambda: p._replace(q=1), lambda: Point._make([1]), lambda: p[5])
show(lambda: namedtuple("P", "a a"), lambda: namedtuple("P", "1a"), lambda: namedtuple("class", "a"), lambda: namedtuple("P", "_a"), lambda: namedtuple("P", "def"))


class Vector(namedtuple("Vector", "x y")):
    __slots__ = ()

    @property
    def length(self):
        return (self.x**2 + self.y**2) ** 0.5

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __str__(self):
        return f"<{self.x}, {self.y}>"


v = Vector(3, 4)
print(v.length, v + v, str(v), repr(v), v._replace(x=0), type(v._replace(x=0)).__name__)
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["c"] = 4
print(m["a"], m["b"], m["c"], len(m), sorted(m), "b" in m, m.get("zz", 0), m, m.parents, m.new_child({"b": 0})["b"])
show(lambda: m["zz"], lambda: m.__delitem__("b"))
