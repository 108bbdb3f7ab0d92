# Branches and loops.
def kind(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"


print([kind(n) for n in [-1, 0, 5, 50]])
for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == j:
            continue
        print(i, j, end="; ")
print()
for n in range(2, 10):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, "is prime")
i = 0
while i < 5:
    i += 1
    if i == 3:
        continue
    if i == 5:
        break
else:
    print("never")
print("i", i)
while True:
    i -= 1
    if i < 0:
        break
print("i", i)
for i in []:
    pass
else:
    print("empty loop ends")
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a + b + c)
x = 5
print("big" if x > 3 else "small", x if x else "none")
if x and not x == 6 and (x < 3 or x > 4):
    print("complicated")
if (length := len("hello")) > 3:
    print(length)
pass
del x
try:
    print(x)
except NameError as error:
    print(error)
for i in range(10, 0, -3): print(i, end=" ")
print(); print("two"); print("statements")
