# gc: what only a cycle keeps alive is found, counted and freed.
import gc
import weakref

gc.collect()


class Node:
    pass


def left(make):
    """Makes something, and says how many objects a search finds behind it."""
    make()
    return gc.collect()


def itself():
    node = Node()
    node.me = node


def pair():
    a, b = Node(), Node()
    a.other, b.other = b, a


def listed():
    items = []
    items.append(items)


def mapped():
    table = {}
    table["self"] = table


def through_tuple():
    items = []
    items.append((1, (2, items)))


def nothing():
    node = Node()
    node.items = [1, 2, {"a": 3}]


class Stored:
    def __init__(self):
        self.method = self.go

    def go(self):
        pass


for make in (itself, pair, listed, mapped, through_tuple, nothing, Stored):
    print(make.__name__, left(make))

alive = Node()
alive.me = alive
watch = weakref.ref(alive)
print(gc.collect(), watch() is alive)
del alive
print(gc.collect(), watch())

# A ring that somebody outside holds stays whole.
first = Node()
first.next = Node()
first.next.next = Node()
first.next.next.next = first
held = first.next.next
del first
print(gc.collect(), held.next.next.next is held)
del held
print(gc.collect())

print(gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
print(gc.get_threshold())
gc.set_threshold(1000, 15)
print(gc.get_threshold())
gc.set_threshold(700, 10, 10)
print(type(gc.get_count()), len(gc.get_count()))
print(gc.garbage)
try:
    gc.collect(3)
except ValueError as error:
    print(error)

for value in (0, "a", 1.5, None, (), (1, "a"), {}, {"a": 1}, [], {"a": []}, ([],), set(), Node(), Node, left):
    print(gc.is_tracked(value), end=" ")
print()

seen = []


def note(phase, info):
    seen.append((phase, sorted(info)))
    if phase == "stop":
        print(phase, info["collected"])


gc.callbacks.append(note)
pair()
print(gc.collect())
gc.callbacks.remove(note)
print(seen)

inner = [1]
outer = [inner, inner, "x"]
print(outer in gc.get_referrers(inner), [inner, inner] == [r for r in gc.get_referents(outer) if r is inner])
print(any(o is outer for o in gc.get_objects()))
