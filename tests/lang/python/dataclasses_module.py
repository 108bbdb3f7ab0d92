# dataclasses.
import dataclasses
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, Dict, List, Optional


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


@dataclass
class Point:
    x: int
    y: int = 0


p = Point(1)
print(p, Point(1, 2), Point(x=3, y=4), p == Point(1, 0), p == Point(1, 1), p == (1, 0), p.x, p.__dict__)
p.x = 10
print(p, [f.name for f in fields(p)], is_dataclass(p), is_dataclass(Point), is_dataclass(5), Point.__match_args__, Point.y)
show(lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, x=1), lambda: hash(p), lambda: p < Point(1), lambda: p.z)


@dataclass(order=True, frozen=True)
class Card:
    rank: int
    suit: str = field(default="spades", compare=False)
    tags: List[str] = field(default_factory=list, repr=False, hash=False, compare=False)
    count: ClassVar[int] = 52


c = Card(5)
print(c, sorted([Card(9), Card(2), Card(5, "hearts")]), c < Card(7), c == Card(5, "clubs"), hash(c) == hash(Card(5, "x")), {c: 1}[Card(5)], max(Card(1), Card(3)), Card.count)
show(lambda: setattr(c, "rank", 6), lambda: delattr(c, "rank"), lambda: setattr(c, "other", 1), lambda: c < 5)
c.tags.append("t")
print(Card(1).tags, c.tags, replace(c, rank=8), asdict(c), astuple(c))


@dataclass
class Layer:
    size: int
    name: str = "layer"
    weights: Optional[List[float]] = None

    def __post_init__(self):
        if self.weights is None:
            self.weights = [0.0] * self.size
        self.total = self.size * 2


@dataclass
class Named(Layer):
    extra: Dict[str, Any] = field(default_factory=dict)
    size: int = 7


print(Layer(2), Layer(2).total, Named(), Named(3, extra={"a": [1]}), Named(1) == Named(1), Named(1) == Layer(1), asdict(Named(1, extra={"p": Point(1)})), Named.__mro__[1].__name__)


@dataclass
class Tree:
    value: int
    children: List["Tree"] = field(default_factory=list)

    def __repr__(self):
        return f"T{self.value}{self.children}"


t = Tree(1, [Tree(2)])
print(t, asdict(t), t == Tree(1, [Tree(2)]))


@dataclass(eq=False, repr=False)
class Plain:
    x: int


print(Plain(1) == Plain(1), "Plain object" in repr(Plain(1)), isinstance(hash(Plain(1)), int))


@dataclass(kw_only=True)
class Options:
    rate: float
    steps: int = 10


print(Options(rate=0.5), Options(steps=1, rate=2.0))
show(lambda: Options(0.5), lambda: Options(), lambda: Options(rate=1, speed=2))


def bad_default():
    @dataclass
    class Bad:
        items: list = []


def bad_order():
    @dataclass
    class Bad:
        x: int = 0
        y: int


show(bad_default, bad_order, lambda: field(default=1, default_factory=list), lambda: asdict(5), lambda: fields(5), lambda: replace(5))
Made = dataclasses.make_dataclass("Made", [("x", int), ("y", int, 5)])
print(Made(1), Made(1, 2).y, dataclasses.MISSING is not None, fields(Point)[1].default, fields(Point)[0].type)


@dataclass(unsafe_hash=True)
class H:
    a: int
    b: int = field(default=0, init=False)


h = H(1)
h.b = 5
print(h, hash(h) == hash(H(1)), len({H(1), H(1)}))
loop = Tree(1)
Point.scale = lambda self, k: Point(self.x * k, self.y * k)
print(Point(1, 2).scale(3))
