# Methods of str, with edges and errors.
def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


s = "Hello, World"
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold(), sep="|")
print("hello world's end".title(), "ÀÉ straße".upper(), "ÀÉ STRASSE".lower(), "ǆ".title(), "ΑΣ ΣΑΣ".lower(), "ß".casefold(), "ﬁ".upper())
for text in ["", "abc", "ABC", "Abc Def", "abc1", "123", "²", "½", "٣", " \t\n", "é", "a b", "_a1", "1a", "日本", "ǅ", "\x00", "aB", "A1b", "\u3000"]:
    print(repr(text), [text.isalpha(), text.isdigit(), text.isdecimal(), text.isnumeric(), text.isalnum(), text.isspace(), text.islower(), text.isupper(), text.istitle(), text.isidentifier(), text.isprintable(), text.isascii()])
print([s.find(x) for x in ["l", "World", "x", "", "Hello, World!"]], [s.rfind(x) for x in ["l", "o", "x", ""]])
print(s.find("l", 5), s.find("l", -3), s.find("l", 0, 2), s.find("", 12), s.find("", 13), s.rfind("o", 0, 5), s.count("l"), s.count("l", 3), s.count(""), s.count("lo", -9), "aaaa".count("aa"))
show(lambda: s.index("x"), lambda: s.rindex("x"), lambda: s.index("W"), lambda: s.find(1), lambda: s.count(None), lambda: "日本語".find("語"), lambda: "日本語日".rfind("日"), lambda: "日本語".index("本", 1))
print(s.startswith("He"), s.startswith(("x", "H")), s.startswith(()), s.startswith("W", 7), s.startswith("", 20), s.endswith("ld"), s.endswith(("a", "d")), s.endswith("Hello", 0, 5))
show(lambda: s.startswith(1), lambda: s.startswith((1,)), lambda: s.endswith(["d"]))
print(s.replace("l", "L"), s.replace("l", "L", 2), s.replace("l", ""), "abc".replace("", "-"), "abc".replace("", "-", 2), "".replace("", "x"), "日本".replace("", "."), s.replace("zz", "y"), "aaa".replace("aa", "b"))
show(lambda: s.replace(1, "a"), lambda: s.replace("a", None), lambda: s.replace("a"))
for text in ["a b c", " a  b ", "", "   ", "a,b,,c,", ",", "a\u3000b\tc\n", "one"]:
    print(repr(text), text.split(), text.split(" "), text.split(","), text.split(None, 1), text.split(",", 1), text.rsplit(None, 1), text.rsplit(",", 1), text.rsplit(), text.rsplit(","))
show(lambda: "a".split(""), lambda: "a".split(1), lambda: "a b c".split(maxsplit=1), lambda: "aXXbXXc".split("XX"), lambda: "aXXbXXc".rsplit("XX", 1), lambda: "a-b".split(sep="-"), lambda: "日、本、語".split("、"))
for text in ["a\nb\r\nc\rd", "a\n\nb\n", "", "\n", "a\x0bb\x0cc\x1cd\x85e\u2028f"]:
    print(text.splitlines(), text.splitlines(True), text.splitlines(keepends=True) == text.splitlines(True))
print("a.b.c".partition("."), "a.b.c".rpartition("."), "abc".partition("x"), "abc".rpartition("x"), "é日é".partition("日"))
show(lambda: "a".partition(""), lambda: "a".partition(1))
print("  a ".strip() + "|", "  a ".lstrip() + "|", "  a ".rstrip() + "|", "xxaxx".strip("x"), "abcba".strip("ab"), "éaé".strip("é"), "\u3000a\u2003".strip(), "日本日".lstrip("日"), "".strip(), "xyz".strip(""))
show(lambda: "a".strip(1), lambda: "a".lstrip(1))
print(["a".center(w) for w in range(5)], ["ab".center(w, "*") for w in range(7)], "a".ljust(3) + "|", "a".rjust(3), "a".rjust(4, "é"), "日本".center(6, "-"))
show(lambda: "a".center("x"), lambda: "a".center(5, "ab"), lambda: "a".ljust(5, 1), lambda: "a".rjust(5, ""))
print([x.zfill(5) for x in ["", "1", "-1", "+1", "--1", "123456", "é"]])
print("a\tb".expandtabs(), "a\tb\n\tc".expandtabs(4), "\t".expandtabs(0) + "|", "日\tb".expandtabs(4), "ab\tc".expandtabs(tabsize=2))
print(",".join(["a", "b"]), "".join("abc"), ", ".join([]), "-".join(("x",)), "é".join("ab"), ".".join({"k": 1}), " ".join(str(i) for i in range(3)))
show(lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "abc".removeprefix("x"), "abc".removesuffix(""), "abc".removeprefix("abc"))
show(lambda: "a".removeprefix(1), lambda: "a".upper(1), lambda: "a".nope())
table = str.maketrans("abc", "xyz", "d")
print("abcd".translate(table), "abc".translate({97: "AA", 98: None, 99: 67}), table, str.maketrans({"a": "1", 98: None}))
show(lambda: str.maketrans("ab", "c"), lambda: str.maketrans({"ab": 1}), lambda: str.maketrans(1), lambda: "a".translate({97: 1.5}))
print("a" in "abc", "" in "abc", "é" in "caf\u00e9", "x" not in "abc")
show(lambda: 1 in "abc", lambda: s[50], lambda: s[-40], lambda: s["a"], lambda: s[1.5], lambda: s[::0])
t = "naïve 日本語 😀!"
print(len(t), t[0], t[2], t[-1], t[-2], t[6:9], t[::-1], t[1:10:3], t[20:], t[-3:], list(t)[-3:], sep="|")
print("abcdef"[1:4], "abcdef"[::-2], "abcdef"[-2:], "abcdef"[4:1], "abcdef"[4:1:-1], "abcdef"[None:3])
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 5, "é" * 3, "a" + "b", "x" "y")
show(lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" - "b", lambda: "a" % 1, lambda: -"a", lambda: "a" < 1, lambda: "a" == 1)
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "é" > "z", "😀" > "\uffff", "a" <= "a", "" < "a", max("abc"), min("b", "a"), sorted("hello"))
for text in ["", "it's", 'say "hi"', "both ' and \"", "tab\tnew\nret\r", "back\\slash", "\x00\x1f\x7f\x80\xa0", "\u200b\ufeff\u2028", "😀 é", "\ud800"]:
    print(ascii(text), len(text), len(repr(text)))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\t\n\r\\"), repr("é😀\xa0\u200b\x00"), ascii("é😀日"))
print(str(), str(1), str(1.5), str(None), str([1, "a"]), str("a"), str(object=5), "".join(reversed("abc")))
show(lambda: str(1, 2, 3, 4), lambda: str("a", "utf8"), lambda: str(foo=1))
for name in ["one two", "x"]:
    a, *b = name.split()
    print(a, b)
print("a-b_c".replace("-", " ").replace("_", " ").title().replace(" ", ""), "%s" % "x", f"{'nested'!r}", "line1\nline2".splitlines()[1])
