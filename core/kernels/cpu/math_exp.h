// math: exponentials and what is made of them.
//
// exp: x = n ln 2 + r with n whole and |r| <= ln(2) / 2; then 2^n (1 + r + r^2 P(r)). n comes from
// adding 1.5 * 2^mantissa_bits, after which the low bits of the sum hold n and can be moved to the
// exponent: no conversion to integer, which WebAssembly and SSE2 have only lane by lane. ln 2 is
// taken off in two pieces, the first with so few bits that n times it is exact. The polynomials
// here and in the other math_*.h are minimax ones (Remez), good for a quarter of a unit in the last
// place.
#pragma once

#include "kernels/cpu/math_basic.h"

namespace gradpad::kernels::GRADPAD_ISA::math {

template <class T>
inline constexpr int kMantissaBits = sizeof(T) == 4 ? 23 : 52;
template <class T>
inline constexpr T kRounder = sizeof(T) == 4 ? T(12582912.0) : T(6755399441055744.0);

/// c0 + c1 x + c2 x^2 + ...
template <class T>
GRADPAD_INLINE Batch<T> polynomial(Batch<T>, T c0) {
  return Batch<T>(c0);
}
template <class T, class... More>
GRADPAD_INLINE Batch<T> polynomial(Batch<T> x, T c0, T c1, More... more) {
  return mul_add<T>(x, math::polynomial<T>(x, c1, more...), Batch<T>(c0));
}

/// A number and its nearest whole number; `shifted` holds the latter in its low bits.
template <class T>
struct Rounded {
  Batch<T> shifted, whole;
};
template <class T>
GRADPAD_INLINE Rounded<T> to_whole(Batch<T> x) {
  const Batch<T> rounder(kRounder<T>);
  const Batch<T> shifted = x + rounder;
  return {shifted, shifted - rounder};
}

/// 2^n for the n that `shifted` holds; n must be the exponent of a normal number.
template <class T>
GRADPAD_INLINE Batch<T> power_of_two(Batch<T> shifted) {
  const Batch<Int<T>> one = bits<T>(Batch<T>(T(1)));
  return from_bits<T>((bits<T>(shifted) << kMantissaBits<T>)+one);
}

/// e^r - 1 for |r| <= ln(2) / 2.
template <class T>
GRADPAD_INLINE Batch<T> expm1_reduced(Batch<T> r) {
  Batch<T> p;
  if constexpr (sizeof(T) == 4) {
    p = math::polynomial<T>(r, T(0.5000000027276354172), T(0.1666657624808861788),
                            T(0.04166637279899137941), T(0.008363300815103030054),
                            T(0.00139413326666833515));
  } else {
    p = math::polynomial<T>(r, T(0.5), T(0.1666666666666667108), T(0.04166666666666668416),
                            T(0.008333333333326018955), T(0.001388888888887416347),
                            T(0.0001984126987522568627), T(0.0000248015873478949314),
                            T(2.75572548877140125e-6), T(2.755725237510201362e-7),
                            T(2.51054297824295709e-8), T(2.092177097224839885e-9));
  }
  return mul_add<T>(r * r, p, r);
}

/// x less n times ln 2.
template <class T>
GRADPAD_INLINE Batch<T> without_ln2(Batch<T> x, Batch<T> n) {
  const Batch<T> high(sizeof(T) == 4 ? T(0.693359375) : T(6.93147180369123816490e-01));
  const Batch<T> low(sizeof(T) == 4 ? T(-2.12194440054690581e-4) : T(1.90821492927058770002e-10));
  return neg_mul_add<T>(n, low, neg_mul_add<T>(n, high, x));
}

template <class T>
GRADPAD_INLINE Batch<T> exp(Batch<T> x) {
  // Beyond these the result is 0 or infinity in any case.
  const T low = sizeof(T) == 4 ? T(-104) : T(-746), high = sizeof(T) == 4 ? T(89) : T(710);
  const Batch<T> inside = math::min(math::max(x, Batch<T>(low)), Batch<T>(high));
  const Rounded<T> n = math::to_whole<T>(inside * Batch<T>(T(1.44269504088896341)));
  const Batch<T> value = expm1_reduced<T>(without_ln2<T>(inside, n.whole)) + Batch<T>(T(1));
  // Scaled in two steps: 2^n itself may be beyond the normal numbers when the result is not.
  const Rounded<T> half = math::to_whole<T>(n.whole * Batch<T>(T(0.5)));
  const Rounded<T> rest = math::to_whole<T>(n.whole - half.whole);
  return value * power_of_two<T>(half.shifted) * power_of_two<T>(rest.shifted);
}

template <class T>
GRADPAD_INLINE Batch<T> exp2(Batch<T> x) {
  const T low = sizeof(T) == 4 ? T(-151) : T(-1076), high = sizeof(T) == 4 ? T(129) : T(1025);
  const Batch<T> inside = math::min(math::max(x, Batch<T>(low)), Batch<T>(high));
  const Rounded<T> n = math::to_whole<T>(inside);
  const Batch<T> r = (inside - n.whole) * Batch<T>(T(0.693147180559945309));
  const Rounded<T> half = math::to_whole<T>(n.whole * Batch<T>(T(0.5)));
  const Rounded<T> rest = math::to_whole<T>(n.whole - half.whole);
  return (expm1_reduced<T>(r) + Batch<T>(T(1))) * power_of_two<T>(half.shifted) *
         power_of_two<T>(rest.shifted);
}

/// e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)); exact where n is 0, and 2^(n-1) is finite
/// where 2^n would not be.
template <class T>
GRADPAD_INLINE Batch<T> expm1(Batch<T> x) {
  const T low = sizeof(T) == 4 ? T(-18) : T(-40), high = sizeof(T) == 4 ? T(89) : T(710);
  const Batch<T> inside = math::min(math::max(x, Batch<T>(low)), Batch<T>(high));
  const Batch<T> half(T(0.5)), one(T(1));
  const Rounded<T> n = math::to_whole<T>(inside * Batch<T>(T(1.44269504088896341)));
  const Batch<T> q = expm1_reduced<T>(without_ln2<T>(inside, n.whole));
  const Batch<T> scale = power_of_two<T>(n.shifted - one);
  const Batch<T> sum = mul_add<T>(scale, q, scale - half);
  // Doubling would turn -0 into -0 as well, but 0 - 0 above has lost its sign.
  return blend<T>(x == Batch<T>(T(0)), x, sum + sum);
}

/// With m = e^(2|x|) - 1: m / (m + 2), and the sign of x.
template <class T>
GRADPAD_INLINE Batch<T> tanh(Batch<T> x) {
  const Batch<T> most(sizeof(T) == 4 ? T(10) : T(20));  // where it has become 1
  const Batch<T> size = math::min(math::abs(x), most);
  const Batch<T> m = math::expm1(size + size);
  return math::copysign(m / (m + Batch<T>(T(2))), x);
}

/// 1 / (1 + e^-|x|), or e^-|x| / (1 + e^-|x|) where x is negative: keeps its digits there.
template <class T>
GRADPAD_INLINE Batch<T> sigmoid(Batch<T> x) {
  const Batch<T> one(T(1)), zero(T(0));
  const Batch<T> e = math::exp(zero - math::abs(x));
  return blend<T>(x < zero, e, one) / (one + e);
}

/// Accurate to a few units: e^x and e^-x from one expm1.
template <class T>
GRADPAD_INLINE Batch<T> sinh(Batch<T> x) {
  const Batch<T> one(T(1)), half(T(0.5));
  const Batch<T> size = math::abs(x);
  // Near the largest number e^x overflows before its half does.
  const Batch<T> large(sizeof(T) == 4 ? T(80) : T(700));
  const Batch<T> m = math::expm1(size);
  const Batch<T> root = math::exp(size * half);
  const Batch<T> value = blend<T>(size > large, half * root * root, half * (m + m / (m + one)));
  return math::copysign(value, x);
}

template <class T>
GRADPAD_INLINE Batch<T> cosh(Batch<T> x) {
  const Batch<T> half(T(0.5));
  const Batch<T> root = math::exp(math::abs(x) * half);
  const Batch<T> large = half * root * root;
  const Batch<T> whole = math::exp(math::abs(x));
  return blend<T>(math::abs(x) > Batch<T>(sizeof(T) == 4 ? T(80) : T(700)), large,
                  mul_add<T>(half, whole, half / whole));
}

/// float: x + x P(x^2) near zero, 1 - e^-(x + x Q(x)) beyond, fitted to 2^-30. double: libm, by
/// lane.
template <class T>
GRADPAD_INLINE Batch<T> erf(Batch<T> x) {
  if constexpr (sizeof(T) == 4) {
    const Batch<T> one(T(1));
    const Batch<T> size = math::min(math::abs(x), Batch<T>(T(4)));
    const Batch<T> square = size * size;
    const Batch<T> p = math::polynomial<T>(
        square, T(0.1283791666422175725), T(-0.3761263369683122559), T(0.1128369394103122896),
        T(-0.02685927079665698472), T(0.005200634423964287166), T(-0.0008137439377145720513),
        T(0.00008345233455230409161));
    const Batch<T> near = mul_add<T>(size, p, size);
    const Batch<T> q = math::polynomial<T>(size, T(0.1286485003231890756), T(0.6351512744749165826),
                                           T(0.1062369488781641396), T(-0.02376212609075109119),
                                           T(0.003642489873746550406), T(-0.0003228117137233665548),
                                           T(0.00001123212086682881525));
    const Batch<T> far = one - math::exp(neg_mul_add<T>(size, q, Batch<T>(T(0)) - size));
    return math::copysign(blend<T>(size < Batch<T>(T(0.925)), near, far), x);
  } else {
    return math::lanewise<T>([](T v) { return __builtin_erf(v); }, x);
  }
}

template <class T>
GRADPAD_INLINE Batch<T> erfc(Batch<T> x) {
  return math::lanewise<T>(
      [](T v) {
        if constexpr (sizeof(T) == 4)
          return __builtin_erfcf(v);
        else
          return __builtin_erfc(v);
      },
      x);
}

GRADPAD_MATH_SCALAR_1(exp)
GRADPAD_MATH_SCALAR_1(exp2)
GRADPAD_MATH_SCALAR_1(expm1)
GRADPAD_MATH_SCALAR_1(tanh)
GRADPAD_MATH_SCALAR_1(sigmoid)
GRADPAD_MATH_SCALAR_1(sinh)
GRADPAD_MATH_SCALAR_1(cosh)
GRADPAD_MATH_SCALAR_1(erf)
GRADPAD_MATH_SCALAR_1(erfc)

}  // namespace gradpad::kernels::GRADPAD_ISA::math
