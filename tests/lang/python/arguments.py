# Ways to pass arguments.
def show(a, b=2, *rest, c, d=4, **more):
    print(a, b, rest, c, d, more)


show(1, c=3)
show(1, 20, 30, 40, c=5, d=6, e=7, f=8)
show(*[1, 2, 3], c=0, **{"x": 1})
show(b=1, a=2, c=3)


def defaults(items=[]):
    items.append(len(items))
    return items


print(defaults(), defaults(), defaults([9]))


def positional(a, b, /, c):
    return a, b, c


print(positional(1, 2, c=3))


def keyword(*, size, color="red"):
    return f"{color} {size}"


print(keyword(size=3), keyword(color="blue", size=1))
print((lambda x, y=10: x + y)(1), (lambda *a: a)(1, 2), (lambda **k: k)(z=1))


def nothing():
    pass


print(nothing())


def many():
    return 1, "two", [3]


x, y, (z,) = many()
print(x, y, z, many())


def annotated(x: int, y: "text" = "b") -> str:
    """Joins."""
    return str(x) + y


print(annotated(1), annotated.__name__, annotated.__doc__)
for call in [lambda: show(), lambda: keyword(), lambda: positional(1), lambda: nothing(1), lambda: keyword(size=1, shape=2), lambda: show(1, a=1, c=2)]:
    try:
        call()
    except TypeError as error:
        print(error)
