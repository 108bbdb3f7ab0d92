# Generators make values one at a time.
def countdown(n):
    while n > 0:
        yield n
        n -= 1


print(list(countdown(4)), sum(countdown(10)))
g = countdown(2)
print(next(g), next(g), next(g, "done"))
try:
    next(g)
except StopIteration:
    print("stopped")


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, items):
    for item in items:
        if n == 0:
            return
        n -= 1
        yield item


print(list(take(10, fibonacci())))


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


a = averager()
next(a)
print(a.send(10), a.send(20), a.send(60))


def flatten(tree):
    for item in tree:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, 4], []], 5])))


def with_result():
    yield 1
    return "result"


def outer():
    result = yield from with_result()
    yield result


print(list(outer()))
print(sum(x * x for x in range(5)), max(len(w) for w in ["a", "abc", "ab"]))
lazy = (print("working", i) or i for i in range(2))
print("before")
print(list(lazy))


def careful():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


c = careful()
print(next(c))
c.close()
for x in careful():
    break
print("end")
