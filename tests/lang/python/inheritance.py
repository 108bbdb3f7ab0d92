# Inheritance, super() and abstract methods.
class Shape:
    def __init__(self, name):
        self.name = name

    def area(self):
        raise NotImplementedError(f"{self.name} has no area")

    def describe(self):
        return f"{self.name} of area {self.area():.2f}"


class Rectangle(Shape):
    def __init__(self, width, height, name="rectangle"):
        super().__init__(name)
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side, name="square")

    def describe(self):
        return super().describe() + "!"


for shape in [Rectangle(2, 3.5), Square(4)]:
    print(shape.describe())
print(isinstance(Square(1), Shape), issubclass(Square, Rectangle), issubclass(Shape, Square))
try:
    Shape("thing").describe()
except NotImplementedError as error:
    print(error)
print([c.__name__ for c in Square.__mro__])


class A:
    def who(self):
        return "A"


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super().who()


print(D().who(), [c.__name__ for c in D.__mro__])
