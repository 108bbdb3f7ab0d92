# Raising, catching, cleaning up.
def attempt(action):
    try:
        result = action()
    except ZeroDivisionError:
        return "division by zero"
    except (KeyError, IndexError) as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:
        return f"other: {type(error).__name__}: {error}"
    else:
        return f"fine: {result}"
    finally:
        print("finally", end=" ")


print(attempt(lambda: 1 / 0))
print(attempt(lambda: {}["missing"]))
print(attempt(lambda: [1][3]))
print(attempt(lambda: int("x")))
print(attempt(lambda: "a" + 1))
print(attempt(lambda: 42))


class AppError(Exception):
    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class NotFound(AppError):
    pass


try:
    raise NotFound("no such page", 404)
except AppError as error:
    print(type(error).__name__, error, error.code, error.args, isinstance(error, NotFound))

try:
    try:
        raise ValueError("first")
    except ValueError as error:
        raise RuntimeError("second") from error
except RuntimeError as error:
    print(error, "because", repr(error.__cause__))


def deep():
    try:
        return "try"
    finally:
        print("leaving", end=" ")


print(deep())
for i in range(3):
    try:
        if i == 1:
            continue
        print("i", i)
    finally:
        print("after", i)
try:
    assert 1 + 1 == 3, "arithmetic"
except AssertionError as error:
    print("assertion:", error)
try:
    raise KeyError("k")
except LookupError as error:
    print(repr(error), str(error))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise
except ArithmeticError as error:
    print("again:", error)
print(repr(ValueError("a", 1)), str(ValueError()), ValueError("x") == ValueError("x"))
