# itertools.
from itertools import (accumulate, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile, filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap,
                       takewhile, tee, zip_longest)


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


print(list(islice(count(), 5)), list(islice(count(10, -3), 4)), list(islice(count(0.5, 0.25), 3)), count(3), count(1, 2), count(0.5))
print(list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat(7, 3)), repeat("x"), repeat(1, 5), list(repeat(1, -1)), list(islice(repeat(0), 2)))
print(list(chain("ab", [1], (), range(2))), list(chain()), list(chain.from_iterable([[1], [2, 3], "x"])), list(chain.from_iterable([])))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([], initial=5)), list(accumulate([1, 2], initial=100)), list(accumulate("abc")), list(accumulate([3, 1, 4], max)))
print(list(islice("abcdefg", 3)), list(islice("abcdefg", 2, 5)), list(islice("abcdefg", 1, None, 2)), list(islice("abc", 0)), list(islice("abcdefg", None, 4, 3)), list(islice(count(), 2, 9, 3)))
it = iter(range(10))
print(list(islice(it, 3)), next(it), list(islice(it, 1, 4, 2)), next(it))
print(list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(6))), list(filterfalse(None, [0, 1, "", "a"])), list(starmap(pow, [(2, 3), (3, 2)])), list(starmap(lambda *a: a, ["ab", (1,)])))
print(list(compress("abcdef", [1, 0, 1, 0, 1, 1])), list(pairwise([1, 2, 3])), list(pairwise([1])), list(zip_longest("abc", [1])), list(zip_longest([1, 2], "x", fillvalue="-")), list(zip_longest()))
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=3)), list(product()), list(product([], [1])), list(product("a", repeat=0)), len(list(product(range(3), repeat=4))))
print(list(permutations([1, 2, 3])), list(permutations("abc", 2)), list(permutations([1, 2], 3)), list(permutations([], 0)), len(list(permutations(range(6)))), list(permutations(range(4)))[10:14])
print(list(combinations("abcd", 2)), list(combinations([1, 2], 3)), list(combinations([1, 2], 0)), list(combinations_with_replacement("abc", 2)), list(combinations_with_replacement([], 1)), len(list(combinations(range(12), 5))))
print([(k, list(g)) for k, g in groupby("aaabbca")], [(k, list(g)) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], [k for k, g in groupby([1, 1, 2])], list(groupby([])))
groups = groupby([1, 1, 2, 2, 3])
k1, g1 = next(groups)
print(k1, next(g1))
k2, g2 = next(groups)
print(list(g1), k2, list(g2))
a, b = tee([1, 2, 3])
print(next(a), list(b), list(a), len(tee([], 3)))
x, y, z = tee(iter(range(4)), 3)
print(next(x), next(x), next(y), list(z), list(x), list(y))
show(lambda: islice([1], -1), lambda: islice([1], 1, 2, 0), lambda: islice([1]), lambda: combinations([1]), lambda: combinations([1], -1), lambda: product([1], repeat=-1), lambda: list(starmap(pow, [(1,)])), lambda: list(chain(1)), lambda: list(accumulate([1, "a"])), lambda: permutations(5), lambda: count("a"), lambda: takewhile(1), lambda: list(dropwhile(5, [1])), lambda: zip_longest([1], foo=2))
print([type(t).__name__ for t in (count(), cycle([]), chain(), product(), groupby([]), islice([], 1), repeat(1), zip_longest())], iter(count()) is not None)
primes = []
for n in count(2):
    if all(n % p for p in takewhile(lambda p: p * p <= n, primes)):
        primes.append(n)
    if len(primes) == 15:
        break
print(primes)
