# Integers and floats.
print(7 / 2, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1, 2 ** 0.5)
print(7.5 // 2, -7.5 % 2, divmod(17, 5), divmod(-17, 5), divmod(7.5, 2))
print(1 + 1.0, 3 * 1.5, 10 - 0.5, 1e3, 1_000_000, 0xFF, 0b101, 0o17)
print(0.1 + 0.2, 1 / 3, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, 100.0, 1.5e300 * 1e10, -1e308 * 10)
print(int(3.9), int(-3.9), int("42"), int("ff", 16), int("0b11", 2), float("1e3"), float(" 2.5 "), int(True))
print(round(2.5), round(3.5), round(2.675, 2), round(-1.5), round(1234.5678, 2), round(1234, -2), round(5.0))
print(abs(-3), abs(2.5), min(3, 1, 2), max([1, 5, 3]), pow(2, 10), pow(3, 4, 5), sum([0.1] * 10))
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3, -1 >> 1)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, 0.1 + 0.2 == 0.3, not 0, 3 > 2 > 1, 1 != 2)
print(True + True, True * 5, bool(0.0), bool("False"), bool([]), None is None, 3 and 0, 0 or "x", "" or [] or None)
print(type(1), type(1.0), type(1 / 1), type(2 ** -1), type(2 ** 3), type(7 // 2.0), isinstance(True, int))
print((5).bit_length(), (2.5).is_integer(), (4.0).is_integer(), (0.5).as_integer_ratio(), float("inf") > 1e308)
print(hex(255), bin(10), oct(8), str(2 ** 40), 10 ** 18, -(2 ** 62))
x = 5
x += 2; x -= 1; x *= 3; x //= 4; x **= 2; x %= 7
print(x)
x = 10
x /= 4
print(x, -x, +x, x.__class__.__name__)
n, bits = 10, []
while n:
    n, bit = divmod(n, 2)
    bits.append(bit)
print(bits[::-1])
nan = float("nan")
print(nan == nan, nan != nan, nan is nan, [nan] == [nan], float("-inf"))
for bad in [lambda: 1 / 0, lambda: 1 // 0, lambda: 1.0 % 0, lambda: 0 ** -1, lambda: int("1.5"), lambda: float("x"), lambda: int(float("nan"))]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
