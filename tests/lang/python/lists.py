# Methods of lists and tuples.
a = [3, 1, 2]
a.append(5)
a.extend([4, 1])
a.insert(0, 9)
print(a, len(a), a.count(1), a.index(2))
print(a.pop(), a.pop(0), a)
a.remove(1)
print(a)
a.sort()
print(a)
a.reverse()
print(a, sorted(a), list(reversed(a)))
b = a.copy()
b.clear()
print(a, b, a + [0], [1, 2] * 2, a == [5, 4, 3, 2], [1, 2] < [1, 3])
a += (7, 8)
print(a, 7 in a, 100 not in a)
print(min(a), max(a), sum(a), sum(a, 100), any(a), all(a))
t = (1, "two", 3.0)
print(t, t[1], len(t), t + (4,), t.index("two"), (1,), ())
n, s, f = t
print(n, s, f, t.count(1), (1, 2) < (1, 3), tuple([1, 2]))
print(list(zip([1, 2, 3], "ab")), list(map(lambda x, y: x * y, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "a"])))
print(list(enumerate("ab")), list(range(5, 0, -2)), range(3), 3 in range(5))
nested = [1, [2, [3, [4]]]]
print(nested[1][1][1][0], str(nested))
loop = [1]
loop.append(loop)
print(loop)
stack = []
for x in [1, 2, 3]:
    stack.append(x)
while stack:
    print(stack.pop(), end=" ")
print()
for change in [lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(5), lambda: t.append(1), lambda: [1] + (2,)]:
    try:
        change()
    except Exception as error:
        print(type(error).__name__, error)
try:
    t[0] = 1
except TypeError as error:
    print(error)
