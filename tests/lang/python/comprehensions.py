# Lists, dictionaries and sets from loops in one expression.
print([x * x for x in range(6)])
print([x for x in range(20) if x % 3 == 0 if x % 2 == 0])
print([(x, y) for x in range(3) for y in "ab"])
print([[row * 3 + column for column in range(3)] for row in range(2)])
print({word: len(word) for word in ["tensor", "of", "rank"]})
print(sorted({x % 4 for x in range(10)}))
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)])
print([value for row in matrix for value in row])
print(["even" if x % 2 == 0 else "odd" for x in range(4)])
x = "outside"
print([x for x in range(3)], x)
print({k: v for k, v in zip("abc", range(3)) if v != 1})
print({v: k for k, v in {"a": 1, "b": 2}.items()})
names = ["ann", "bob"]
print([f"{i}:{name.title()}" for i, name in enumerate(names, start=1)])
print([y for x in [1, 2, 3] if (y := x * 10) > 10])
print(any(x > 3 for x in range(5)), all(x > 3 for x in range(5)))
print(dict([("a", 1), ("b", 2)]), dict(a=1, b=2), list("abc"), tuple(range(3)), set())
primes = [n for n in range(2, 30) if all(n % d for d in range(2, n))]
print(primes)
