// Hashes and divisions as CPython computes them.
#include "lang/objects/numbers.h"

#include <cmath>

namespace gradpad::lang {

int compare_int_float(int64_t a, double b) noexcept {
  if (std::isnan(b)) return 2;
  // Every int is inside [-2^63, 2^63); within it the whole part of the float is an int itself.
  if (b >= 0x1p63) return -1;
  if (b < -0x1p63) return 1;
  const double whole = std::trunc(b);
  const auto i = static_cast<int64_t>(whole);
  if (a != i) return a < i ? -1 : 1;
  return b > whole ? -1 : b < whole ? 1 : 0;
}

// Hashes are CPython's: the number modulo the prime 2^61 - 1, so that equal numbers of any type
// hash alike, and -1 stands for "error" there and is never a hash.
int64_t hash_int(int64_t v) noexcept {
  constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;
  const auto rest = static_cast<int64_t>(magnitude(v) % kPrime);
  const int64_t hash = v < 0 ? -rest : rest;
  return hash == -1 ? -2 : hash;
}

int64_t hash_float(double v) noexcept {
  if (!std::isfinite(v)) return std::isnan(v) ? 0 : v > 0 ? 314159 : -314159;
  constexpr int kBits = 61;
  constexpr uint64_t kPrime = (uint64_t{1} << kBits) - 1;
  int exponent = 0;
  double m = std::frexp(std::fabs(v), &exponent);
  uint64_t x = 0;
  while (m != 0) {
    // Multiplying by 2^28 rotates within 61 bits.
    x = ((x << 28) & kPrime) | x >> (kBits - 28);
    m *= 0x1p28;
    exponent -= 28;
    const auto y = static_cast<uint64_t>(m);
    m -= static_cast<double>(y);
    x += y;
    if (x >= kPrime) x -= kPrime;
  }
  exponent = exponent >= 0 ? exponent % kBits : kBits - 1 - ((-1 - exponent) % kBits);
  x = ((x << exponent) & kPrime) | x >> (kBits - exponent);
  const auto hash = v < 0 ? -static_cast<int64_t>(x) : static_cast<int64_t>(x);
  return hash == -1 ? -2 : hash;
}

double float_mod(double a, double b) noexcept {
  double mod = std::fmod(a, b);
  if (mod == 0) return std::copysign(0.0, b);
  return (b < 0) != (mod < 0) ? mod + b : mod;
}

// As in CPython's float_divmod: from the exact remainder, and snapped to the nearest integer.
double float_floor_div(double a, double b) noexcept {
  const double mod = std::fmod(a, b);
  double div = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
  if (div == 0) return std::copysign(0.0, a / b);
  const double whole = std::floor(div);
  return div - whole > 0.5 ? whole + 1 : whole;
}

}  // namespace gradpad::lang
