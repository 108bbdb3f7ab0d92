# weakref: references and proxies, their callbacks and comparisons.
import gc
import weakref

gc.collect()


class Node:
    def __init__(self, value=0):
        self.value = value

    def __eq__(self, other):
        return isinstance(other, Node) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def double(self):
        return self.value * 2


node = Node(3)
r = weakref.ref(node)
print(r() is node, r().value, weakref.ref(node) is r, weakref.getweakrefcount(node))
noted = weakref.ref(node, lambda ref: print("noted", ref is noted, ref()))
print(weakref.getweakrefcount(node), len(weakref.getweakrefs(node)), noted is r)
print(noted.__callback__ is not None, r.__callback__)
del node
print(r(), noted(), noted.__callback__)

a, b = Node(1), Node(1)
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra == rb, ra != rb, hash(ra) == hash(a), len({ra, rb}))
b.value = 2
print(ra == rb)
del a
print(ra == rb, ra == ra, hash(ra) == hash(1))
rc = weakref.ref(b)
del b
try:
    hash(rc)
except TypeError as error:
    print(error)

for value in ([], {}, 1, "text", (), None, 1.5, range(3)):
    try:
        weakref.ref(value)
    except TypeError as error:
        print(error)


def function():
    pass


class Slots:
    __slots__ = ("x",)


class OpenSlots:
    __slots__ = ("x", "__weakref__")


for value in (function, Node, gc, set(), len, (i for i in ()), Node(1).double, OpenSlots()):
    print(type(value).__name__, weakref.ref(value)() is value)
try:
    weakref.ref(Slots())
except TypeError as error:
    print(error)


class Items(list):
    pass


items = Items([1])
print(weakref.ref(items)() is items)

order = []
node = Node()
refs = [weakref.ref(node, lambda ref, i=i: order.append(i)) for i in range(3)]
del node
print(order)
node = Node()
dropped = weakref.ref(node, lambda ref: print("never"))
del dropped
del node

ring = Node(5)
ring.me = ring
outside = weakref.ref(ring, lambda ref: print("ring gone", ref()))
ring.own = weakref.ref(ring, lambda ref: print("not told"))
del ring
print(gc.collect(), outside())

node = Node(21)
p = weakref.proxy(node)
print(p.value, p.double(), p == node, isinstance(p, Node), type(p) is weakref.ProxyType)
p.value = 4
print(node.value, weakref.proxy(node) is p)
try:
    hash(p)
except TypeError as error:
    print(error)
items = Items([1, 2, 3])
q = weakref.proxy(items)
q.append(4)
print(len(q), q[1], list(q), q + [5], 3 in q, bool(q), str(q))
q[0] = 9
del q[1]
print(items)
f = weakref.proxy(function)
print(type(f).__name__, f())
del items
for use in (lambda: q.append, lambda: len(q), lambda: q[0], lambda: str(q), lambda: q + [1]):
    try:
        print(use())
    except ReferenceError as error:
        print(error)


class Special(weakref.ref):
    def __init__(self, target, callback=None, label=""):
        super().__init__(target, callback)
        self.label = label

    def __new__(cls, target, callback=None, label=""):
        return super().__new__(cls, target, callback)


s = Special(node, label="mine")
print(s() is node, s.label, isinstance(s, weakref.ref), weakref.ReferenceType is weakref.ref)
try:
    weakref.ref()
except TypeError as error:
    print(type(error).__name__)


def bad(ref):
    node.me


class Method:
    def go(self):
        return "went"


m = Method()
w = weakref.WeakMethod(m.go)
print(w()(), w() == m.go)
del m
print(w())
