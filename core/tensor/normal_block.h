// The Box-Muller transform of one block of 16 uniform float32 numbers, as PyTorch computes it.
//
// PyTorch takes logarithm, sine and cosine from the Cephes polynomials, eight lanes at a time, in
// code whose products and sums the compiler fuses. Here is the same arithmetic with each fusion
// written out, so that every platform gives PyTorch's bits. How a fused operation is done is a
// parameter: there is one for every kind of machine, and a test holds them together.
// Sources: ATen/native/cpu/DistributionTemplates.h of PyTorch 1.13; S. Moshier, Cephes: logf.c,
// sinf.c.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace gradpad::normal_block {

// Three ways to a * b + c rounded once, all with the same result. Each has a form for sums that
// double holds exactly and one for any numbers.

/// One instruction, where the machine has it.
struct HardwareFused {
  float operator()(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
  float exact(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
  float any(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
};

/// The product of two floats is exact in double. Their sum with `c` is rounded to double and then
/// to float, and rounding twice errs only when the first rounding makes a tie for the second.
/// Rounding the sum to odd (when it is not exact, its last bit is set) makes no ties, and double
/// has the spare bits that this needs.
/// Source: S. Boldo, G. Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms
/// using rounding to odd", IEEE Trans. Computers 57 (2008).
struct CarefulFused {
  float operator()(float a, float b, float c) {
    const double product = static_cast<double>(a) * static_cast<double>(b);
    const double addend = c;
    const double sum = product + addend;
    const double shifted = sum - product;
    const double error = (product - (sum - shifted)) + (addend - shifted);
    auto bits = std::bit_cast<uint64_t>(sum);
    if (error != 0 && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : -1;
    return static_cast<float>(std::bit_cast<double>(bits));
  }
  float exact(float a, float b, float c) { return (*this)(a, b, c); }
  float any(float a, float b, float c) { return (*this)(a, b, c); }
};

/// Only watches for ties (among arbitrary numbers, one in 2^29 operations) and leaves it to the
/// caller to compute again with care.
struct QuickFused {
  float operator()(float a, float b, float c) {
    const double sum = static_cast<double>(a) * static_cast<double>(b) + static_cast<double>(c);
    constexpr uint64_t dropped = (uint64_t{1} << 29) - 1, half = uint64_t{1} << 28;
    ties |= (std::bit_cast<uint64_t>(sum) & dropped) == half;
    return static_cast<float>(sum);
  }
  /// Here is but one rounding, and ties are common.
  float exact(float a, float b, float c) {
    return static_cast<float>(static_cast<double>(a) * static_cast<double>(b) +
                              static_cast<double>(c));
  }
  /// Numbers of few bits, as users choose them, make ties common too.
  float any(float a, float b, float c) { return CarefulFused{}(a, b, c); }
  bool ties = false;
};

/// The natural logarithm of x in (0, 1].
template <class Fused>
inline float log_of(float x, Fused& fused) {
  const auto bits = std::bit_cast<uint32_t>(x);
  float exponent = static_cast<float>(static_cast<int32_t>(bits >> 23) - 126);
  const float half_to_one = std::bit_cast<float>((bits & 0x807fffffu) | 0x3f000000u);
  const bool low = half_to_one < 0.707106781186547524f;
  exponent -= low ? 1.0f : 0.0f;
  const float m = (half_to_one - 1.0f) + (low ? half_to_one : 0.0f);
  const float square = m * m;
  float y = 7.0376836292e-2f;
  y = fused(y, m, -1.1514610310e-1f);
  y = fused(y, m, 1.1676998740e-1f);
  y = fused(y, m, -1.2420140846e-1f);
  y = fused(y, m, 1.4249322787e-1f);
  y = fused(y, m, -1.6668057665e-1f);
  y = fused(y, m, 2.0000714765e-1f);
  y = fused(y, m, -2.4999993993e-1f);
  y = fused(y, m, 3.3333331174e-1f);
  y = fused(y * m, square, exponent * -2.12194440e-4f);
  y -= square * 0.5f;
  return fused.exact(exponent, 0.693359375f, m + y);
}

struct SineCosine {
  float sine, cosine;
};

/// Of x in [0, 2π).
template <class Fused>
inline SineCosine sine_cosine(float x, Fused& fused) {
  // The octant, made even; the angle is then within π/4 of a multiple of π/2.
  const int32_t octant = (static_cast<int32_t>(x * 1.27323954473516f) + 1) & ~int32_t{1};
  const float turns = static_cast<float>(octant);
  // π/4 in three parts keeps the digits of the reduced angle.
  x = fused(turns, -0.78515625f, x);
  x = fused(turns, -2.4187564849853515625e-4f, x);
  x = fused(turns, -3.77489497744594108e-8f, x);
  const float z = x * x;
  float even = 2.443315711809948e-5f;
  even = fused(even, z, -1.388731625493765e-3f);
  even = fused(even, z, 4.166664568298827e-2f);
  even = fused(even * z, z, -(z * 0.5f)) + 1.0f;
  float odd = -1.9515295891e-4f;
  odd = fused(odd, z, 8.3321608736e-3f);
  odd = fused(odd, z, -1.6666654611e-1f);
  odd = fused(odd * z, x, x);
  const bool swapped = (octant & 2) != 0;
  const float sine = swapped ? even : odd, cosine = swapped ? odd : even;
  return {(octant & 4) ? -sine : sine, ((octant - 2) & 4) ? cosine : -cosine};
}

/// From 16 numbers in [0, 1) to 16 normal ones; the two blocks are apart.
template <class Fused>
inline void transform(const float* from, float* to, float mean, float deviation, Fused& fused) {
  for (int i = 0; i < 8; ++i) {
    const float radius = std::sqrt(-2.0f * log_of(1.0f - from[i], fused));
    const auto [sine, cosine] =
        sine_cosine(static_cast<float>(2 * std::numbers::pi) * from[i + 8], fused);
    to[i] = fused.any(radius * cosine, deviation, mean);
    to[i + 8] = fused.any(radius * sine, deviation, mean);
  }
}

}  // namespace gradpad::normal_block
