# typing: names for annotations. Nothing is checked; they print as Python prints them.
from collections import _tuple_namespace

TYPE_CHECKING = False


def _name(t):
    if t is None or t is type(None):
        return "None"
    if t is Ellipsis:
        return "..."
    if isinstance(t, list):
        return f"[{', '.join(map(_name, t))}]"
    if isinstance(t, type):
        return t.__qualname__ if t.__module__ == "builtins" else f"{t.__module__}.{t.__qualname__}"
    return repr(t)


class _Form:
    """A name such as List or Optional, bare or with the types it was given."""

    def __init__(self, name, origin=None, args=None):
        self._name = name
        self.__origin__ = origin
        self.__args__ = args

    def __getitem__(self, params):
        if self._name == "Annotated":
            return params[0]
        if not isinstance(params, tuple):
            params = (params,)
        if self._name == "Optional":
            params = params + (type(None),)
        if self._name in ("Optional", "Union"):
            members = []
            for param in params:
                inside = param.__args__ if getattr(param, "_name", "") == "Union" else (param,)
                for member in inside:
                    if member is None:
                        member = type(None)
                    if member not in members:
                        members.append(member)
            return members[0] if len(members) == 1 else _Form("Union", None, tuple(members))
        return _Form(self._name, self.__origin__, params)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f"Cannot instantiate {self!r}")
        return self.__origin__(*args, **kwargs)

    def __instancecheck__(self, instance):
        if self.__args__ is not None:
            if self._name == "Union":
                return isinstance(instance, self.__args__)
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        return _has(type(instance), self._name, self.__origin__)

    def __subclasscheck__(self, cls):
        return _has(cls, self._name, self.__origin__)

    def __eq__(self, other):
        if not isinstance(other, _Form):
            return NotImplemented
        mine, theirs = self.__args__, other.__args__
        if self._name == "Union" and mine and theirs:
            mine, theirs = set(mine), set(theirs)
        return self._name == other._name and mine == theirs

    def __hash__(self):
        return hash((self._name, None if self._name == "Union" else self.__args__))

    def __repr__(self):
        if self.__args__ is None:
            return f"typing.{self._name}"
        if self._name == "Union":
            rest = [a for a in self.__args__ if a is not type(None)]
            if len(rest) == 1 and len(self.__args__) == 2:
                return f"typing.Optional[{_name(rest[0])}]"
        return f"typing.{self._name}[{', '.join(map(_name, self.__args__))}]"


_METHODS = {
    "Callable": ("__call__",),
    "Iterable": ("__iter__",),
    "Iterator": ("__iter__", "__next__"),
    "Hashable": ("__hash__",),
    "Sized": ("__len__",),
    "Container": ("__contains__",),
    "Collection": ("__len__", "__iter__", "__contains__"),
    "Reversible": ("__iter__", "__reversed__"),
}


def _defines(cls, method):
    # Not getattr: that would also find what `type` itself defines.
    for base in cls.__mro__:
        if method in base.__dict__:
            return base.__dict__[method] is not None
    return False


def _has(cls, name, origin):
    if name in _METHODS:
        return all(_defines(cls, method) for method in _METHODS[name])
    if origin is None:
        raise TypeError(f"typing.{name} cannot be used with isinstance()")
    return issubclass(cls, origin)


Any = _Form("Any")
NoReturn = Never = _Form("NoReturn")
Self = _Form("Self")
Union = _Form("Union")
Optional = _Form("Optional")
Literal = _Form("Literal")
Final = _Form("Final")
ClassVar = _Form("ClassVar")
Annotated = _Form("Annotated")
Callable = _Form("Callable")
Type = _Form("Type", type)
List = _Form("List", list)
Tuple = _Form("Tuple", tuple)
Dict = _Form("Dict", dict)
Set = _Form("Set", set)
FrozenSet = _Form("FrozenSet", frozenset)
DefaultDict = _Form("DefaultDict", dict)
OrderedDict = _Form("OrderedDict", dict)
Counter = _Form("Counter", dict)
Deque = _Form("Deque", list)
Iterable = _Form("Iterable")
Iterator = _Form("Iterator")
Generator = _Form("Generator")
Hashable = _Form("Hashable")
Sized = _Form("Sized")
Container = _Form("Container")
Collection = _Form("Collection")
Reversible = _Form("Reversible")
Sequence = _Form("Sequence", (list, tuple, str, range))
MutableSequence = _Form("MutableSequence", list)
Mapping = _Form("Mapping", dict)
MutableMapping = _Form("MutableMapping", dict)
AbstractSet = _Form("AbstractSet", (set, frozenset))
MutableSet = _Form("MutableSet", set)
SupportsInt = _Form("SupportsInt")
SupportsFloat = _Form("SupportsFloat")
Text = str
AnyStr = str


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__bound__ = bound
        self._sign = "+" if covariant else "-" if contravariant else "~"

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return self._sign + self.__name__


class Generic:
    def __class_getitem__(cls, params):
        return cls


class Protocol:
    def __class_getitem__(cls, params):
        return cls


def runtime_checkable(cls):
    return cls


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def NewType(name, tp):
    def new_type(x):
        return x

    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type


def get_type_hints(obj, globalns=None, localns=None):
    if not isinstance(obj, type):
        return dict(getattr(obj, "__annotations__", {}))
    hints = {}
    for base in reversed(obj.__mro__):
        hints.update(base.__dict__.get("__annotations__", {}))
    return hints


def get_origin(tp):
    return getattr(tp, "__origin__", None)


def get_args(tp):
    return getattr(tp, "__args__", None) or ()


class NamedTuple(tuple):
    """`class Point(NamedTuple): x: int` makes a named tuple with the annotated fields."""

    def __init_subclass__(cls, **kwargs):
        annotations = cls.__dict__.get("__annotations__", {})
        fields = tuple(annotations)
        defaults = {}
        for name in fields:
            if name in cls.__dict__:
                defaults[name] = cls.__dict__[name]
            elif defaults:
                raise TypeError(
                    f"non-default namedtuple field {name} cannot follow default "
                    f"field{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}"
                )
        for name, value in _tuple_namespace(cls.__name__, fields, defaults).items():
            if name == "__new__":
                value = staticmethod(value)
            if name not in cls.__dict__ or name in fields or name in ("__doc__", "__new__"):
                setattr(cls, name, value)


class TypedDict(dict):
    def __init_subclass__(cls, total=True, **kwargs):
        pass
