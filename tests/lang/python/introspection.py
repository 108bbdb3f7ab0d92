# getattr and its kin, isinstance, dir, vars, globals, locals, callable, type, id, hash, print.
import sys


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


class Animal:
    """An animal."""

    legs = 4

    def __init__(self, name):
        self.name = name

    def speak(self):
        return self.name + " speaks"


class Dog(Animal):
    def __getattr__(self, name):
        if name.startswith("fake_"):
            return "made " + name
        raise AttributeError(f"no {name} here")


a, d = Animal("cat"), Dog("rex")
print(getattr(a, "name"), getattr(a, "zz", "default"), getattr(d, "fake_x"), getattr(d, "zz", None), hasattr(a, "legs"), hasattr(a, "zz"), hasattr(d, "fake_1"), hasattr(d, "zz"), getattr(Animal, "legs"), getattr("abc", "upper")())
setattr(a, "age", 3)
delattr(a, "name")
print(vars(a), a.__dict__, vars(d), hasattr(a, "name"))
show(lambda: getattr(a, "name"), lambda: getattr(d, "zz"), lambda: getattr(a, 5), lambda: setattr(a, 5, 1), lambda: hasattr(a, 1), lambda: delattr(a, "zz"), lambda: setattr(5, "x", 1), lambda: (5).x, lambda: setattr([], "x", 1), lambda: vars(5), lambda: getattr(a), lambda: None.x, lambda: "".nope, lambda: Animal.nope, lambda: setattr(len, "x", 1))
print(isinstance(d, Animal), isinstance(d, (int, Dog)), isinstance(1, (str, (float, (int,)))), isinstance(True, int), isinstance(None, type(None)), isinstance(Dog, type), isinstance(d, object), issubclass(Dog, Animal), issubclass(Dog, (int, Animal)), issubclass(int, object), issubclass(Animal, Dog))
show(lambda: isinstance(1, 1), lambda: isinstance(1, (int, 1)), lambda: isinstance("", (int, 1)), lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: isinstance(1), lambda: isinstance(1, [int]))
print(callable(len), callable(a), callable(Animal), callable(lambda: 0), callable(a.speak), callable(5), type(a).__name__, type(Animal) is type, type(5)(7), type("x") is str, Animal.__name__, Animal.__doc__, Dog.__bases__[0].__name__, [c.__name__ for c in Dog.__mro__])
print([n for n in dir(a) if not n.startswith("__")], [n for n in dir(Dog) if not n.startswith("__")], "upper" in dir("x"), "append" in dir([]), "sqrt" in dir(__import__("math")), dir([]) == sorted(dir([])))
print(id(a) == id(a), id(a) != id(d), id(None) == id(None), hash(a) == hash(a), a == a, a != d, a is a, hash(Animal) == hash(Animal), isinstance(id(a), int))


def scope(x, y=2):
    z = x + y
    inner = [k for k in range(2)]
    return sorted(locals())


counter = 5
print(scope(1), "counter" in globals(), globals()["counter"], "scope" in globals(), type(globals()).__name__, __name__)


class WithDir:
    def __dir__(self):
        return ["b", "a"]


print(dir(WithDir()))


class Eq:
    def __eq__(self, other):
        return True


show(lambda: hash(Eq()), lambda: {Eq()}, lambda: hash([]), lambda: hash({}), lambda: hash(([],)), lambda: len(5), lambda: len(), lambda: len(1, 2), lambda: abs(), lambda: callable(), lambda: id(), lambda: print(sep=5), lambda: print(end=1), lambda: print(foo=1))
print()
print("a", 1, None, [1], sep="")
print("a", "b", sep=", ", end=";\n")
print(*[1, 2, 3], sep="\n")
print("x", end="")
print("y", flush=True)
print("to stdout", file=sys.stdout)
print("none is stdout", file=None)
print(sys.stdout.write("written\n"))
sys.stdout.flush()
print(sep="", end="")
print("tab\tquote'\"é日😀")
print(repr("tab\tquote'\"é日😀"), ascii("é日"), format(3.14159, ".2f"), format("x", ">3"), format(None), format([1]), repr(len))
print(sys.maxsize, sys.version_info[0], sys.version_info >= (3, 8), sys.version_info.major, isinstance(sys.path, list), sys.float_info.epsilon, sys.byteorder, sys.float_info.max)


class Printer:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)


class Str:
    def __str__(self):
        return "as str"

    def __repr__(self):
        return "as repr"


class BadStr:
    def __str__(self):
        return 5


class OnlyRepr:
    def __repr__(self):
        return "only repr"


p = Printer()
print(1, 2, file=p)
print("".join(p.parts) == "1 2\n", Str(), [Str()], {"k": Str()}, f"{Str()} {Str()!r}", "%s %r" % (Str(), Str()), str(Str()), OnlyRepr(), str(OnlyRepr()), (Str(),))
show(lambda: str(BadStr()), lambda: print(BadStr()), lambda: f"{BadStr()}", lambda: repr(type("X", (), {"__repr__": lambda self: None})()))
saved, sys.stdout = sys.stdout, p
print("hidden")
sys.stdout = saved
print("".join(p.parts))

try:
    sys.exit(3)
except SystemExit as error:
    print("exit", error.code, error.args)
for unsupported in [lambda: round(2.5), lambda: divmod(7, -2), lambda: ascii("\u20ac")]:
    print(unsupported())
