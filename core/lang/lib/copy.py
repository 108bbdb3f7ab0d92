# copy: shallow and deep copies.


class Error(Exception):
    pass


error = Error


def _nothing():
    pass


class _Any:
    def method(self):
        pass


# Values of these types never change, or are shared by all who hold them.
_ATOMIC = {
    type(None),
    type(Ellipsis),
    type(NotImplemented),
    int,
    float,
    bool,
    str,
    type,
    range,
    type(_nothing),
    type(len),
    property,
    slice,
}


def _new_like(x, cls):
    """An object of the class of x, without attributes, with x's arguments if it is an exception."""
    if isinstance(x, BaseException):
        return cls.__new__(cls, *x.args)
    return cls.__new__(cls)


def _slot_names(cls):
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__"):
                yield name


def _copy_attributes(x, y, convert):
    if hasattr(x, "__getstate__") and "__getstate__" in dir(type(x)):
        state = convert(x.__getstate__())
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        elif isinstance(state, dict):
            y.__dict__.update(state)
        return
    if hasattr(x, "__dict__"):
        for name, value in x.__dict__.items():
            y.__dict__[name] = convert(value)
    for name in _slot_names(type(x)):
        if hasattr(x, name):
            setattr(y, name, convert(getattr(x, name)))


def copy(x):
    cls = type(x)
    if cls in _ATOMIC or cls is tuple or cls is frozenset:
        return x
    if isinstance(x, type):
        return x
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    if cls is list or cls is dict or cls is set:
        return x.copy()
    if isinstance(x, (tuple, str, frozenset)):
        y = _base_of(x).__new__(cls, x)
    else:
        y = _new_like(x, cls)
        if isinstance(x, list):
            list.extend(y, x)
        elif isinstance(x, dict):
            for key, value in dict.items(x):
                dict.__setitem__(y, key, value)
            if hasattr(x, "default_factory"):
                y.default_factory = x.default_factory
        elif isinstance(x, set):
            set.update(y, x)
    _copy_attributes(x, y, lambda value: value)
    return y


def _base_of(x):
    for base in (tuple, str, frozenset):
        if isinstance(x, base):
            return base


def deepcopy(x, memo=None, _nil=[]):
    if memo is None:
        memo = {}
    cls = type(x)
    if cls in _ATOMIC:
        return x
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    if isinstance(x, type):
        return x
    copier = getattr(x, "__deepcopy__", None)
    if copier is not None:
        y = copier(memo)
    elif cls is list:
        y = []
        memo[id(x)] = y
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = {}
        memo[id(x)] = y
        for key, value in x.items():
            y[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        y = _deepcopy_tuple(x, memo)
    elif cls is set or cls is frozenset:
        y = cls([deepcopy(item, memo) for item in x])
    elif cls is type(_Any().method):
        y = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        y = _deepcopy_object(x, cls, memo)
    if y is not x:
        memo[id(x)] = y
        # Keeps x alive, so that its id stays its own as long as the memo is used.
        memo.setdefault(id(memo), []).append(x)
    return y


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # The tuple may have been copied meanwhile, by way of an item that holds it.
    if id(x) in memo:
        return memo[id(x)]
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _deepcopy_object(x, cls, memo):
    if isinstance(x, (tuple, frozenset)):
        base = _base_of(x)
        y = base.__new__(cls, [deepcopy(item, memo) for item in x])
        memo[id(x)] = y
    elif isinstance(x, str):
        y = str.__new__(cls, x)
        memo[id(x)] = y
    else:
        y = _new_like(x, cls)
        memo[id(x)] = y
        if isinstance(x, list):
            for item in list.__iter__(x):
                list.append(y, deepcopy(item, memo))
        elif isinstance(x, dict):
            if hasattr(x, "default_factory"):
                y.default_factory = x.default_factory
            for key, value in dict.items(x):
                dict.__setitem__(y, deepcopy(key, memo), deepcopy(value, memo))
        elif isinstance(x, set):
            set.update(y, [deepcopy(item, memo) for item in x])
        elif isinstance(x, BaseException):
            y.args = deepcopy(x.args, memo)
        elif hasattr(x, "maxlen") and hasattr(x, "popleft"):
            y.__init__((), x.maxlen)
            for item in x:
                y.append(deepcopy(item, memo))
    _copy_attributes(x, y, lambda value: deepcopy(value, memo))
    return y
