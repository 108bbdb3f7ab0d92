# Formatted strings.
name, n, x = "Ann", 42, 3.14159
print(f"{name} {n} {x}")
print(f"{x:.2f} {x:8.3f}| {x:<8.1f}| {x:^9.2f}| {x:+.1f} {-x:08.2f}")
print(f"{n:5d}| {n:<5}| {n:^6}| {n:05d} {n:+d} {n:x} {n:X} {n:b} {n:o} {n:#x} {n:#b}")
print(f"{1234567:,} {1234567.891:,.2f} {1234567:_}")
print(f"{0.256:.1%} {0.5:%} {12345.678:e} {12345.678:.2e} {0.00001234:g} {123456789.0:g} {1e20:g}")
print(f"{name:>10}| {name:*^9}| {name:.2}| {name!r} {name!s:>5}")
print(f"{n + 1} {name.upper()} {[i * i for i in range(3)]} {'yes' if n > 40 else 'no'}")
width, precision = 10, 3
print(f"{x:{width}.{precision}f}| {name:{'>'}{width}}|")
print(f"{{literal}} {n=} {x=:.2f} {name = }")
print(f"{True} {None} {(1, 2)} { {'a': 1}['a'] }")
print(f"{n:.1f} {True:d}")
print("{} {} {}".format(1, "a", 2.5), "{1} {0} {1}".format("a", "b"), "{x:.1f} {y}".format(x=2.55, y=[1]))
print("{0[1]} {1.real}".format([1, 2], 7), "{:>5}|{:<5}|".format("a", "b"))
print(format(x, ".3f"), format(n, "08b"), format("s", ">3"), format(1e10))
print(f"{'nested'} {f'{n}'}")
print(f"{float('inf')} {float('nan'):.1f} {-0.0} {1e100} {1 / 3}")
print(
    f"first {n} "
    f"second {x:.1f} "
    "third"
)
for value in [1.0, 10.5, 100.25]:
    print(f"{value:10.2f}|{value:<10.1f}|{int(value):>4d}")
try:
    f"{name:d}"
except ValueError as error:
    print(error)
