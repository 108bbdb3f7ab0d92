# dataclasses: classes made from their annotated fields.
import copy as _copy


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


MISSING = _Missing()


class KW_ONLY:
    """Fields that follow `_: KW_ONLY` can only be given by name."""


class Field:
    __slots__ = (
        "name",
        "type",
        "default",
        "default_factory",
        "init",
        "repr",
        "hash",
        "compare",
        "metadata",
        "kw_only",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = metadata if metadata is not None else {}
        self.kw_only = kw_only

    def __repr__(self):
        parts = (f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"Field({','.join(parts)})"

    def has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(annotation):
    text = annotation if isinstance(annotation, str) else repr(annotation)
    return text.startswith(("typing.ClassVar", "ClassVar"))


def _own_fields(cls, kw_only):
    own = {}
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or annotation == "KW_ONLY":
            kw_only = True
            continue
        if _is_class_var(annotation):
            continue
        default = getattr(cls, name, MISSING)
        if isinstance(default, Field):
            f = default
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        else:
            f = field(default=default)
        f.name = name
        f.type = annotation
        if f.kw_only is MISSING:
            f.kw_only = kw_only
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(
                f"mutable default {type(f.default)} for field {name} is not allowed: "
                "use default_factory"
            )
        own[name] = f
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in own:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return own


def _listed(names):
    names = [repr(name) for name in names]
    if len(names) <= 2:
        return " and ".join(names)
    return ", ".join(names[:-1]) + ", and " + names[-1]


def _make_init(cls, all_fields, frozen):
    positional = [f for f in all_fields if f.init and not f.kw_only]
    keyword = [f for f in all_fields if f.init and f.kw_only]
    seen_default = False
    for f in positional:
        if f.has_default():
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    names = [f.name for f in positional]
    known = set(names) | {f.name for f in keyword}
    required = [f.name for f in positional if not f.has_default()]
    required_keywords = [f.name for f in keyword if not f.has_default()]
    title = cls.__qualname__ + ".__init__()"

    def check(args, kwargs):
        if len(args) > len(names):
            least = len(required) + 1
            most = len(names) + 1
            expected = str(most) if least == most else f"from {least} to {most}"
            raise TypeError(
                f"{title} takes {expected} positional argument{'s' if most > 1 else ''} "
                f"but {len(args) + 1} were given"
            )
        given = set(names[: len(args)])
        for name in kwargs:
            if name not in known:
                raise TypeError(f"{title} got an unexpected keyword argument {name!r}")
            if name in given:
                raise TypeError(f"{title} got multiple values for argument {name!r}")
        for wanted, kind in ((required, "positional"), (required_keywords, "keyword-only")):
            missing = [name for name in wanted if name not in given and name not in kwargs]
            if missing:
                raise TypeError(
                    f"{title} missing {len(missing)} required {kind} "
                    f"argument{'s' if len(missing) > 1 else ''}: {_listed(missing)}"
                )

    def __init__(self, *args, **kwargs):
        if kwargs or len(args) != len(names) or required_keywords:
            check(args, kwargs)
        values = dict(zip(names, args))
        values.update(kwargs)
        for f in all_fields:
            name = f.name
            if name in values:
                value = values[name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if frozen:
                object.__setattr__(self, name, value)
            else:
                setattr(self, name, value)
        if has_post_init:
            self.__post_init__()

    has_post_init = hasattr(cls, "__post_init__")
    __init__.__qualname__ = cls.__qualname__ + ".__init__"
    return __init__


_printing = set()


def _make_repr(shown):
    def __repr__(self):
        key = id(self)
        if key in _printing:
            return "..."
        _printing.add(key)
        try:
            inside = ", ".join([f"{name}={getattr(self, name)!r}" for name in shown])
        finally:
            _printing.discard(key)
        return f"{self.__class__.__qualname__}({inside})"

    return __repr__


def _make_comparison(compared, operation):
    def method(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        mine = tuple([getattr(self, name) for name in compared])
        return operation(mine, tuple([getattr(other, name) for name in compared]))

    return method


def _make_hash(hashed):
    def __hash__(self):
        return hash(tuple([getattr(self, name) for name in hashed]))

    return __hash__


def _forbid_assignment(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only):
    fields_by_name = {}
    for base in cls.__mro__[-1:0:-1]:
        fields_by_name.update(base.__dict__.get("__dataclass_fields__", {}))
    fields_by_name.update(_own_fields(cls, kw_only))
    cls.__dataclass_fields__ = fields_by_name
    all_fields = list(fields_by_name.values())
    own = cls.__dict__
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    if init and "__init__" not in own:
        cls.__init__ = _make_init(cls, all_fields, frozen)
    if repr and "__repr__" not in own:
        cls.__repr__ = _make_repr([f.name for f in all_fields if f.repr])
    compared = [f.name for f in all_fields if f.compare]
    own_hash = "__hash__" in own and not (own["__hash__"] is None and "__eq__" in own)
    if eq and "__eq__" not in own:
        cls.__eq__ = _make_comparison(compared, lambda a, b: a == b)
    if order:
        operations = {
            "__lt__": lambda a, b: a < b,
            "__le__": lambda a, b: a <= b,
            "__gt__": lambda a, b: a > b,
            "__ge__": lambda a, b: a >= b,
        }
        for name, operation in operations.items():
            if name in own:
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                    "Consider using functools.total_ordering"
                )
            setattr(cls, name, _make_comparison(compared, operation))
    if frozen:
        _forbid_assignment(cls, set(fields_by_name))
    hashed = [f.name for f in all_fields if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash or (eq and frozen and not own_hash):
        cls.__hash__ = _make_hash(hashed)
    elif eq and not own_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple(f.name for f in all_fields if f.init and not f.kw_only)
    return cls


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(found.values())


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def _convert(obj, make, inner):
    if _is_instance(obj):
        return make([(f.name, inner(getattr(obj, f.name))) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[inner(v) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([inner(v) for v in obj])
    if isinstance(obj, dict):
        return type(obj)((inner(k), inner(v)) for k, v in obj.items())
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")

    def inner(value):
        return _convert(value, dict_factory, inner)

    return inner(obj)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def inner(value):
        return _convert(value, lambda pairs: tuple_factory([v for _, v in pairs]), inner)

    return inner(obj)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in fields(obj):
        if not f.init:
            if f.name in changes:
                raise ValueError(
                    f"field {f.name} is declared with init=False, "
                    "it cannot be specified with replace()"
                )
        elif f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    namespace = dict(namespace or {})
    annotations = {}
    for item in fields:
        name, annotation, *default = (item, "typing.Any") if isinstance(item, str) else item
        annotations[name] = annotation
        if default:
            namespace[name] = default[0]
    namespace["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, namespace), **options)
