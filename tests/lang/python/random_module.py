# The random module, seeded: CPython's own numbers.
import random

random.seed(0)
print(random.random(), random.random())
print(random.randint(1, 6), random.randrange(10), random.randrange(0, 100, 5))
print(random.uniform(-1, 1), random.choice("abcdef"), random.choice([10, 20, 30]))
items = list(range(10))
random.shuffle(items)
print(items)
print(random.sample(range(100), 5))
print(random.choices(["a", "b", "c"], k=5), random.choices([1, 2], weights=[1, 9], k=6))
print(f"{random.gauss(0, 1):.10f} {random.gauss(0, 1):.10f} {random.normalvariate(5, 2):.10f}")
random.seed(12345)
a = [random.random() for _ in range(3)]
random.seed(12345)
print(a == [random.random() for _ in range(3)])
print(random.getrandbits(16))
own = random.Random(7)
print(own.random(), own.randint(0, 1000))
counts = [0] * 3
random.seed(1)
for _ in range(300):
    counts[random.randrange(3)] += 1
print(counts)
