# functools and operator.
import functools
import operator
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering, wraps


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


add = partial(lambda *a, **k: (a, k), 1, x=2)
print(add(), add(5), add(5, x=3, y=4), add.args, add.keywords, partial(add, 9, y=1)(8), partial(pow, 2)(5), callable(add))
print(partial(print, "a", sep="-").func is print, partial(int, base=2)("101"))
show(lambda: partial(), lambda: partial(5), lambda: partial(pow)(1))
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 10), reduce(max, [3, 9, 2]), reduce(lambda a, b: f"({a}{b})", "abcd"))
show(lambda: reduce(lambda a, b: a, []), lambda: reduce(1, [1, 2]), lambda: reduce(lambda a: a, [1, 2]))
calls = []


@lru_cache(maxsize=2)
def square(x):
    """Squares."""
    calls.append(x)
    return x * x


print([square(x) for x in [1, 2, 1, 3, 1, 2]], calls, square.cache_info(), square.__name__, square.__doc__, square.__wrapped__(7))
square.cache_clear()
print(square.cache_info(), square(5), square(x=5), calls[-2:], square.cache_info().misses)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())


@lru_cache
def bare(*args, **kwargs):
    calls.append((args, kwargs))
    return len(calls)


print(bare(1) == bare(1), bare(1) == bare(1.0), bare(1, 2) == bare(1, b=2), bare(a=1, b=2) == bare(a=1, b=2), bare("1") == bare(1), bare.cache_info().currsize)


@lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True))
show(lambda: bare([]), lambda: lru_cache("a"))


class Shape:
    def __init__(self, n):
        self.n = n

    @lru_cache(maxsize=None)
    def area(self):
        calls.append("area")
        return self.n**2

    @cached_property
    def half(self):
        calls.append("half")
        return self.n / 2


s = Shape(4)
calls.clear()
print(s.area(), s.area(), s.half, s.half, calls, s.__dict__)


def traced(f):
    @wraps(f)
    def inner(*args, **kwargs):
        """Inner."""
        return "traced", f(*args, **kwargs)

    return inner


@traced
def documented(a: int, b=2) -> int:
    """Documentation."""
    return a + b


print(documented(1), documented.__name__, documented.__doc__, documented.__wrapped__(1), documented.__qualname__, documented.__annotations__)


@total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


a, b = Version(1, 2), Version(1, 3)
print(a < b, a <= b, a > b, a >= b, a >= Version(1, 2), sorted([b, a, Version(0, 9)]), max(a, b))
print(sorted([3, 1, 2], key=cmp_to_key(lambda x, y: y - x)), sorted(["bb", "a", "ccc"], key=cmp_to_key(lambda x, y: len(x) - len(y))))


@singledispatch
def describe(x):
    return "something"


@describe.register
def _(x: int):
    return "an int"


@describe.register(list)
def _(x):
    return "a list"


print(describe(1), describe([1]), describe("x"), describe(True))
from operator import add as plus, attrgetter, itemgetter, methodcaller, mul, neg

print(plus(1, 2), reduce(mul, [1, 2, 3, 4]), neg(5), operator.truediv(1, 4), operator.floordiv(7, 2), operator.mod(7, 3), operator.pow(2, 3), operator.lt(1, 2), operator.eq(1, 1.0), operator.contains([1], 1), operator.not_(0), operator.abs(-3), operator.getitem([5], 0), operator.is_(None, None))
rows = [{"name": "b", "n": 2}, {"name": "a", "n": 2}, {"name": "c", "n": 1}]
print(sorted(rows, key=itemgetter("n", "name")), itemgetter(1)("abc"), itemgetter(slice(1, 3))([1, 2, 3, 4]), list(map(itemgetter(0), ["xy", "zw"])))
print(attrgetter("parts")(a), attrgetter("n", "half")(s), methodcaller("upper")("abc"), methodcaller("split", ",", maxsplit=1)("a,b,c"), itemgetter(1, 2), attrgetter("a.b"))
show(lambda: itemgetter(5)([1]), lambda: attrgetter("nope")(a), lambda: plus(1, "a"))
