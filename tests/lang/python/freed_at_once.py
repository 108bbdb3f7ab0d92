# A value that nothing holds any more is let go at once: unpacked, walked through, given as an argument.
import sys


class Thing:
    pass


def listed(x):
    return [x, x]


def tupled(x):
    return (x, x)


def made(x):
    yield x
    yield x


def check(name, use):
    thing = Thing()
    before = sys.getrefcount(thing)
    use(thing)
    print(name, sys.getrefcount(thing) - before)


def unpack_list(x):
    a, b = listed(x)
    del a, b
    return x


def in_function(x):
    before = sys.getrefcount(x)
    a, b = listed(x)
    del a, b
    print("list unpacked", sys.getrefcount(x) - before)
    a, b = tupled(x)
    del a, b
    print("tuple unpacked", sys.getrefcount(x) - before)
    a, b = made(x)
    del a, b
    print("generator unpacked", sys.getrefcount(x) - before)
    a, *b = listed(x)
    del a, b
    print("starred", sys.getrefcount(x) - before)
    for a in listed(x):
        pass
    del a
    print("list walked", sys.getrefcount(x) - before)
    for a in tupled(x):
        break
    del a
    print("tuple left early", sys.getrefcount(x) - before)
    for a in made(x):
        pass
    del a
    print("generator walked", sys.getrefcount(x) - before)
    listed(listed(x))
    print("argument", sys.getrefcount(x) - before)
    {"key": listed(x)}["key"][0]
    print("indexed", sys.getrefcount(x) - before)
    print("in a list", len([listed(x), [a for a in listed(x)]]), sys.getrefcount(x) - before)
    try:
        raise ValueError(listed(x))
    except ValueError:
        pass
    print("raised", sys.getrefcount(x) - before)


check("returned", unpack_list)
in_function(Thing())

thing = Thing()
before = sys.getrefcount(thing)
a, b = listed(thing)
del a, b
print("module", sys.getrefcount(thing) - before)
for a in listed(thing):
    break
del a
print("module, left early", sys.getrefcount(thing) - before)
