def g(n):
    try:
        for i in range(n):
            x = yield i
            if x: yield x
    finally:
        print('end')
def h():
    r = yield from g(3)
    return r
i = h(); print(next(i), i.send(5), list(i))
print([a * b for a in range(3) for b in range(a)], {k: v for k, v in zip('ab', (1, 2))})
print(sorted({3, 1, 2}, key=lambda v: -v), sum(x for x in range(4)), max([1, 2], default=0))
