# Functions that remember.
def make_adder(n):
    def add(x):
        return x + n

    return add


add5 = make_adder(5)
print(add5(1), make_adder(-1)(1))


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    return up


one, two = counter(), counter()
print(one(), one(), two(), one())

late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])

total = 0


def add_to_total(x):
    global total
    total += x


add_to_total(3)
add_to_total(4)
print(total)


def compose(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x

    return composed


print(compose(lambda x: x + 1, lambda x: x * 2, str)(3))


def outer():
    x = "outer"

    def middle():
        def inner():
            return x

        return inner

    x = "changed"
    return middle()()


print(outer())
try:
    def broken():
        print(local)
        local = 1

    broken()
except UnboundLocalError as error:
    print(error)
