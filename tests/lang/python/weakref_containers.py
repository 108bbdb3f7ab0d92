# WeakValueDictionary, WeakKeyDictionary, WeakSet and finalize.
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Thing({self.name!r})"


a, b = Thing("a"), Thing("b")
cache = weakref.WeakValueDictionary()
cache["a"] = a
cache["b"] = b
print(len(cache), sorted(cache), cache["a"], "b" in cache, list(cache.values()))
del a
print(len(cache), "a" in cache, cache.get("a", "nothing"), list(cache.items()))
try:
    cache["a"]
except KeyError as error:
    print("KeyError", error)
print(cache.setdefault("b", 1) is b, cache.pop("b") is b, len(cache))
cache.update({"x": b}, y=b)
print(sorted(cache.keys()), cache.pop("z", None))
ring = Thing("ring")
ring.me = ring
cache["ring"] = ring
del ring
print("ring" in cache)
gc.collect()
print("ring" in cache, sorted(cache))
copied = cache.copy()
del cache["x"]
print(sorted(cache), sorted(copied))
del b
print(len(cache), len(copied), bool(cache))

notes = weakref.WeakKeyDictionary()
a, b = Thing("a"), Thing("b")
notes[a] = 1
notes[b] = "two"
print(len(notes), notes[a], b in notes, 5 in notes, [k.name for k in notes], sorted(map(str, notes.values())))
del a
print(len(notes), [(k.name, v) for k, v in notes.items()])
try:
    notes[Thing("other")]
except KeyError:
    print("KeyError")
print(notes.pop(b), len(notes), notes.get(b), notes.setdefault(b, 7), notes[b])
notes[b] = 8
print(notes[b], len(notes))
del notes[b]
print(len(notes))

group = weakref.WeakSet()
a, b, c = Thing("a"), Thing("b"), Thing("c")
for thing in (a, b, c, a):
    group.add(thing)
print(len(group), a in group, 3 in group, sorted(t.name for t in group))
del c, thing
print(len(group))
other = weakref.WeakSet([b])
print(len(group | other), [t.name for t in group & other], [t.name for t in group - other], other <= group)
group.discard(a)
group.discard(a)
try:
    group.remove(a)
except KeyError:
    print("KeyError")
print(group == other, group.pop() is b, len(group))

a = Thing("a")
f = weakref.finalize(a, print, "finalized", 1, sep="-")
print(f.alive, f.peek()[0] is a, f.peek()[2:], f.atexit)
del a
print("after", f.alive, f.peek(), f())
a = Thing("a")
f = weakref.finalize(a, lambda x: x * 2, 21)
print(f(), f(), f.alive)
f = weakref.finalize(a, print, "never")
print(f.detach()[0] is a, f.alive, f.detach())
del a
a = Thing("ring")
a.me = a
f = weakref.finalize(a, print, "ring finalized")
del a
gc.collect()
print(f.alive)


class Observed:
    def __init__(self):
        self.listeners = weakref.WeakSet()

    def tell(self, text):
        for listener in sorted(self.listeners, key=lambda l: l.name):
            listener.hear(text)


class Listener(Thing):
    def hear(self, text):
        print(self.name, "hears", text)


subject = Observed()
one, two = Listener("one"), Listener("two")
subject.listeners.update([one, two])
subject.tell("hello")
del one
subject.tell("again")
