# random: the streams of CPython, seed for seed. Where logarithms and sines take part, the last digits are those of the C library.
import random


def near(*values):
    return [round(v, 12) for v in values]


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


for seed in [0, 1, 42, -42, 2**31, 2**40 + 17, 2**62, True, 1.5, -0.25, "hello", "", "日本", "a" * 200]:
    random.seed(seed)
    print(seed if not isinstance(seed, str) or len(seed) < 10 else "long", random.random(), random.random(), random.getrandbits(5), random.getrandbits(32), random.getrandbits(40), random.getrandbits(63))
random.seed(7)
print([random.randint(0, 9) for _ in range(20)], [random.randint(-5, 5) for _ in range(10)], random.randint(3, 3), random.randint(0, 2**40), random.randint(0, 2**62))
print([random.randrange(10) for _ in range(10)], [random.randrange(5, 50, 5) for _ in range(10)], [random.randrange(10, 0, -3) for _ in range(10)], random.randrange(2**50))
print([random.uniform(-1, 1) for _ in range(5)], random.uniform(5, 2), random.uniform(0, 0))
print(near(*[random.gauss(0, 1) for _ in range(5)], random.gauss(10, 0.5), random.gauss(), random.gauss(mu=1, sigma=2)))
print(near(*[random.normalvariate(0, 1) for _ in range(5)], random.normalvariate(5, 2), random.normalvariate()))
print(near(*[random.expovariate(2) for _ in range(3)], random.triangular(), random.triangular(1, 5, 2), random.triangular(3, 3, 3), random.lognormvariate(0, 1)))
print(near(random.betavariate(2, 3), random.gammavariate(0.5, 1), random.gammavariate(1, 2), random.gammavariate(9, 0.5), random.paretovariate(3), random.weibullvariate(1, 1.5), random.vonmisesvariate(0, 4), random.vonmisesvariate(1, 0)))
items = list("abcdefghij")
print([random.choice(items) for _ in range(10)], random.choice("xyz"), random.choice(range(100)), random.choice((1, 2, 3)))
random.shuffle(items)
print(items)
for n in [0, 1, 2, 50]:
    numbers = list(range(n))
    random.shuffle(numbers)
    print(numbers)
print(random.sample(range(100), 5), random.sample(items, 10), random.sample(range(10**9), 4), random.sample([1, 2, 3], 0), random.sample("abc", 2), random.sample(range(30), 6), random.sample(range(1000), 40))
print(random.sample(["red", "blue"], counts=[4, 2], k=5))
print(random.choices("abc", k=10), random.choices([1, 2, 3], weights=[1, 0, 5], k=10), random.choices("xy", cum_weights=[1, 4], k=10), random.choices([5]), random.choices(range(10), k=0))
state = random.getstate()
first = [random.random() for _ in range(3)] + [random.gauss(0, 1)]
random.setstate(state)
print(first == [random.random() for _ in range(3)] + [random.gauss(0, 1)], state[0], len(state[1]), state[1][-1], state[1][:3])
a, b = random.Random(3), random.Random(3)
print(a.random() == b.random(), a.randint(1, 100), b.choice("abc"), random.Random(5).random(), isinstance(a, random.Random))
random.seed(3)
before = random.random()
random.Random(99).random()
print(before, random.random())
show(lambda: random.randint(5, 1), lambda: random.randrange(0), lambda: random.randrange(5, 5), lambda: random.randrange(1, 5, 0), lambda: random.randrange(-3), lambda: random.choice([]), lambda: random.sample([1], 2), lambda: random.sample({1, 2}, 1), lambda: random.choices([1, 2], weights=[1]), lambda: random.choices([1], weights=[0]), lambda: random.seed([1]), lambda: random.gammavariate(-1, 1), lambda: random.expovariate(0), lambda: random.choices([1, 2], [1, 2], cum_weights=[1, 3]))
random.seed()
x = random.random()
random.seed(None)
print(0 <= x < 1, x != random.random())


class Loaded(random.Random):
    def roll(self):
        return self.randint(1, 6)


print([Loaded(12).roll() for _ in range(3)])
