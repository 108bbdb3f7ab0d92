# str.format and format_map: fields, conversions, nesting, and every complaint.
def show(f):
    try:
        print(repr(f()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __str__(self):
        return f"<{self.x}|{self.y}>"


p = Point(1, [2, 3])
show(lambda: "{} {} {}".format(1, "a", None))
show(lambda: "{0} {1} {0}".format("a", "b"))
show(lambda: "{a} {b:>5} {a!r}".format(a="x", b=1.5))
show(lambda: "{p} {p!r} {p!s} {p!a} {p.x} {p.y[1]}".format(p=p))
show(lambda: "{0[0]} {0[1]} {1[key]}".format([10, 20], {"key": "v"}))
show(lambda: "{:{}} {:{}{}}".format("a", 5, "b", "<", 4))
show(lambda: "{:{w}.{p}f}".format(3.14159, w=10, p=2))
show(lambda: "{{}} {{{}}} }}{{".format(1))
show(lambda: "{!r:>6}|{!s:<6}|{!a}".format("é", "é", "é"))
show(lambda: "{0.real} {0.imag}".format(5))
show(lambda: "{x}".format_map({"x": 1}))
show(lambda: "no fields".format(1, 2, a=3))
show(lambda: "{0:%}|{0:.1%}|{1:,}".format(0.25, 1234567))
for text in ["{", "}", "{0", "{0!}", "{0!x}", "{0!rr}", "{} {0}", "{0} {}", "{1}", "{a}", "{0[}", "{0[]}", "{0.}", "{0[0]x}", "{:{:{}}}", "{a.b}",
             "{:{}", "{:}}", "{0[1.5]}", "{99999999999999999999}", "{0:q}", "{ 0}", "{0 }", "{-1}", "{0[-1]}", "a{0}b{", "{!}", "{0!", "{{}", "}}{", "{0{1}}"]:
    print(text, end=" -> ")
    show(lambda: text.format([1, 2], 5))
show(lambda: "{}".format_map({"a": 1}))
show(lambda: "{a}".format_map({}))


class Default(dict):
    def __missing__(self, key):
        return "{" + key + "}"


show(lambda: "{known} {unknown}".format_map(Default(known=1)))
show(lambda: "{:>{width}}".format("right", width=10))
show(lambda: "{0:{1}>{2}}".format("r", "-", 8))
show(lambda: "{:d} {:x} {:e}".format(10, 255, 12345.678))
show(lambda: "é{}日".format("本"))
