# The format specification mini-language: every part, and every complaint.
def show(value, spec):
    try:
        print(repr(value), repr(spec), "->", repr(format(value, spec)))
    except Exception as error:
        print(repr(value), repr(spec), "->", type(error).__name__ + ":", error)


for value in [0, 1, -1, 42, -1234567, 10**12, 255]:
    for spec in ["", "d", "5", "<8", ">8", "^8", "=8", "08", "+", "-", " ", "+08d", "x", "X", "#x", "#X", "#o", "#b", "b",
                 ",", "_", "_x", "_b", "#_b", "015,", "020_b", "*^15,", "é>6", "n", "e", ".2f", "%", "g", ".3g", "020,.2f"]:
        show(value, spec)
for value in [0.0, -0.0, 1.5, -2.5, 1 / 3, 123456789.123, 1e20, 1e-7, 5e-324, float("inf"), float("-inf"), float("nan")]:
    for spec in ["", "5", "<10", "+", " ", "f", "F", "e", "E", "g", "G", "%", "n", ".0f", ".1f", ".2f", ".10f", ".3", ".0", ".17",
                 "#", "#.0f", "#.3g", "010", "+010.2f", ",", "_", ",.2f", "015,.1f", "z.1f", "*^20.3e", "x<12", "=+12.2f", ".3%", "#.3"]:
        show(value, spec)
for value in ["", "a", "héllo", "日本語", "abcdef"]:
    for spec in ["", "s", "10", "<10", ">10", "^10", "*^10", ".3", "10.3", "-<8.2", "05", "é^7s"]:
        show(value, spec)
for value in [True, False]:
    for spec in ["", "d", "5", "x", "s", "<7"]:
        show(value, spec)
for value, spec in [(1, "qq"), (1, "s"), (1, ".3d"), (1, ",s"), (1, ",_d"), (1, "_,d"), (1, ",b"), (1, "+c"), (1, "#c"), (1, ",c"), (-1, "c"), (65, "c"), (0x1F600, "5c"),
                    (1, "zd"), (1.5, "d"), (1.5, "x"), (1.5, "5."), (1.5, ",n"), (1.5, "α"), ("a", "d"), ("a", "+"), ("a", " "), ("a", "#"), ("a", "=5"), ("a", ","), ("a", "z"),
                    ([], "d"), ([], ""), (None, "5"), (None, ""), ((1,), ""), ({}, "x"), (1, "99999999999999999999d"), (1.5, ".99999999999f"), (2, "\n"), (2, "é")]:
    show(value, spec)


class Temperature:
    def __init__(self, degrees):
        self.degrees = degrees

    def __format__(self, spec):
        if spec.endswith("F"):
            return format(self.degrees * 9 / 5 + 32, spec[:-1] or ".1f") + "°F"
        return format(self.degrees, spec or ".1f") + "°C"


t = Temperature(21.456)
print(f"{t}", f"{t:.2f}", f"{t:.0fF}", "{:>10.3f}".format(t), "{0:F}".format(t))
print(f"{3.14159:{10}.{3}}|", f"{'x':{'*'}^{9}}|", f"{42:#{6}x}|", f"{1234.5:,}", f"{0.5:.0%}", f"{7!r:>4}|", f"{'q'!r:^7}|", f"{2**40:_}")
