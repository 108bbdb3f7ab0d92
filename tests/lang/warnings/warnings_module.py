# The module warnings: what is shown, once or always, hidden, recorded, raised.
import sys
import warnings


def old():
    warnings.warn("old() is deprecated", DeprecationWarning, stacklevel=2)


print("first")
warnings.warn("plain")
for _ in range(3):
    warnings.warn("in a loop: once")
warnings.warn("future", FutureWarning)
warnings.warn(RuntimeWarning("an object"))
old()
old()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("hidden")
    old()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("recorded")
    warnings.warn("recorded")
    old()
print(len(caught), [str(w.message) for w in caught], [w.category.__name__ for w in caught])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        warnings.warn("raised", UserWarning)
    except UserWarning as error:
        print("caught", type(error).__name__, error)
with warnings.catch_warnings():
    warnings.simplefilter("always")
    for _ in range(2):
        warnings.warn("always shown")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="not this")
    warnings.warn("not this one")
    warnings.warn("but this one")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    old()
    warnings.warn("user warnings stay")


class MyWarning(UserWarning):
    pass


warnings.warn("my own", MyWarning)
for action in ["nonsense"]:
    try:
        warnings.simplefilter(action)
    except AssertionError as error:
        print("AssertionError", error)
try:
    warnings.warn("x", int)
except TypeError as error:
    print(error)
print("to stderr", file=sys.stderr)
warnings.filterwarnings("ignore")
warnings.warn("nothing more")
print("last")
