# Objects that behave like numbers, sequences and functions.
class Vector:
    def __init__(self, *items):
        self.items = list(items)

    def __add__(self, other):
        if isinstance(other, Vector):
            return Vector(*[a + b for a, b in zip(self.items, other.items)])
        return NotImplemented

    def __mul__(self, k):
        return Vector(*[k * a for a in self.items])

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __eq__(self, other):
        return isinstance(other, Vector) and self.items == other.items

    def __lt__(self, other):
        return sum(self.items) < sum(other.items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, value):
        self.items[i] = value

    def __contains__(self, value):
        return value in self.items

    def __iter__(self):
        return iter(self.items)

    def __call__(self, x):
        return sum(c * x ** i for i, c in enumerate(self.items))

    def __bool__(self):
        return any(self.items)

    def __repr__(self):
        return "Vector(" + ", ".join(map(repr, self.items)) + ")"

    def __str__(self):
        return "<" + " ".join(map(str, self.items)) + ">"


v = Vector(1, 2, 3)
w = Vector(10, 20, 30)
print(v + w, w - v, 2 * v, v * 2, -v)
print(v == Vector(1, 2, 3), v != w, v < w, v > w)
print(len(v), v[0], v[-1], v[1:], 2 in v, 9 in v)
v[0] = 100
print(repr(v), list(v), max(v), sum(v))
print(Vector(1, 0, 2)(3), bool(Vector(0, 0)), not Vector(1))
a, b, c = w
print(a, b, c, sorted([w, v, Vector(0)], key=len), f"{w} {w!r}")
v += Vector(1, 1, 1)
print(v)
try:
    v + 1
except TypeError as error:
    print(error)
