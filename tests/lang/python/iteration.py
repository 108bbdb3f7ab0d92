# What a for loop does underneath.
class Range:
    def __init__(self, stop):
        self.stop = stop

    def __iter__(self):
        return RangeIterator(self.stop)


class RangeIterator:
    def __init__(self, stop):
        self.now, self.stop = 0, stop

    def __iter__(self):
        return self

    def __next__(self):
        if self.now >= self.stop:
            raise StopIteration
        self.now += 1
        return self.now - 1


r = Range(3)
print(list(r), list(r), [x * 2 for x in r], sum(r), 2 in r)
it = iter(r)
print(next(it), list(it), list(it))
a, b, c = r
print(a, b, c, *r)
print(list(zip(r, "xyz")), dict(enumerate(r)), max(r), sorted(r, reverse=True))


class Squares:
    def __getitem__(self, i):
        if i >= 4:
            raise IndexError
        return i * i


print(list(Squares()), 9 in Squares())


class Generated:
    def __iter__(self):
        yield "a"
        yield "b"


print("".join(Generated()), list(map(str.upper, Generated())))
numbers = iter([1, 2, 3, 4])
print(list(zip(numbers, numbers)))
print(next(iter({"k": 1})), next(iter("s")), list(iter([1])))
letters = ["a", "b", "c"]
for i, letter in enumerate(letters):
    letters[i] = letter * (i + 1)
print(letters)
for pair in zip([1, 2], [3, 4], [5, 6]):
    print(pair, end=" ")
print()
it = iter([])
print(next(it, None))
for bad in [lambda: iter(5), lambda: next([1]), lambda: [x for x in None]]:
    try:
        bad()
    except TypeError as error:
        print(error)
try:
    a, b = [1, 2, 3]
except ValueError as error:
    print(error)
try:
    a, b = [1]
except ValueError as error:
    print(error)
