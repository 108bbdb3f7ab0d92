# The % operator on strings.
def show(format, arguments):
    try:
        print(repr(format), repr(arguments), "->", repr(format % arguments))
    except Exception as error:
        print(repr(format), repr(arguments), "->", type(error).__name__ + ":", error)


for spec in ["%d", "%i", "%u", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%#X", "%o", "%#o", "%.5d", "%8.3d|", "%s", "%r", "%c", "%e", "%.2f", "%g", "%%"]:
    for value in [0, 65, -7, 123456]:
        show(spec, (value,) if spec != "%%" else ())
for spec in ["%f", "%.0f", "%.1f", "%10.3f|", "%-10.3f|", "%010.3f", "%+.2f", "% .2f", "%e", "%.3E", "%g", "%.10g", "%#.0f", "%#g", "%G", "%F", "%d", "%s", "%r"]:
    for value in [0.0, -1.5, 3.14159265, 1e17, 1e-10, float("inf"), float("-inf"), float("nan")]:
        show(spec, value)
for spec in ["%s", "%5s|", "%-5s|", "%.2s|", "%6.2s|", "%r", "%a", "%c"]:
    for value in ["é", "abc", "", None, [1], {"a": 1}, True]:
        show(spec, (value,))
show("%(a)s %(b)05.1f %(a)r", {"a": "x", "b": 2.25})
show("%*d|%-*d|%.*f", (5, 1, 5, 2, 2, 3.14159))
show("%s %s", ("a", "b"))
show("%s", ((1, 2),))
show("100%% of %s", "it")
show("%d%%", 50)
for format, arguments in [("%d", "a"), ("%x", 1.5), ("%f", "a"), ("%c", "ab"), ("%c", 1.5), ("%c", -1), ("%c", 0x110000), ("%s %s", 1), ("%s", (1, 2)), ("%y", 1), ("%", 1), ("%(a", {}), ("%(a)s", 1), ("%(a)s", {}),
                          ("%*d", ("a", 1)), ("a", 1), ("a", [1]), ("a", {}), ("a", ()), ("%s", ()), ("%d", None), ("%d", [1]), ("%5", 1), ("%.", 1), ("%é", 1), ("%d %d", (1,))]:
    show(format, arguments)


class Number:
    def __int__(self):
        return 7

    def __index__(self):
        return 7

    def __float__(self):
        return 7.5

    def __str__(self):
        return "seven"


print("%d %x %f %s" % (Number(), Number(), Number(), Number()))
