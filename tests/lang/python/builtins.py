# Built-in functions at work.
print(abs(-1), len("abc"), sum([1, 2]), min(1, 2), max(1, 2), round(1.25, 1), divmod(7, 2), pow(2, 3))
print(sorted([2, 1]), list(reversed([1, 2])), list(zip([1], [2])), list(map(str, [1, 2])), list(filter(lambda x: x > 1, [1, 2])))
print(all([]), any([]), bool(1), int("7"), float("1.5"), str(1), repr("a"), chr(65), ord("a"), hex(16), bin(2), oct(8))
print(type(1) is int, type("") is str, isinstance(1, (int, str)), issubclass(bool, int), callable(len), callable(1))
empty = []
print(id(empty) == id(empty), id(empty) != id([1]), hash("a") == hash("a"), hash(1) == hash(1.0))
print(list(range(3)), tuple("ab"), dict(a=1), set([1]), list(enumerate(["a"])), next(iter([1])))
print(1, 2, 3, sep="-", end="!\n")
print("no newline", end="")
print()
print()
print("a", None, True, [1, "x"], ("t",), {"k": "v"}, 1.0, sep=" | ")
print([None, True, "s", 1.5])
print(print("inner"))
x = [1, 2]
y = x
z = list(x)
print(x is y, x is z, x == z)
print(ascii("é"), len([1, [2, 3]]), isinstance(None, type(None)))
print(getattr("abc", "upper")(), "abc".__len__(), (1).__add__(2), [1].__class__, type(print).__name__)
print(int.__name__, list.__name__, type(None).__name__, type(lambda: 0).__name__, type(len).__name__, type(range(1)).__name__)
print(sum([[1], [2]], []), min("b", "a", key=lambda c: -ord(c)), max([3, 1], [2, 9], key=sum))
print(object() is not None, type(object()), NotImplemented, ..., Ellipsis is ...)
