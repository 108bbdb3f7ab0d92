# with, and objects that clean up after themselves.
class Managed:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with Managed("a") as a:
    print("in", a.name)
with Managed("b"), Managed("c") as c:
    print("in", c.name)
with Managed("quiet", swallow=True):
    raise ValueError("lost")
try:
    with Managed("loud"):
        raise ValueError("kept")
except ValueError as error:
    print("caught", error)


def early():
    with Managed("early"):
        return "returned"


print(early())
for i in range(2):
    with Managed(i):
        if i == 0:
            continue
        print("last")
try:
    with 5:
        pass
except (TypeError, AttributeError) as error:
    print(type(error).__name__)
