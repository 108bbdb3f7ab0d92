// math: constants, selection, comparison, rounding, and division with remainder.
#pragma once

#include <cmath>
#include <concepts>
#include <limits>

#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA::math {

template <class T>
concept Floating = std::same_as<T, float> || std::same_as<T, double>;
template <class T>
concept Integral = std::integral<T>;

/// Applies a scalar function to each lane.
template <class T, class F, class... More>
GRADPAD_INLINE Batch<T> lanewise(F f, Batch<T> a, More... more) {
  constexpr int64_t kArguments = 1 + sizeof...(More);
  alignas(64) T lanes[kArguments][kLanes<T>];
  int64_t k = 0;
  a.store_aligned(lanes[k]);
  (more.store_aligned(lanes[++k]), ...);
  for (int64_t i = 0; i < kLanes<T>; ++i) {
    if constexpr (kArguments == 1)
      lanes[0][i] = f(lanes[0][i]);
    else
      lanes[0][i] = f(lanes[0][i], lanes[1][i]);
  }
  return Batch<T>::load_aligned(lanes[0]);
}

/// Declares the scalar form of a function of batches.
#define GRADPAD_MATH_SCALAR_1(name)           \
  template <Floating T>                       \
  GRADPAD_INLINE T name(T a) {                \
    return first<T>(math::name(Batch<T>(a))); \
  }
#define GRADPAD_MATH_SCALAR_2(name)                        \
  template <Floating T>                                    \
  GRADPAD_INLINE T name(T a, T b) {                        \
    return first<T>(math::name(Batch<T>(a), Batch<T>(b))); \
  }

/// The number, converted to V's element type, in every lane. Infinities become the largest
/// integers: a bound that is missing bounds nothing.
template <class V, class Number>
GRADPAD_INLINE V constant(Number value) {
  if constexpr (std::integral<V> && std::floating_point<Number>) {
    using Limits = std::numeric_limits<V>;
    if (value >= static_cast<Number>(Limits::max())) return Limits::max();
    if (value <= static_cast<Number>(Limits::min())) return Limits::min();
  }
  return V(static_cast<typename BatchTraits<V>::Element>(value));
}

// ---- selection and comparison ----

