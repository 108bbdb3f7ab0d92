# __del__: when the last reference goes, once, and before a cycle is taken apart.
import gc
import sys

gc.collect()


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


a = Thing("a")
b = a
del a
print("one name left")
del b
print("gone")

c = Thing("c")
c = Thing("second c")
print("replaced")
c = None
print("none")


def local():
    inner = Thing("local")
    print("in", inner.name)


local()
print("after the call")

things = [Thing("item 0"), Thing("item 1")]
del things[0]
print(len(things))
things.clear()
print(len(things))
table = {"k": Thing("value")}
table["k"] = 1
print(table)


class Holder:
    pass


h = Holder()
h.thing = Thing("attribute")
del h.thing
print("attribute deleted")
h.thing = Thing("with its holder")
del h
print("holder deleted")


class Child(Thing):
    def __del__(self):
        print("child first")
        super().__del__()


Child("child")
print("next")

ring = Thing("ring")
ring.other = Holder()
ring.other.back = ring
del ring
print("not yet")
print(gc.collect())

kept = []


class Phoenix:
    def __init__(self):
        self.lives = 1

    def __del__(self):
        print("burns", self.lives)
        self.lives += 1
        kept.append(self)


p = Phoenix()
del p
print(len(kept), kept[0].lives)
kept.clear()
print("it burns once", len(kept))

p = Phoenix()
p.me = p
del p
print(gc.collect(), len(kept), kept[0].me is kept[0], gc.is_finalized(kept[0]))
kept[0].me = None
kept.clear()
print("done")


class Late:
    pass


late = Late()
Late.__del__ = lambda self: print("late")
del late
del Late.__del__
Late()
print("no more")


def stepping():
    try:
        yield 1
        yield 2
    finally:
        print("stepping ends")


g = stepping()
print(next(g))
del g
print("generator gone")
holder = []
g = stepping()
holder.append(g)
next(g)
looped = Holder()
looped.g = g
del g
holder.clear()
looped.me = looped
del looped
print("in a cycle")
print(gc.collect() > 0)


class Loud(list):
    def __del__(self):
        print("loud list", list(self))


x = Loud([1, 2])
x.name = "x"
del x
x = Loud([3])
x.append(x)
x.pop()
x.extra = x
del x
print(gc.collect() > 0)
for i in range(3):
    Thing(i)
print(sum(1 for _ in map(Thing, "ab")))
