"""Prints the sums that builtins_unicode.cpp expects. To be run by CPython 3.11."""

TESTS = (
    str.isalpha,
    str.isdecimal,
    str.isdigit,
    str.isnumeric,
    str.islower,
    str.isupper,
    lambda c: c.istitle() and not c.isupper(),
    str.isspace,
    str.isprintable,
    str.isidentifier,
    lambda c: ("a" + c).isidentifier(),
)
MASK = (1 << 64) - 1


class Sum:
    def __init__(self):
        self.value = 0xCBF29CE484222325

    def add(self, number):
        self.value = ((self.value ^ (number & MASK)) * 0x100000001B3) & MASK


classes = Sum()
for code in range(0x110000):
    character = chr(code)
    classes.add(sum(test(character) << i for i, test in enumerate(TESTS)))
    classes.add(int(character) if character.isdecimal() else -1)
print("classes", hex(classes.value))
for convert in (str.upper, str.lower, str.title, str.casefold):
    mapped = Sum()
    for code in range(0x110000):
        if not 0xD800 <= code < 0xE000:
            for result in convert(chr(code)):
                mapped.add(ord(result))
    print(convert.__name__, hex(mapped.value))
