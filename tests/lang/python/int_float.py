# int, float and bool: conversions, arithmetic, rounding, methods, errors.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


for text in ["0", "12", " -7 ", "+5", "1_000", "0x1f", "0b101", "0o17", "٣٤", "", "x", "1.5", "1__0", "_1", "1_", "--1", "1 2", "é", "0x", "9223372036854775807", "-9223372036854775808"]:
    show(lambda: int(text), lambda: int(text, 0))
for text, base in [("ff", 16), ("0xFF", 16), ("z", 36), ("101", 2), ("0b101", 2), ("12", 2), ("777", 8), ("0o17", 8), ("10", 1), ("10", 37), ("10", -2), ("0x10", 8), ("1e", 16)]:
    show(lambda: int(text, base))
for text in ["0", "1.5", " -2.5e3 ", ".5", "5.", "1e5", "1E-5", "inf", "-Infinity", "nan", "1_0.2_5", "٣.٥", "", "x", "1e", ".", "e5", "1..2", "0x10", "1_", "+-1", "1e400", "infin", "1 2"]:
    show(lambda: float(text))
show(lambda: int(1.9), lambda: int(-1.9), lambda: int(True), lambda: int(), lambda: float(), lambda: float(3), lambda: float(True), lambda: bool(), lambda: bool([]), lambda: bool("False"), lambda: bool(0.0), lambda: int(1e18))
show(lambda: int(float("nan")), lambda: int(float("inf")), lambda: int(None), lambda: int([]), lambda: int(1.5, 10), lambda: int(x=1), lambda: int("12", base=8), lambda: int(1, 2, 3), lambda: float(None), lambda: float([]), lambda: float(1, 2), lambda: float(x=1), lambda: bool(1, 2), lambda: int("a" * 3))
for a in [7, -7, 0]:
    for b in [2, -2, 3]:
        print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a & b, a | b, a ^ b, a << 2, a >> 1, a**2, a < b, a == b)
for a in [7.5, -7.5, 0.0, -0.0, 1e300]:
    for b in [2.0, -2.5, 0.1]:
        print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a < b)
show(lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: divmod(1, 0), lambda: divmod(1.0, 0), lambda: 0**-1, lambda: 0.0**-1, lambda: 10.0**400, lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 | 1.0, lambda: ~1.5, lambda: 1 + None, lambda: None + 1, lambda: 1 < "a", lambda: [] < 1, lambda: 1 @ 2)
print(2**10, 2**0, 2**-1, (-2) ** 3, (-8) ** 2, 0**0, 1.5**2, 2**0.5, (-1) ** -1, 9**0.5, 0.0**0, float("inf") ** 0, (-2.0) ** 3, (-2.0) ** -3, 1 ** float("nan"), True + True, -True, ~True, ~5, +5, -0.0, True & False, True | 2, True ^ True, 5 & True)
print(10**18, 2**62, 9223372036854775807, -9223372036854775807 - 1, (2**62) // 3, 12345678901234567 * 8, 9007199254740993 / 3, (2**62 + 1) / 3, 9223372036854775807 / (2**62 + 7), 7**20)
for x in [0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 1234.5678, 1e16, 0.15, 1.15, 25.0, 35.0, 5e-324, 123456.0]:
    print(x, round(x), [round(x, n) for n in [0, 1, 2, 3, -1, -2, -5]])
print(round(5), round(15, -1), round(25, -1), round(-15, -1), round(1234, -2), round(1250, -2), round(5, 3), round(True), round(7, -5), round(2.5, None), round(number=2.567, ndigits=1), type(round(2.0)).__name__, type(round(2.0, 0)).__name__)
show(lambda: round("a"), lambda: round(1.5, "a"), lambda: round(float("nan")), lambda: round(float("inf")), lambda: round(None), lambda: abs("a"), lambda: abs(None), lambda: round(1.5, 1.5))
print(abs(-3), abs(-2.5), abs(True), abs(-0.0), pow(2, 10), pow(2, -1), pow(3, 4, 5), pow(2, -1, 7), pow(-3, 3, 5), pow(3, 2, -4), pow(2.0, 3), divmod(-7, 3), divmod(7.5, 2), pow(base=2, exp=3), pow(7, 0, 1))
show(lambda: pow(2, 3, 0), lambda: pow(4, -1, 6), lambda: pow(2, "a"), lambda: pow(2, 3, "a"), lambda: pow(2.0, 3, 4), lambda: divmod("a", 1), lambda: divmod(1), lambda: pow(1))
print((5).bit_length(), (0).bit_length(), (-8).bit_length(), (7).bit_count(), (5).real, (5).imag, (5).numerator, (5).denominator, (5).conjugate(), (5).as_integer_ratio(), True.real, (2.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (2.5).real, float("inf").is_integer(), (-0.5).as_integer_ratio())
print(hex(255), hex(-1), hex(0), oct(8), oct(-8), bin(5), bin(-5), bin(0), hex(2**62), chr(97), chr(233), chr(128512), ord("a"), ord("é"), ord("😀"), chr(0) == "\x00")
show(lambda: hex(1.5), lambda: bin("a"), lambda: chr(-1), lambda: chr(1114112), lambda: chr("a"), lambda: ord("ab"), lambda: ord(""), lambda: ord(1), lambda: chr(1.0))
for x in [0.1, 1 / 3, 1e16, 1e15, 123456789012345678.0, 1e-4, 1e-5, 1.0, -0.0, 1e100, 2.5e-8, 5e-324, 1.7976931348623157e308, float("nan"), float("inf"), 0.1 + 0.2, 100.0, 1e22, 9007199254740993.0]:
    print(x, repr(x), str(x), [x], float(repr(x)) == x)
print(1 == 1.0, 1 == True, 0.1 + 0.2 == 0.3, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 2**62 < 1e30, -(2**62) > -1e30, 5 < float("inf"), 5 > float("nan"), float("nan") == float("nan"), float("nan") != 1, 1 < 2.5 < 3, 3 > 2 >= 2 != 1)
print(isinstance(True, int), isinstance(1, bool), isinstance(1.0, int), issubclass(bool, int), type(True + 1).__name__, type(1 / 1).__name__, type(3 // 1.0).__name__, int.__name__, bool.__mro__, float.__bases__)
print(hash(1) == hash(1.0) == hash(True), hash(0.5), hash(2**61 - 1), hash(2**62), hash(1e300), hash(-0.0), hash("") == hash(""), hash(3.14))
