// gradpad::math for the reference backend: the C++ library's functions on one value. Element-wise
// functors are compiled with it in a type wider than the elements, so that what they give is right
// to the last place but for ties.
#pragma once

#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

#include "kernels/isa.h"

namespace gradpad::kernels::reference::math {

template <class T>
concept Floating = std::floating_point<T>;
template <class T>
concept Integral = std::integral<T>;

#define GRADPAD_MATH_1(name)             \
  template <Floating T>                  \
  GRADPAD_INLINE T name(T a) {           \
    return static_cast<T>(std::name(a)); \
  }
GRADPAD_MATH_1(exp)
GRADPAD_MATH_1(exp2)
GRADPAD_MATH_1(expm1)
GRADPAD_MATH_1(log)
GRADPAD_MATH_1(log2)
GRADPAD_MATH_1(log10)
GRADPAD_MATH_1(log1p)
GRADPAD_MATH_1(sin)
GRADPAD_MATH_1(cos)
GRADPAD_MATH_1(tan)
GRADPAD_MATH_1(asin)
GRADPAD_MATH_1(acos)
GRADPAD_MATH_1(atan)
GRADPAD_MATH_1(sinh)
GRADPAD_MATH_1(cosh)
GRADPAD_MATH_1(tanh)
GRADPAD_MATH_1(erf)
GRADPAD_MATH_1(erfc)
GRADPAD_MATH_1(sqrt)
GRADPAD_MATH_1(abs)
GRADPAD_MATH_1(floor)
GRADPAD_MATH_1(ceil)
GRADPAD_MATH_1(trunc)
#undef GRADPAD_MATH_1

/// Ties to even, as the processor's rounding is set.
template <Floating T>
GRADPAD_INLINE T round(T a) {
  return std::nearbyint(a);
}
template <Floating T>
GRADPAD_INLINE T sigmoid(T a) {
  return T(1) / (T(1) + std::exp(-a));
}
template <Floating T>
GRADPAD_INLINE T atan2(T a, T b) {
  return std::atan2(a, b);
}
template <Floating T>
GRADPAD_INLINE T pow(T a, T b) {
  return std::pow(a, b);
}
template <Floating T>
GRADPAD_INLINE T fmod(T a, T b) {
  return std::fmod(a, b);
}
template <Floating T>
GRADPAD_INLINE T remainder(T a, T b) {
  const T rest = std::fmod(a, b);
  return rest != T(0) && (b < T(0)) != (rest < T(0)) ? rest + b : rest;
}
/// The quotient rounded down, worked out from the remainder.
template <Floating T>
GRADPAD_INLINE T floor_divide(T a, T b) {
  if (b == T(0)) return a / b;
  const T rest = std::fmod(a, b);
  T quotient = (a - rest) / b;
  if (rest != T(0) && (b < T(0)) != (rest < T(0))) quotient -= T(1);
  if (quotient == T(0)) return std::copysign(T(0), a / b);
  const T down = std::floor(quotient);
  return quotient - down > T(0.5) ? down + T(1) : down;
}

template <class T>
GRADPAD_INLINE T select(bool condition, T a, T b) {
  return condition ? a : b;
}
template <class T>
GRADPAD_INLINE bool isnan(T a) {
  return a != a;
}
template <Floating T>
GRADPAD_INLINE bool isinf(T a) {
  return std::isinf(a);
}
template <Floating T>
GRADPAD_INLINE bool isfinite(T a) {
  return std::isfinite(a);
}
template <class T>
GRADPAD_INLINE T max(T a, T b) {
  return a > b || a != a ? a : b;
}
template <class T>
GRADPAD_INLINE T min(T a, T b) {
  return a < b || a != a ? a : b;
}
template <class T>
GRADPAD_INLINE T sign(T a) {
  return static_cast<T>((a > T(0)) - (a < T(0)));
}

// Integers wrap around; division by zero gives 0, for the caller has raised the error.

template <Integral T>
GRADPAD_INLINE T abs(T a) {
  return a < T(0) ? static_cast<T>(uint64_t{0} - static_cast<uint64_t>(a)) : a;
}
template <Integral T>
GRADPAD_INLINE T fmod(T a, T b) {
  if (b == T(0) || (std::is_signed_v<T> && b == static_cast<T>(-1))) return T(0);
  return static_cast<T>(a % b);
}
template <Integral T>
GRADPAD_INLINE T remainder(T a, T b) {
  const T rest = math::fmod(a, b);
  return rest != T(0) && (b < T(0)) != (rest < T(0)) ? static_cast<T>(rest + b) : rest;
}
template <Integral T>
GRADPAD_INLINE T floor_divide(T a, T b) {
  if (b == T(0)) return T(0);
  if (std::is_signed_v<T> && b == static_cast<T>(-1)) {
    return static_cast<T>(uint64_t{0} - static_cast<uint64_t>(a));
  }
  const T quotient = static_cast<T>(a / b);
  const bool down = math::fmod(a, b) != T(0) && (a < T(0)) != (b < T(0));
  return down ? static_cast<T>(quotient - T(1)) : quotient;
}
/// A negative exponent gives 0, or 1 or -1 where the base is 1 or -1.
template <Integral T>
GRADPAD_INLINE T pow(T a, T b) {
  if (b < T(0)) {
    if (a == T(1)) return T(1);
    return a == static_cast<T>(-1) ? (b % T(2) != T(0) ? a : T(1)) : T(0);
  }
  uint64_t result = 1;
  // The powers of a number modulo 2^64 repeat: squares keep the loop short.
  for (uint64_t power = static_cast<uint64_t>(a), n = static_cast<uint64_t>(b); n != 0; n /= 2) {
    if (n % 2 == 1) result *= power;
    power *= power;
  }
  return static_cast<T>(result);
}

/// The number in V; infinities become the largest integers.
template <class V, class Number>
GRADPAD_INLINE V constant(Number value) {
  if constexpr (std::integral<V> && std::floating_point<Number>) {
    using Limits = std::numeric_limits<V>;
    if (value >= static_cast<Number>(Limits::max())) return Limits::max();
    if (value <= static_cast<Number>(Limits::min())) return Limits::min();
  }
  return static_cast<V>(value);
}

}  // namespace gradpad::kernels::reference::math
