# heapq, bisect, contextlib, typing, abc, string, types.
import abc
import bisect
import contextlib
import heapq
import string
import types
from abc import ABC, abstractmethod
from typing import Any, Callable, Dict, Generic, List, NamedTuple, Optional, Tuple, TypeVar, Union, cast


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


heap = []
for x in [5, 3, 8, 1, 9, 2]:
    heapq.heappush(heap, x)
    print(heap, end=" ")
print([heapq.heappop(heap) for _ in range(6)])
numbers = [9, 4, 7, 1, 8, 2]
heapq.heapify(numbers)
print(numbers, heapq.heappushpop(numbers, 0), heapq.heapreplace(numbers, 10), numbers, heapq.nlargest(2, [3, 9, 4]), heapq.nsmallest(2, "hello"), list(heapq.merge([1, 4], [2, 3])))
show(lambda: heapq.heappop([]))
a = [1, 3, 3, 5]
print([bisect.bisect_left(a, x) for x in range(7)], [bisect.bisect(a, x) for x in range(7)], bisect.bisect_right([(1, "a")], (1,)), bisect.bisect_left(a, 3, key=lambda v: v + 1))
bisect.insort(a, 4)
bisect.insort_left(a, 3)
print(a)


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")


with tag("a") as t, tag("b"):
    print("inside", t)



def use():
    with tag("err"):
        raise ValueError("inside")


show(use)


@tag("decorated")
def run():
    return "ran"


print(run())
with contextlib.suppress(KeyError, ZeroDivisionError):
    1 / 0
with contextlib.nullcontext(5) as five:
    print(five)


class Thing:
    def close(self):
        print("closed")


with contextlib.closing(Thing()):
    print("open")
with contextlib.ExitStack() as stack:
    print(stack.enter_context(tag("x")))
    stack.callback(print, "callback", 1)
    print("body")


class Buffer:
    def __init__(self):
        self.text = ""

    def write(self, s):
        self.text += s


buffer = Buffer()
with contextlib.redirect_stdout(buffer):
    print("captured", 1)
print(repr(buffer.text))
print("to buffer", file=buffer, end="!")
print(repr(buffer.text))


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    @property
    @abstractmethod
    def name(self):
        ...

    def twice(self):
        return 2 * self.area()


class Half(Shape):
    def area(self):
        return 3


class Square(Half):
    name = "square"


show(lambda: Shape(), lambda: Half())
print(Square().twice(), isinstance(Square(), Shape), issubclass(Half, Shape), Square().name)
T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item

    def get(self) -> Optional[T]:
        return self.item


class Employee(NamedTuple):
    name: str
    id: int = 3

    def greet(self) -> str:
        return f"{self.name}#{self.id}"


def typed(a: int, b: "str" = "x", *args: Any, c: List[int] = [], **kw: Dict[str, Tuple[int, ...]]) -> Union[int, str]:
    return a


e = Employee("Ann")
print(Box[int](5).get(), Box(1).item, e, e.greet(), e.id, e == ("Ann", 3), Employee("B", 4)._replace(id=9), Employee._fields, cast(int, "x"))
print(List[int], Optional[int], Union[int, str], Dict[str, List[int]], Tuple[int, ...], Callable[[int, str], bool], Any, List, T, Optional[Union[int, None]], Union[int, int])
print(typed.__annotations__, list[int], dict[str, list[int]], tuple[int, ...], int | None, int | str | list[int], isinstance(1, int | str), isinstance([], int | str))
show(lambda: Employee(), lambda: isinstance([], List[int]))
print(isinstance(len, Callable), isinstance(5, Callable), isinstance([], List), issubclass(dict, Dict))
print(string.ascii_lowercase, string.digits, string.punctuation, repr(string.whitespace), string.capwords("a bc d"), string.hexdigits)
ns = types.SimpleNamespace(a=1, b="x")
ns.c = [2]
print(ns, ns.a, ns == types.SimpleNamespace(a=1, b="x", c=[2]), isinstance(run, types.FunctionType), isinstance(len, types.BuiltinFunctionType), isinstance(e.greet, types.MethodType), isinstance((x for x in []), types.GeneratorType))
