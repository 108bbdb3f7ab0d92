# Classes, attributes and methods.
class Counter:
    step = 1
    made = 0

    def __init__(self, start=0):
        self.value = start
        Counter.made += 1

    def up(self, times=1):
        for _ in range(times):
            self.value += self.step
        return self

    def __repr__(self):
        return f"Counter({self.value})"


a = Counter()
b = Counter(10)
print(a, b, Counter.made)
print(a.up().up(3), a.value)
b.step = 5
print(b.up(2), Counter.step, a.step)
Counter.step = 100
print(a.up(), b.up())
print(type(a), type(a).__name__, a.__class__ is Counter, isinstance(a, Counter))
method = a.up
print(method(2))
print(Counter.up(b))
print(hasattr(a, "value"), hasattr(a, "other"), getattr(a, "other", "none"))
setattr(a, "label", "first")
print(a.label, sorted(vars(a)), a.__dict__)
del a.label
print(hasattr(a, "label"))
a.anything = [1, 2]
a.anything.append(3)
print(a.anything)
