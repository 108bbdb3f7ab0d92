// math: trigonometric functions and their inverses.
//
// sin and cos: x less n times pi/2, taken off in pieces with so few bits that n times each is exact
// (Cody and Waite); n modulo 4 says which of the two polynomials on [-pi/4, pi/4], and its sign.
// Numbers beyond kReduceLimit, where n has too many bits for that, go to libm lane by lane.
#pragma once

#include "kernels/cpu/math_exp.h"

namespace gradpad::kernels::GRADPAD_ISA::math {

template <class T>
inline constexpr T kReduceLimit = sizeof(T) == 4 ? T(8192) : T(1 << 20);

/// x = n pi/2 + high + low; the low bits of `quadrant` are those of n.
template <class T>
struct Angle {
  Batch<T> high, low;
  Batch<Int<T>> quadrant;
};

template <class T>
GRADPAD_INLINE Angle<T> reduce_angle(Batch<T> x) {
  const Rounded<T> n = math::to_whole<T>(x * Batch<T>(T(0.636619772367581343)));
  Batch<T> r, low;
  if constexpr (sizeof(T) == 4) {
    // pi/2 in pieces of 11, 11, 11 and 24 bits; n has up to 13.
    r = neg_mul_add<T>(n.whole, Batch<T>(T(0x1.92p+0)), x);
    r = neg_mul_add<T>(n.whole, Batch<T>(T(0x1.fb4p-12)), r);
    const Batch<T> third = n.whole * Batch<T>(T(0x1.444p-24));
    const Batch<T> high = r - third;
    low = (r - high) - third;
    low = neg_mul_add<T>(n.whole, Batch<T>(T(0x1.68c234c4c6628p-39)), low);
    r = high;
  } else {
    // fdlibm's pieces of 33 bits.
    r = neg_mul_add<T>(n.whole, Batch<T>(T(1.57079632673412561417e+00)), x);
    const Batch<T> second = n.whole * Batch<T>(T(6.07710050630396597660e-11));
    const Batch<T> high = r - second;
    low = (r - high) - second;
    const Batch<T> third = n.whole * Batch<T>(T(2.02226624871116645580e-21));
    r = high;
    low = low - third;
    low = neg_mul_add<T>(n.whole, Batch<T>(T(8.47842766036889956997e-32)), low);
  }
  const Batch<T> high = r + low;
  return {high, (r - high) + low, bits<T>(n.shifted)};
}

/// sin(high + low) on [-pi/4, pi/4]: r + r^3 S(r^2), and cos(high) low.
template <class T>
GRADPAD_INLINE Batch<T> sin_reduced(const Angle<T>& a) {
  const Batch<T> z = a.high * a.high;
  Batch<T> s;
  if constexpr (sizeof(T) == 4) {
    s = math::polynomial<T>(z, T(-0.1666665604362860059), T(0.008332228664503714817),
                            T(-0.0001952268562137821294));
  } else {
    s = math::polynomial<T>(z, T(-0.166666666666666454), T(0.008333333333324988371),
                            T(-0.0001984126983151215971), T(2.755731420001589905e-6),
                            T(-2.50508282217460187e-8), T(1.590044089482667375e-10));
  }
  const Batch<T> cosine = neg_mul_add<T>(Batch<T>(T(0.5)), z, Batch<T>(T(1)));
  return a.high + mul_add<T>(a.high * z, s, a.low * cosine);
}

/// cos(high + low): 1 - r^2/2 + r^4 C(r^2), less high times low.
template <class T>
GRADPAD_INLINE Batch<T> cos_reduced(const Angle<T>& a) {
  const Batch<T> z = a.high * a.high;
  const Batch<T> one(T(1)), half_z = Batch<T>(T(0.5)) * z;
  Batch<T> c;
  if constexpr (sizeof(T) == 4) {
    c = math::polynomial<T>(z, T(0.04166665223868843012), T(-0.001388758854580683319),
                            T(0.0000244604197287639931));
  } else {
    c = math::polynomial<T>(z, T(0.04166666666666665676), T(-0.001388888888888332071),
                            T(0.00002480158729482816014), T(-2.755731579734816007e-7),
                            T(2.087590798997066824e-9), T(-1.136868351090701927e-11));
  }
  const Batch<T> main = one - half_z;
  const Batch<T> rest = (one - main) - half_z;
  return main + mul_add<T>(z * z, c, neg_mul_add<T>(a.high, a.low, rest));
}

template <class T>
GRADPAD_INLINE Mask<T> bit_set(Batch<Int<T>> value, Int<T> bit) {
  return xsimd::batch_bool_cast<T>((value & Batch<Int<T>>(bit)) != Batch<Int<T>>(0));
}

/// Whether any lane is too far out for reduce_angle; NaN is not.
template <class T>
GRADPAD_INLINE bool any_beyond(Mask<T> beyond) {
  return __builtin_expect(xsimd::any(beyond), false);
}

template <class T>
GRADPAD_INLINE Batch<T> sin(Batch<T> x) {
  const Angle<T> a = reduce_angle<T>(x);
  const Batch<T> value = blend<T>(bit_set<T>(a.quadrant, 1), cos_reduced<T>(a), sin_reduced<T>(a));
  Batch<T> result = blend<T>(bit_set<T>(a.quadrant, 2), -value, value);
  result = blend<T>(x == Batch<T>(T(0)), x, result);
  const Mask<T> beyond = math::abs(x) > Batch<T>(kReduceLimit<T>);
  if (any_beyond<T>(beyond)) {
    result = blend<T>(beyond,
                      math::lanewise<T>(
                          [](T v) {
                            if constexpr (sizeof(T) == 4)
                              return __builtin_sinf(v);
                            else
                              return __builtin_sin(v);
                          },
                          x),
                      result);
  }
  return result;
}

template <class T>
GRADPAD_INLINE Batch<T> cos(Batch<T> x) {
  const Angle<T> a = reduce_angle<T>(x);
  const Batch<T> value = blend<T>(bit_set<T>(a.quadrant, 1), sin_reduced<T>(a), cos_reduced<T>(a));
  const Mask<T> negative = bit_set<T>(a.quadrant + Batch<Int<T>>(1), 2);
  Batch<T> result = blend<T>(negative, -value, value);
  const Mask<T> beyond = math::abs(x) > Batch<T>(kReduceLimit<T>);
  if (any_beyond<T>(beyond)) {
    result = blend<T>(beyond,
                      math::lanewise<T>(
                          [](T v) {
                            if constexpr (sizeof(T) == 4)
                              return __builtin_cosf(v);
                            else
                              return __builtin_cos(v);
                          },
                          x),
                      result);
  }
  return result;
}

// The less common ones: libm, lane by lane.
#define GRADPAD_MATH_LIBM_1(name)            \
  template <class T>                         \
  GRADPAD_INLINE Batch<T> name(Batch<T> x) { \
    return math::lanewise<T>(                \
        [](T v) {                            \
          if constexpr (sizeof(T) == 4)      \
            return __builtin_##name##f(v);   \
          else                               \
            return __builtin_##name(v);      \
        },                                   \
        x);                                  \
  }                                          \
  GRADPAD_MATH_SCALAR_1(name)

GRADPAD_MATH_LIBM_1(tan)
GRADPAD_MATH_LIBM_1(asin)
GRADPAD_MATH_LIBM_1(acos)
GRADPAD_MATH_LIBM_1(atan)
#undef GRADPAD_MATH_LIBM_1

template <class T>
GRADPAD_INLINE Batch<T> atan2(Batch<T> y, Batch<T> x) {
  return math::lanewise<T>(
      [](T a, T b) {
        if constexpr (sizeof(T) == 4)
          return __builtin_atan2f(a, b);
        else
          return __builtin_atan2(a, b);
      },
      y, x);
}

GRADPAD_MATH_SCALAR_1(sin)
GRADPAD_MATH_SCALAR_1(cos)
GRADPAD_MATH_SCALAR_2(atan2)

}  // namespace gradpad::kernels::GRADPAD_ISA::math
