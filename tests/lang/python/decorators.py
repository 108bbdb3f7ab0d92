# Functions around functions.
def loud(f):
    def wrapper(*args, **kwargs):
        result = f(*args, **kwargs)
        print(f"{f.__name__}{args} -> {result}")
        return result

    return wrapper


@loud
def add(a, b):
    return a + b


add(1, 2)


def repeat(times):
    def decorate(f):
        def wrapper(*args):
            return [f(*args) for _ in range(times)]

        return wrapper

    return decorate


@repeat(3)
@loud
def greet(name):
    return "hi " + name


print(greet("Ann"))


def memoize(f):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]

    wrapper.cache = cache
    return wrapper


@memoize
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(60), len(fibonacci.cache))


class Once:
    def __init__(self, f):
        self.f = f
        self.done = False

    def __call__(self):
        if not self.done:
            self.done = True
            return self.f()


@Once
def setup():
    return "set up"


print(setup(), setup())
registry = {}


def register(name):
    def save(cls):
        registry[name] = cls
        return cls

    return save


@register("point")
class Point:
    pass


print(registry["point"] is Point, list(registry))
