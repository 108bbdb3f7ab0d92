# Properties, static methods and class methods.
class Temperature:
    zero = -273.15

    def __init__(self, celsius):
        self.celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < self.zero:
            raise ValueError(f"{value} is below absolute zero")
        self._celsius = value

    @property
    def fahrenheit(self):
        return self.celsius * 9 / 5 + 32

    @classmethod
    def from_fahrenheit(cls, value):
        return cls((value - 32) * 5 / 9)

    @staticmethod
    def is_warm(value):
        return value > 20


t = Temperature(25)
print(t.celsius, t.fahrenheit)
t.celsius = -10
print(t.fahrenheit)
try:
    t.celsius = -300
except ValueError as error:
    print(error)
try:
    t.fahrenheit = 5
except AttributeError as error:
    print(type(error).__name__)
print(f"{Temperature.from_fahrenheit(212).celsius:.1f}")
print(Temperature.is_warm(21), t.is_warm(5))


class Hot(Temperature):
    pass


print(type(Hot.from_fahrenheit(100)).__name__)
class Nested:
    @classmethod
    @classmethod
    def twice(cls):
        return cls.__name__

    @staticmethod
    @classmethod
    def inner(cls):
        return cls

    def plain(self):
        "what it does"


print(Nested.twice(), Nested().twice(), Nested().plain.__doc__)
try:
    Nested().plain.missing
except AttributeError as e:
    print(e)
