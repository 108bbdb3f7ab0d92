# math: every function, its special values and errors.
import math


def show(*fs):
    for f in fs:
        try:
            print(repr(f()))
        except Exception as error:
            print(type(error).__name__ + ":", error)


ONE = ["sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc",
       "gamma", "lgamma", "degrees", "radians", "fabs", "floor", "ceil", "trunc", "isnan", "isinf", "isfinite", "modf", "frexp"]
for name in ONE:
    f = getattr(math, name)
    print(name)
    for x in [0, 1, -1, 0.5, 2, -2.5, 10, 1000, float("inf"), float("-inf"), float("nan")]:
        try:
            r = f(x)
            # Digits that every C library agrees on.
            print("  ", x, [float(f"{v:.13g}") for v in r] if isinstance(r, tuple) else float(f"{r:.13g}") if isinstance(r, float) else r)
        except Exception as error:
            print("  ", x, type(error).__name__ + ":", error)
print(math.pi, math.e, math.tau, math.inf, -math.inf, math.nan)
show(lambda: math.log(8, 2), lambda: math.log(100, 10), lambda: math.log(0), lambda: math.log(-1), lambda: math.log(1, 1), lambda: math.log(5, 0), lambda: math.log2(8), lambda: math.log10(1000), lambda: math.log(10**18))
show(lambda: math.pow(2, 3), lambda: math.pow(-8, 1 / 3), lambda: math.pow(0, -1), lambda: math.pow(10, 400), lambda: math.pow(float("inf"), 0), lambda: math.atan2(1, -1), lambda: math.atan2(0.0, -0.0), lambda: math.copysign(3, -0.0))
show(lambda: math.fmod(7, -3), lambda: math.fmod(-7, 3), lambda: math.fmod(1, 0), lambda: math.fmod(float("inf"), 1), lambda: math.remainder(7, 4), lambda: math.remainder(5, 2), lambda: math.remainder(1, 0), lambda: math.ldexp(0.75, 4), lambda: math.ldexp(1, 5000), lambda: math.ldexp(1, -5000), lambda: math.nextafter(1, 2), lambda: math.ulp(1), lambda: math.ulp(float("inf")))
show(lambda: math.factorial(0), lambda: math.factorial(20), lambda: math.factorial(-1), lambda: math.factorial(2.5), lambda: math.gcd(), lambda: math.gcd(12, -18), lambda: math.gcd(0, 5), lambda: math.gcd(12, 18, 27), lambda: math.lcm(4, 6), lambda: math.lcm(), lambda: math.lcm(3, 0), lambda: math.lcm(-4, 6), lambda: math.gcd(1.5, 2))
show(lambda: math.comb(5, 2), lambda: math.comb(60, 30), lambda: math.comb(2, 5), lambda: math.comb(-1, 2), lambda: math.comb(5, -2), lambda: math.perm(5, 2), lambda: math.perm(5), lambda: math.perm(2, 5), lambda: math.perm(-1), lambda: math.isqrt(17), lambda: math.isqrt(10**18 - 1), lambda: math.isqrt(2**62), lambda: math.isqrt(-1), lambda: math.isqrt(2.0))
show(lambda: math.floor(-2.5), lambda: math.ceil(-2.5), lambda: math.trunc(-2.5), lambda: math.floor(5), lambda: math.floor("a"), lambda: math.ceil(float("nan")), lambda: math.floor(float("inf")), lambda: math.trunc("a"), lambda: math.floor(True))
show(lambda: math.hypot(3, 4), lambda: math.hypot(), lambda: math.hypot(1, 2, 3), lambda: math.hypot(float("inf"), float("nan")), lambda: math.dist([1, 2], [4, 6]), lambda: math.dist([1], [1, 2]), lambda: math.fsum([0.1] * 10), lambda: math.fsum([1e16, 1, -1e16]), lambda: math.fsum([]), lambda: math.fsum([float("inf"), float("-inf")]), lambda: math.prod([1, 2, 3, 4]), lambda: math.prod([2.5, 2], start=2), lambda: math.prod([]))
show(lambda: math.isclose(1, 1 + 1e-10), lambda: math.isclose(1, 1.1), lambda: math.isclose(0, 1e-10), lambda: math.isclose(0, 1e-10, abs_tol=1e-9), lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.isclose(float("inf"), float("inf")), lambda: math.isclose(1, 1.05, rel_tol=0.1))
show(lambda: math.sqrt("a"), lambda: math.sqrt(), lambda: math.sqrt(1, 2), lambda: math.sqrt(None), lambda: math.atan2(1), lambda: math.sin(x=1), lambda: math.nothing)
from math import sqrt as root, pi


class Real:
    def __float__(self):
        return 2.25

    def __floor__(self):
        return "floor called"

    def __ceil__(self):
        return "ceil called"

    def __trunc__(self):
        return "trunc called"


print(root(Real()), math.floor(Real()), math.ceil(Real()), math.trunc(Real()), root(True), round(root(2) * pi, 12), math.isnan(Real()))
print([math.floor(x) for x in (1.5, -1.5, 2)], sum(math.sqrt(x) for x in range(10)), math.sin(math.pi / 2), math.cos(0), math.exp(0), math.__name__)
