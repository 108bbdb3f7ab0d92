# Slices of lists: reading, writing, deleting.
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[-3:], a[:-7], a[::3], a[::-1], a[8:2:-2], a[5:2], a[:])
b = a[:]
b[0] = 99
print(a[0], b[0])
b[1:4] = ["x"]
print(b)
b[2:2] = [1, 2, 3]
print(b)
b[::2] = [0] * len(b[::2])
print(b)
del b[0]
del b[3:6]
print(b)
b[-1:] = []
print(b)
print((1, 2, 3)[1:], "slice"[1:-1], [1, 2, 3][-2:], [][1:])
s = slice(1, 6, 2)
print(a[s], s.start, s.stop, s.step, s)
first, *middle, last = a
print(first, middle, last)
*init, tail = "abc"
print(init, tail)
(p, q), r = [1, 2], 3
print(p, q, r)
x, y = 1, 2
x, y = y, x
print(x, y)
grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid)
shared = [[0] * 2] * 2
shared[0][0] = 1
print(shared)
try:
    a[20]
except IndexError as error:
    print(error)
try:
    b[::2] = [1]
except ValueError as error:
    print(error)
try:
    a["x"]
except TypeError as error:
    print(error)
