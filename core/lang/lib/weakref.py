# weakref: references that do not keep their object alive, and containers made of them.
from _weakref import CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs, ref

ProxyTypes = (ProxyType, CallableProxyType)


def proxy(object, callback=None, /):
    return (CallableProxyType if callable(object) else ProxyType)(object, callback)


class KeyedRef(ref):
    __slots__ = ("key",)

    def __new__(cls, object, callback, key):
        self = ref.__new__(cls, object, callback)
        self.key = key
        return self

    def __init__(self, object, callback, key):
        pass


class WeakMethod(ref):
    """A reference to a bound method, which would end at once by itself."""

    __slots__ = ("_function", "_type", "_alive")

    def __new__(cls, method, callback=None):
        try:
            object = method.__self__
            function = method.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(method)}") from None
        self = ref.__new__(cls, object, (lambda _: callback(self)) if callback else None)
        self._function = ref(function)
        self._type = type(method)
        return self

    def __init__(self, method, callback=None):
        pass

    def __call__(self):
        object = ref.__call__(self)
        function = self._function()
        if object is None or function is None:
            return None
        return self._type(function, object)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self() is None or other() is None:
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    __hash__ = ref.__hash__


class _WeakMapping:
    # What the two mappings have in common; `_items` gives the pairs that live.
    def __len__(self):
        return sum(1 for _ in self._items())

    def __bool__(self):
        return len(self) > 0

    def __iter__(self):
        for key, _ in self._items():
            yield key

    def keys(self):
        for key, _ in self._items():
            yield key

    def values(self):
        for _, value in self._items():
            yield value

    def items(self):
        yield from self._items()

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
            return default

    def update(self, other=None, /, **kwargs):
        if other is not None:
            pairs = other.items() if hasattr(other, "items") else other
            for key, value in pairs:
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def clear(self):
        self.data.clear()

    def copy(self):
        new = type(self)()
        new.update(self)
        return new

    __copy__ = copy

    def __eq__(self, other):
        if not hasattr(other, "items"):
            return NotImplemented
        return dict(self.items()) == dict(other.items())

    __hash__ = None

    def __or__(self, other):
        new = self.copy()
        new.update(other)
        return new

    def __ior__(self, other):
        self.update(other)
        return self

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"


class WeakValueDictionary(_WeakMapping):
    def __init__(self, other=(), /, **kwargs):
        self.data = {}
        own = ref(self)

        def remove(entry):
            mapping = own()
            if mapping is not None and mapping.data.get(entry.key) is entry:
                del mapping.data[entry.key]

        self._remove = remove
        self.update(other, **kwargs)

    def _items(self):
        for key, entry in list(self.data.items()):
            value = entry()
            if value is not None:
                yield key, value

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        entry = self.data.get(key)
        return entry is not None and entry() is not None

    def pop(self, key, *default):
        entry = self.data.pop(key, None)
        value = None if entry is None else entry()
        if value is not None:
            return value
        if default:
            return default[0]
        raise KeyError(key)

    def popitem(self):
        while True:
            key, entry = self.data.popitem()
            value = entry()
            if value is not None:
                return key, value

    def itervaluerefs(self):
        yield from list(self.data.values())

    def valuerefs(self):
        return list(self.data.values())


class WeakKeyDictionary(_WeakMapping):
    def __init__(self, dict=None):
        self.data = {}
        own = ref(self)

        def remove(key):
            mapping = own()
            if mapping is not None:
                mapping.data.pop(key, None)

        self._remove = remove
        if dict is not None:
            self.update(dict)

    def _items(self):
        for entry, value in list(self.data.items()):
            key = entry()
            if key is not None:
                yield key, value

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def popitem(self):
        while True:
            entry, value = self.data.popitem()
            key = entry()
            if key is not None:
                return key, value

    def keyrefs(self):
        return list(self.data)


class WeakSet:
    def __init__(self, data=None):
        self.data = set()
        own = ref(self)

        def remove(entry):
            whole = own()
            if whole is not None:
                whole.data.discard(entry)

        self._remove = remove
        if data is not None:
            self.update(data)

    def __iter__(self):
        for entry in list(self.data):
            item = entry()
            if item is not None:
                yield item

    def __len__(self):
        return sum(1 for _ in self)

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def pop(self):
        while True:
            try:
                entry = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            item = entry()
            if item is not None:
                return item

    def clear(self):
        self.data.clear()

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self)

    def __ior__(self, other):
        self.update(other)
        return self

    def union(self, other):
        new = self.copy()
        new.update(other)
        return new

    __or__ = union

    def intersection(self, other):
        return type(self)(item for item in other if item in self)

    __and__ = intersection

    def difference(self, other):
        other = type(self)(other)
        return type(self)(item for item in self if item not in other)

    __sub__ = difference

    def symmetric_difference(self, other):
        other = type(self)(other)
        return self.difference(other).union(other.difference(self))

    __xor__ = symmetric_difference

    def issubset(self, other):
        other = type(self)(other)
        return all(item in other for item in self)

    __le__ = issubset

    def issuperset(self, other):
        return all(item in self for item in other)

    __ge__ = issuperset

    def isdisjoint(self, other):
        return not any(item in self for item in other)

    def __eq__(self, other):
        if not isinstance(other, WeakSet):
            return NotImplemented
        return set(self) == set(other)

    __hash__ = None

    def __repr__(self):
        return repr(self.data)


class finalize:
    """Calls a function when an object ends, at the latest at the end of the program."""

    __slots__ = ()

    _registry = {}
    _shutdown = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit")

    def __init__(self, obj, func, /, *args, **kwargs):
        info = self._Info()
        info.weakref = ref(obj, self)
        info.func = func
        info.args = args
        info.kwargs = kwargs
        info.atexit = True
        self._registry[self] = info

    def __call__(self, _=None):
        info = self._registry.pop(self, None)
        if info is not None and not self._shutdown:
            return info.func(*info.args, **info.kwargs)

    def detach(self):
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None and self._registry.pop(self, None) is not None:
            return (obj, info.func, info.args, info.kwargs)

    def peek(self):
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None:
            return (obj, info.func, info.args, info.kwargs)

    @property
    def alive(self):
        return self in self._registry

    @property
    def atexit(self):
        info = self._registry.get(self)
        return info is not None and info.atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info is not None:
            info.atexit = bool(value)

    @classmethod
    def _exit(cls):
        for each, info in reversed(list(cls._registry.items())):
            if info.atexit:
                each()
        cls._shutdown = True

    def __repr__(self):
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is None:
            return f"<{type(self).__name__} object at {id(self):#x}; dead>"
        return (
            f"<{type(self).__name__} object at {id(self):#x}; "
            f"for {type(obj).__name__!r} at {id(obj):#x}>"
        )
