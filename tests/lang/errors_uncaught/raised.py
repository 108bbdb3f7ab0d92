class TooBig(Exception):
    """Raised for big numbers."""


def check(n):
    if n > 3:
        raise TooBig(f"{n} is too big")
    return n


for i in range(10):
    print(check(i))
