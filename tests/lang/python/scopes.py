# Which name is meant.
x = "global"


def reader():
    return x


def writer():
    x = "local"
    return x


def changer():
    global x
    x = "changed"


print(reader(), writer(), x)
changer()
print(reader(), x)


class Scope:
    x = "class"
    y = x + "!"

    def method(self):
        return x, self.x


print(Scope().method(), Scope.y)


def nest():
    x = 1

    def inner():
        nonlocal x
        x += 1

        def innermost():
            return x * 10

        return innermost()

    return inner(), x


print(nest())
for i in range(3):
    last = i
print(i, last)
try:
    raise ValueError
except ValueError as e:
    pass
try:
    e
except NameError as error:
    print(error)


def shadow(list):
    return list[0]


print(shadow("abc"), list("ab"))
print([i for i in range(2)], i)
f = lambda x: lambda y: x + y
print(f(1)(2))
if False:
    never = 1
try:
    never
except NameError as error:
    print(error)
print(sorted(name for name in globals() if name in ("x", "i", "last", "f")))
