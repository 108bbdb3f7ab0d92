# copy: shallow and deep.
import copy
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


a = [1, [2, 3], {"k": [4]}, (5, [6]), {7}]
b, c = copy.copy(a), copy.deepcopy(a)
a[1].append("x")
a[2]["k"].append("y")
a[3][1].append("z")
print(a, b, c, sep="\n")
print(b[1] is a[1], c[1] is a[1], c == [1, [2, 3], {"k": [4]}, (5, [6]), {7}])
for atom in [1, 1.5, "s", None, True, (1, 2), frozenset([1]), len, range(3), int]:
    assert copy.copy(atom) is atom and (copy.deepcopy(atom) is atom or isinstance(atom, frozenset))
loop = [1]
loop.append(loop)
twin = copy.deepcopy(loop)
print(twin, twin[1] is twin, twin is not loop)
d = {"self": None}
d["self"] = d
e = copy.deepcopy(d)
print(e["self"] is e, e is not d)
shared = [0]
pair = copy.deepcopy([shared, shared])
print(pair[0] is pair[1], pair[0] is not shared)


class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)
        self.parent = None
        for child in self.children:
            child.parent = self

    def __repr__(self):
        return f"Node({self.value}, {self.children})"


tree = Node(1, [Node(2), Node(3, [Node(4)])])
shallow, deep = copy.copy(tree), copy.deepcopy(tree)
tree.children[1].value = "changed"
print(tree, shallow, deep, shallow.children is tree.children, deep.children[0].parent is deep)


class Custom:
    def __init__(self, x):
        self.x = x

    def __copy__(self):
        return Custom(("copied", self.x))

    def __deepcopy__(self, memo):
        return Custom(("deep", copy.deepcopy(self.x, memo)))


print(copy.copy(Custom(1)).x, copy.deepcopy(Custom([1])).x, copy.deepcopy([Custom(2)])[0].x)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = [1]


s = copy.deepcopy(Slotted())
print(s.a, hasattr(s, "b"))


class MyList(list):
    pass


class MyDict(dict):
    pass


m = MyList([1, [2]])
m.tag = ["t"]
n, o = copy.copy(m), copy.deepcopy(m)
print(n, type(n).__name__, n[1] is m[1], n.tag is m.tag, o, type(o).__name__, o[1] is m[1], o.tag, o.tag is m.tag)
q = copy.deepcopy(MyDict(a=[1]))
print(q, type(q).__name__)
P = namedtuple("P", "x y")
p = P([1], 2)
r = copy.deepcopy(p)
print(copy.copy(p), r, r.x is p.x, type(r).__name__)
dd = defaultdict(list, a=[1])
d2 = copy.deepcopy(dd)
d2["b"].append(1)
d2["a"].append(2)
print(dd, d2, copy.copy(dd)["a"] is dd["a"])
print(copy.deepcopy(deque([[1], 2], maxlen=5)), copy.copy(deque([1])), copy.deepcopy(Counter("aab")), copy.deepcopy(OrderedDict(a=[1])))
err = copy.copy(ValueError("bad", 1))
print(repr(err), repr(copy.deepcopy(KeyError("k"))))
f = lambda: 1
print(copy.copy(f) is f, copy.deepcopy([f])[0] is f, copy.deepcopy(Node) is Node)
nested = []
for _ in range(50):
    nested = [nested]
print(copy.deepcopy(nested) == nested)
deep_nested = []
for _ in range(100000):
    deep_nested = [deep_nested]
try:
    copy.deepcopy(deep_nested)
except RecursionError as error:
    print("RecursionError", str(error).split(" while")[0])
