# The operands are marked.
def ratio(a, b):
    return (a + 1) / b


def run(values):
    total = 0
    for v in values:
        total += ratio(10, v)
    return total


print("start")
print(run([1, 2, 0]))
print("never")
