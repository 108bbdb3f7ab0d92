# abc: classes that cannot be made before their abstract methods are defined.


class ABCMeta:
    """Only ever named as metaclass: the language itself knows what it means."""


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


class ABC(metaclass=ABCMeta):
    __slots__ = ()
