half = lambda x: x / 2
print(half(3))
print(list(map(half, [1, "two"])))
