// math: logarithms, as in fdlibm (Sun Microsystems, e_log.c and s_log1p.c): x = 2^k m with m
// between sqrt(1/2) and sqrt(2), f = m - 1, s = f / (2 + f), and
//   log m = f - (f^2 / 2 - s (f^2 / 2 + R(s^2)))
#pragma once

#include "kernels/cpu/math_exp.h"

namespace gradpad::kernels::GRADPAD_ISA::math {

template <class T>
struct LogParts {
  Batch<T> exponent, f, half_square, s_times;  // k, f, f^2 / 2, s (f^2 / 2 + R)
};

/// For x > 0 and finite; denormals too.
template <class T>
GRADPAD_INLINE LogParts<T> log_parts(Batch<T> x) {
  using I = Int<T>;
  using U = std::make_unsigned_t<I>;
  constexpr int kShift = kMantissaBits<T>;
  constexpr I kBias = sizeof(T) == 4 ? I(127) : I(1023);
  const Batch<I> root_half(sizeof(T) == 4 ? I(0x3f3504f3) : I(0x3fe6a09e667f3bcd));
  const Batch<I> mantissa_mask((I(1) << kShift) - 1);

  const T tiny = std::numeric_limits<T>::min();
  const Mask<T> denormal = x < Batch<T>(tiny);
  const T lift = sizeof(T) == 4 ? T(0x1p24) : T(0x1p54);
  x = blend<T>(denormal, x * Batch<T>(lift), x);
  const Batch<T> lowered =
      blend<T>(denormal, Batch<T>(sizeof(T) == 4 ? T(24) : T(54)), Batch<T>(T(0)));

  // The exponent plus a bias that keeps it positive, so that a logical shift does; it becomes a
  // number in the low bits of kRounder.
  const Batch<I> above = bits<T>(x) - root_half;
  const Batch<U> biased = xsimd::bitwise_cast<U>(above + Batch<I>((kBias + 1) << kShift)) >> kShift;
  const Batch<T> shifted =
      from_bits<T>(xsimd::bitwise_cast<I>(biased) + bits<T>(Batch<T>(kRounder<T>)));
  const Batch<T> k = shifted - Batch<T>(kRounder<T> + static_cast<T>(kBias + 1)) - lowered;

  const Batch<T> f = from_bits<T>((above & mantissa_mask) + root_half) - Batch<T>(T(1));
  const Batch<T> s = f / (f + Batch<T>(T(2)));
  const Batch<T> z = s * s;
  Batch<T> r;
  if constexpr (sizeof(T) == 4) {
    r = math::polynomial<T>(z, T(0.666666658361663317), T(0.4000030117042165987),
                            T(0.2853912940008796136), T(0.2355190437152630349));
  } else {
    r = math::polynomial<T>(z, T(0.6666666666666698695), T(0.3999999999961421565),
                            T(0.2857142870321335488), T(0.2222220221837472521),
                            T(0.1818338951591259885), T(0.1531822848645182905),
                            T(0.147565427907944445));
  }
  const Batch<T> half_square = Batch<T>(T(0.5)) * f * f;
  return {k, f, half_square, s * mul_add<T>(z, r, half_square)};
}

/// 0 gives -inf, negative numbers NaN, inf and NaN themselves.
template <class T>
GRADPAD_INLINE Batch<T> log_edges(Batch<T> x, Batch<T> value) {
  const T inf = std::numeric_limits<T>::infinity();
  const Batch<T> zero(T(0));
  value = blend<T>(x == zero, Batch<T>(-inf), value);
  value = blend<T>(x < zero, Batch<T>(std::numeric_limits<T>::quiet_NaN()), value);
  return blend<T>((x == Batch<T>(inf)) | (x != x), x, value);
}

template <class T>
inline constexpr T kLn2High = sizeof(T) == 4 ? T(6.9313812256e-01) : T(6.93147180369123816490e-01);
template <class T>
inline constexpr T kLn2Low = sizeof(T) == 4 ? T(9.0580006145e-06) : T(1.90821492927058770002e-10);

/// k ln 2 + log m + extra, the small parts first.
template <class T>
GRADPAD_INLINE Batch<T> log_sum(const LogParts<T>& p, Batch<T> extra) {
  const Batch<T> low = mul_add<T>(p.exponent, Batch<T>(kLn2Low<T>), extra);
  return mul_add<T>(p.exponent, Batch<T>(kLn2High<T>), p.f - (p.half_square - (p.s_times + low)));
}

template <class T>
GRADPAD_INLINE Batch<T> log(Batch<T> x) {
  return log_edges<T>(x, log_sum<T>(log_parts<T>(x), Batch<T>(T(0))));
}

/// log(1 + x) = log(u) + c / u, where u is 1 + x rounded and c what the rounding lost.
template <class T>
GRADPAD_INLINE Batch<T> log1p(Batch<T> x) {
  const Batch<T> one(T(1));
  const Batch<T> u = one + x;
  const Batch<T> lost = blend<T>(x > one, one - (u - x), x - (u - one));
  const Batch<T> value = log_edges<T>(u, log_sum<T>(log_parts<T>(u), lost / u));
  return blend<T>(u == one, x, value);
}

/// Whole for a power of two: the logarithm of m is then 0.
template <class T>
GRADPAD_INLINE Batch<T> log2(Batch<T> x) {
  const LogParts<T> p = log_parts<T>(x);
  const Batch<T> log_m = p.f - (p.half_square - p.s_times);
  // 1 / ln 2 in two parts: its rounding alone would cost a unit.
  const Batch<T> high(T(1.44269504088896341));
  const Batch<T> low(sizeof(T) == 4 ? T(1.44269504088896341 - double(1.44269504f))
                                    : T(2.0355273740931033e-17));
  return log_edges<T>(x, mul_add<T>(log_m, high, log_m * low) + p.exponent);
}

template <class T>
GRADPAD_INLINE Batch<T> log10(Batch<T> x) {
  return math::lanewise<T>(
      [](T v) {
        if constexpr (sizeof(T) == 4)
          return __builtin_log10f(v);
        else
          return __builtin_log10(v);
      },
      x);
}

GRADPAD_MATH_SCALAR_1(log)
GRADPAD_MATH_SCALAR_1(log1p)
GRADPAD_MATH_SCALAR_1(log2)
GRADPAD_MATH_SCALAR_1(log10)

}  // namespace gradpad::kernels::GRADPAD_ISA::math