template <class T>
GRADPAD_INLINE Batch<T> select(Mask<T> mask, Batch<T> a, Batch<T> b) {
  return blend<T>(mask, a, b);
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE T select(bool condition, T a, T b) {
  return condition ? a : b;
}

/// Where just one of two masks is set. In place of xsimd's operators on masks: 13.2 has `^` as `|`
/// on AVX-512, and `!=` as a comparison of the masks' bits as floats, NaN, on WebAssembly.
template <class T>
GRADPAD_INLINE Mask<T> differ(Mask<T> a, Mask<T> b) {
  return (a | b) & !(a & b);
}

template <class T>
GRADPAD_INLINE Mask<T> isnan(Batch<T> a) {
  return a != a;
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE bool isnan(T a) {
  return a != a;
}

template <class T>
GRADPAD_INLINE Batch<T> abs(Batch<T> a) {
  return xsimd::abs(a);
}
template <Floating T>
GRADPAD_INLINE T abs(T a) {
  return sizeof(T) == 4 ? static_cast<T>(__builtin_fabsf(static_cast<float>(a)))
                        : static_cast<T>(__builtin_fabs(static_cast<double>(a)));
}
/// Wraps around at the smallest integer, as PyTorch does.
template <Integral T>
GRADPAD_INLINE T abs(T a) {
  if constexpr (std::is_signed_v<T>) {
    using U = std::make_unsigned_t<T>;
    return a < 0 ? static_cast<T>(U(0) - static_cast<U>(a)) : a;
  } else {
    return a;
  }
}

template <class T>
GRADPAD_INLINE Mask<T> isinf(Batch<T> a) {
  return math::abs(a) == Batch<T>(std::numeric_limits<T>::infinity());
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE bool isinf(T a) {
  if constexpr (std::is_floating_point_v<T>) {
    return math::abs(a) == std::numeric_limits<T>::infinity();
  } else {
    return false;
  }
}
template <class T>
GRADPAD_INLINE Mask<T> isfinite(Batch<T> a) {
  return math::abs(a) < Batch<T>(std::numeric_limits<T>::infinity());
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE bool isfinite(T a) {
  if constexpr (std::is_floating_point_v<T>) {
    return math::abs(a) < std::numeric_limits<T>::infinity();
  } else {
    return true;
  }
}

/// The larger; NaN if either is NaN.
template <class T>
GRADPAD_INLINE Batch<T> max(Batch<T> a, Batch<T> b) {
#if defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  // As below, pmax(b, a) being a > b ? a : b; max would tell -0 from 0.
  if constexpr (sizeof(T) == 4)
    return blend<T>(a != a, a, Batch<T>(wasm_f32x4_pmax(b, a)));
  else
    return blend<T>(a != a, a, Batch<T>(wasm_f64x2_pmax(b, a)));
#elif defined(__x86_64__) && !defined(GRADPAD_ISA_GENERIC)
  // The processor's max gives its second operand where either is NaN.
  return blend<T>(a != a, a, xsimd::max(a, b));
#else
  return blend<T>((a > b) | (a != a), a, b);
#endif
}
/// The smaller; NaN if either is NaN.
template <class T>
GRADPAD_INLINE Batch<T> min(Batch<T> a, Batch<T> b) {
#if defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4)
    return blend<T>(a != a, a, Batch<T>(wasm_f32x4_pmin(b, a)));
  else
    return blend<T>(a != a, a, Batch<T>(wasm_f64x2_pmin(b, a)));
#elif defined(__x86_64__) && !defined(GRADPAD_ISA_GENERIC)
  return blend<T>(a != a, a, xsimd::min(a, b));
#else
  return blend<T>((a < b) | (a != a), a, b);
#endif
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE T max(T a, T b) {
  return (a > b || a != a) ? a : b;
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE T min(T a, T b) {
  return (a < b || a != a) ? a : b;
}

/// The magnitude of a with the sign of b.
template <class T>
GRADPAD_INLINE Batch<T> copysign(Batch<T> a, Batch<T> b) {
  const Batch<T> sign_bit(T(-0.0));
  return (b & sign_bit) | xsimd::bitwise_andnot(a, sign_bit);
}
GRADPAD_MATH_SCALAR_2(copysign)

/// -1, 0 or 1; 0 for NaN.
template <class T>
GRADPAD_INLINE Batch<T> sign(Batch<T> a) {
  const Batch<T> one(T(1)), zero(T(0));
  return blend<T>(a > zero, one, blend<T>(a < zero, Batch<T>(T(-1)), zero));
}
template <class T>
  requires std::is_arithmetic_v<T>
GRADPAD_INLINE T sign(T a) {
  return static_cast<T>((a > T(0)) - (a < T(0)));
}

// ---- rounding ----

// SSE2 rounds by way of integers, which have no -0, and into which what is whole already, infinite
// or no number must not be converted: such a lane is rounded as 0 and then put back.
#if defined(GRADPAD_ISA_SSE2)
template <class T>
GRADPAD_INLINE Mask<T> has_fraction(Batch<T> a) {
  return xsimd::abs(a) < Batch<T>(std::is_same_v<T, double> ? T(0x1p52) : T(0x1p23));
}
#endif
template <class T>
GRADPAD_INLINE Batch<T> to_round(Batch<T> a) {
#if defined(GRADPAD_ISA_SSE2)
  return blend<T>(has_fraction<T>(a), a, Batch<T>(T(0)));
#else
  return a;
#endif
}
template <class T>
GRADPAD_INLINE Batch<T> put_back(Batch<T> rounded, Batch<T> a) {
#if defined(GRADPAD_ISA_SSE2)
  return math::copysign(blend<T>(has_fraction<T>(a), rounded, a), a);
#else
  static_cast<void>(a);
  return rounded;
#endif
}
template <class T>
GRADPAD_INLINE Batch<T> floor(Batch<T> a) {
  return put_back<T>(xsimd::floor(to_round<T>(a)), a);
}
template <class T>
GRADPAD_INLINE Batch<T> ceil(Batch<T> a) {
  return put_back<T>(xsimd::ceil(to_round<T>(a)), a);
}
template <class T>
GRADPAD_INLINE Batch<T> trunc(Batch<T> a) {
  return put_back<T>(xsimd::trunc(to_round<T>(a)), a);
}
/// To the nearest integer, ties to even.
template <class T>
GRADPAD_INLINE Batch<T> round(Batch<T> a) {
  return put_back<T>(xsimd::nearbyint(to_round<T>(a)), a);
}
GRADPAD_MATH_SCALAR_1(floor)
GRADPAD_MATH_SCALAR_1(ceil)
GRADPAD_MATH_SCALAR_1(trunc)
GRADPAD_MATH_SCALAR_1(round)

// ---- arithmetic ----

template <class T>
GRADPAD_INLINE Batch<T> sqrt(Batch<T> a) {
  return xsimd::sqrt(a);
}
template <class T>
GRADPAD_INLINE Batch<T> rsqrt(Batch<T> a) {
  return Batch<T>(T(1)) / xsimd::sqrt(a);
}
GRADPAD_MATH_SCALAR_1(sqrt)
GRADPAD_MATH_SCALAR_1(rsqrt)

/// a * b + c; in one rounding only where the processor has it.
template <class T>
GRADPAD_INLINE Batch<T> fma(Batch<T> a, Batch<T> b, Batch<T> c) {
  return mul_add<T>(a, b, c);
}
template <Floating T>
GRADPAD_INLINE T fma(T a, T b, T c) {
  return first<T>(mul_add<T>(Batch<T>(a), Batch<T>(b), Batch<T>(c)));
}
template <Integral T>
GRADPAD_INLINE T fma(T a, T b, T c) {
  return static_cast<T>(a * b + c);
}

/// Remainder of the division that truncates; its sign is a's.
template <class T>
GRADPAD_INLINE Batch<T> fmod(Batch<T> a, Batch<T> b) {
  return math::lanewise<T>(
      [](T x, T y) {
        if constexpr (sizeof(T) == 4)
          return __builtin_fmodf(x, y);
        else
          return __builtin_fmod(x, y);
      },
      a, b);
}
GRADPAD_MATH_SCALAR_2(fmod)

/// Remainder of the division that rounds down; its sign is b's (torch.remainder, Python's %).
template <class T>
GRADPAD_INLINE Batch<T> remainder(Batch<T> a, Batch<T> b) {
  const Batch<T> zero(T(0));
  const Batch<T> rest = math::fmod(a, b);
  return blend<T>((rest != zero) & differ<T>(b < zero, rest < zero), rest + b, rest);
}
GRADPAD_MATH_SCALAR_2(remainder)

/// The quotient rounded down, worked out from the remainder so that rounding a / b up to an integer
/// cannot give one too many (torch.floor_divide, Python's //).
template <class T>
GRADPAD_INLINE Batch<T> floor_divide(Batch<T> a, Batch<T> b) {
  const Batch<T> zero(T(0)), one(T(1));
  const Batch<T> rest = math::fmod(a, b);
  Batch<T> quotient = (a - rest) / b;
  quotient = blend<T>((rest != zero) & differ<T>(b < zero, rest < zero), quotient - one, quotient);
  Batch<T> down = math::floor(quotient);
  down = blend<T>(quotient - down > Batch<T>(T(0.5)), down + one, down);
  down = blend<T>(quotient == zero, math::copysign(zero, a / b), down);
  return blend<T>(b == zero, a / b, down);
}
GRADPAD_MATH_SCALAR_2(floor_divide)

// Integers: division by zero gives 0 (the caller raises the error first), and the smallest integer
// divided by -1 wraps around instead of trapping.
template <Integral T>
GRADPAD_INLINE T fmod(T a, T b) {
  if constexpr (std::is_signed_v<T>) {
    if (b == T(-1)) return T(0);
  }
  return b == T(0) ? T(0) : static_cast<T>(a % b);
}
template <Integral T>
GRADPAD_INLINE T remainder(T a, T b) {
  const T rest = math::fmod(a, b);
  return rest != T(0) && ((b < T(0)) != (rest < T(0))) ? static_cast<T>(rest + b) : rest;
}
template <Integral T>
GRADPAD_INLINE T trunc_divide(T a, T b) {
  if constexpr (std::is_signed_v<T>) {
    using U = std::make_unsigned_t<T>;
    if (b == T(-1)) return static_cast<T>(U(0) - static_cast<U>(a));
  }
  return b == T(0) ? T(0) : static_cast<T>(a / b);
}
template <class T>
  requires(!Integral<T>)
GRADPAD_INLINE T trunc_divide(T a, T b) {
  return math::trunc(a / b);
}
template <Integral T>
GRADPAD_INLINE T floor_divide(T a, T b) {
  const T rest = math::fmod(a, b);
  const T quotient = math::trunc_divide(a, b);
  return rest != T(0) && ((b < T(0)) != (rest < T(0))) ? static_cast<T>(quotient - T(1)) : quotient;
}

}  // namespace gradpad::kernels::GRADPAD_ISA::math
