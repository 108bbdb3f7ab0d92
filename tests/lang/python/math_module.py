# The math module.
import math
from math import pi, sqrt

print(pi, math.e, math.tau, math.inf, math.nan)
print(sqrt(2), math.sqrt(16), math.pow(2, 0.5), math.exp(1), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000))
print(f"{math.sin(1):.12f} {math.cos(1):.12f} {math.tan(1):.12f} {math.atan2(1, -1):.12f} {math.tanh(0.5):.12f}")
print(math.floor(2.7), math.ceil(2.1), math.floor(-2.5), math.trunc(-2.7), math.fabs(-3), math.copysign(2, -0.0))
print(math.factorial(10), math.gcd(12, 18), math.comb(5, 2), math.perm(5, 2), math.isqrt(17), math.lcm(4, 6))
print(math.isclose(0.1 + 0.2, 0.3), math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1.0))
print(math.hypot(3, 4), math.degrees(math.pi), math.radians(180), math.fmod(7, 3), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]))
print(math.modf(2.5), math.frexp(8.0), math.ldexp(0.5, 4), math.dist([0, 0], [3, 4]))
for bad in [lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.factorial(-1), lambda: math.exp(1000), lambda: math.sqrt("x")]:
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
