# Methods called on objects of the wrong type, and objects made by the wrong class: refused.
import collections
import functools
import random


def show(*fs):
    for f in fs:
        try:
            f()
            print("done")
        except (TypeError, AttributeError) as error:
            print(type(error).__name__)


class Mine:
    pass


class MyList(list):
    pass


show(lambda: list.append(list, 1), lambda: list.append(5, 1), lambda: list.append((), 1), lambda: list.append(MyList(), 1), lambda: dict.get([], 1), lambda: dict.fromkeys(5), lambda: str.upper(1), lambda: str.upper(str), lambda: int.bit_length(1.5), lambda: int.bit_length(True))
show(lambda: object.__new__(list), lambda: object.__new__(Mine), lambda: object.__new__(MyList), lambda: list.__new__(dict), lambda: list.__new__(MyList), lambda: dict.__new__(collections.Counter), lambda: tuple.__new__(tuple), lambda: object.__new__(5), lambda: object.__new__(), lambda: Exception.__new__(KeyError), lambda: set.__new__(frozenset), lambda: object.__new__(type(iter([]))))
show(lambda: list.__init__(5), lambda: list.__init__({}), lambda: dict.__init__([]), lambda: list.__len__({}), lambda: list.__getitem__((1,), 0), lambda: str.__add__(1, "a"), lambda: int.__add__("a", 1), lambda: dict.__setitem__([], 0, 1), lambda: list.__iter__(()), lambda: set.add(frozenset(), 1))
show(lambda: collections.deque.append([], 1), lambda: collections.deque.append(collections.deque, 1), lambda: collections.defaultdict.__missing__({}, 1), lambda: random.Random.random(5), lambda: functools.partial.__call__(5), lambda: type({}.keys())())
x = MyList([1])
show(lambda: setattr(x, "__class__", dict), lambda: setattr(Mine(), "__class__", list), lambda: setattr(5, "__class__", Mine), lambda: type("X", (int, str), {}), lambda: type("X", (list, dict), {}), lambda: type("Y", (bool,), {}), lambda: type("Z", (type(None),), {}))
