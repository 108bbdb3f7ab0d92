// math: powers.
#pragma once

#include "kernels/cpu/math_log.h"

namespace gradpad::kernels::GRADPAD_ISA::math {

/// a^b = 2^(b log2 a) in double, for a >= 0 or whole b; float has less than half of the digits of
/// that, so the result is rounded right but for ties.
GRADPAD_INLINE Batch<double> pow_in_double(Batch<double> a, Batch<double> b) {
  const Batch<double> zero(0.0), one(1.0), half(0.5);
  const Batch<double> size = math::abs(a);
  Batch<double> value = math::exp(b * math::log(size));
  const Mask<double> whole = math::floor(b) == b;
  const Batch<double> half_b = b * half;
  const Mask<double> odd = whole & (math::floor(half_b) != half_b);
  // Also the sign of a zero or infinite base.
  value = blend<double>(odd, math::copysign(value, a), value);
  const Mask<double> infinite = math::isinf(a) | math::isinf(b);
  value = blend<double>((a < zero) & !whole & !infinite,
                        Batch<double>(std::numeric_limits<double>::quiet_NaN()), value);
  value = blend<double>((size == one) & math::isinf(b), one, value);
  return blend<double>((a == one) | (b == zero), one, value);
}

/// float: half a unit. double: libm, by lane.
template <class T>
GRADPAD_INLINE Batch<T> pow(Batch<T> a, Batch<T> b) {
  if constexpr (sizeof(T) == 8) {
    return math::lanewise<T>([](T x, T y) { return __builtin_pow(x, y); }, a, b);
  } else {
    constexpr int64_t kHalf = kLanes<double>;
    static_assert(2 * kHalf == kLanes<T>);
    alignas(64) T bases[kLanes<T>], exponents[kLanes<T>];
    a.store_aligned(bases);
    b.store_aligned(exponents);
    for (int64_t part = 0; part < kLanes<T>; part += kHalf) {
      alignas(64) double x[kHalf], y[kHalf];
      for (int64_t i = 0; i < kHalf; ++i) {
        x[i] = static_cast<double>(bases[part + i]);
        y[i] = static_cast<double>(exponents[part + i]);
      }
      pow_in_double(Batch<double>::load_aligned(x), Batch<double>::load_aligned(y))
          .store_aligned(x);
      for (int64_t i = 0; i < kHalf; ++i) bases[part + i] = static_cast<T>(x[i]);
    }
    return Batch<T>::load_aligned(bases);
  }
}
GRADPAD_MATH_SCALAR_2(pow)

/// Wraps around; a negative exponent gives 0, or 1 or -1 where the base is 1 or -1.
template <Integral T>
GRADPAD_INLINE T pow(T a, T b) {
  using U = std::make_unsigned_t<std::conditional_t<std::same_as<T, bool>, uint8_t, T>>;
  if (b < T(0)) return a == T(1) ? T(1) : a == T(-1) ? (b % T(2) != 0 ? a : T(1)) : T(0);
  U result = 1, power = static_cast<U>(a);
  for (U n = static_cast<U>(b); n != 0; n = static_cast<U>(n / 2)) {
    if (n & 1) result = static_cast<U>(result * power);
    power = static_cast<U>(power * power);
  }
  return static_cast<T>(result);
}

}  // namespace gradpad::kernels::GRADPAD_ISA::math
