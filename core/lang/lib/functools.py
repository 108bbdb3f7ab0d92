# functools: functions that take or give functions. The parts that must be fast are native.
from _functools import _CacheInfo, _lru_cache_wrapper, partial, reduce

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            pass
        else:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize) and isinstance(typed, bool):
        return _lru_cache_wrapper(maxsize, 128, typed, _CacheInfo)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorate(function):
        return _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)

    return decorate


def cache(user_function, /):
    return _lru_cache_wrapper(user_function, None, False, _CacheInfo)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        value = self.func(instance)
        # From now on the attribute of the instance hides this one.
        instance.__dict__[self.attrname] = value
        return value


class _Key:
    __slots__ = ["obj", "compare"]

    def __init__(self, obj, compare):
        self.obj = obj
        self.compare = compare

    def __lt__(self, other):
        return self.compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self.compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self.compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self.compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self.compare(self.obj, other.obj) >= 0

    __hash__ = None


def cmp_to_key(mycmp):
    return lambda obj: _Key(obj, mycmp)


def _from_lt(self, other):
    less = type(self).__lt__(self, other)
    return less, self == other


def _from_le(self, other):
    less_or_equal = type(self).__le__(self, other)
    if less_or_equal is NotImplemented:
        return NotImplemented, False
    equal = self == other
    return less_or_equal and not equal, equal


def _from_gt(self, other):
    greater = type(self).__gt__(self, other)
    if greater is NotImplemented:
        return NotImplemented, False
    equal = self == other
    return not greater and not equal, equal


def _from_ge(self, other):
    greater_or_equal = type(self).__ge__(self, other)
    if greater_or_equal is NotImplemented:
        return NotImplemented, False
    return not greater_or_equal, self == other


def _ordering(root, answer):
    def method(self, other):
        less, equal = root(self, other)
        if less is NotImplemented:
            return NotImplemented
        return answer(less, equal)

    return method


def total_ordering(cls):
    roots = {"__lt__": _from_lt, "__le__": _from_le, "__gt__": _from_gt, "__ge__": _from_ge}
    answers = {
        "__lt__": lambda less, equal: less,
        "__le__": lambda less, equal: less or equal,
        "__gt__": lambda less, equal: not less and not equal,
        "__ge__": lambda less, equal: not less,
    }
    defined = [name for name in roots if any(name in c.__dict__ for c in cls.__mro__[:-1])]
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = roots[defined[0]]
    for name, answer in answers.items():
        if name not in defined:
            method = _ordering(root, answer)
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            cls = next(iter(func.__annotations__.values()))
        registry[cls] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)
