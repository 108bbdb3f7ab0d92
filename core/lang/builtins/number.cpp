// pow with a modulus, and floats cut to ints.
#include <cmath>

#include "lang/builtins/number.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

int64_t int_power_mod(int64_t base, int64_t exponent, int64_t modulus) {
  if (modulus == 0) fail_value({"pow() 3rd argument cannot be 0"});
  const uint64_t m = magnitude(modulus);
  uint64_t b = base < 0 ? (m - magnitude(base) % m) % m : static_cast<uint64_t>(base) % m;
  if (exponent < 0) {
    // Inverse by the extended Euclidean algorithm.
    int128 old_r = static_cast<int128>(b), r = static_cast<int128>(m), old_s = 1, s = 0;
    while (r != 0) {
      const int128 q = old_r / r;
      const int128 next_r = old_r - q * r;
      old_r = r;
      r = next_r;
      const int128 next_s = old_s - q * s;
      old_s = s;
      s = next_s;
    }
    if (old_r != 1 && m != 1) {
      fail_value({"base is not invertible for the given modulus"});
    }
    b = static_cast<uint64_t>((old_s % m + m) % m);
  }
  uint64_t e = magnitude(exponent);
  uint64_t result = 1 % m;
  while (e > 0) {
    if (e & 1) result = static_cast<uint64_t>(uint128{result} * b % m);
    b = static_cast<uint64_t>(uint128{b} * b % m);
    e >>= 1;
  }
  // The result has the sign of the modulus.
  const auto out = static_cast<int64_t>(result);
  return modulus < 0 && out != 0 ? out + modulus : out;
}

Value float_to_int(double value) {
  if (std::isnan(value)) fail_value({"cannot convert float NaN to integer"});
  if (std::isinf(value)) {
    fail_with(ErrorKind::Overflow, {"cannot convert float infinity to integer"});
  }
  const double whole = std::trunc(value);
  if (whole < -0x1p63 || whole >= 0x1p63) fail_int_overflow();
  return Value(static_cast<int64_t>(whole));
}

}  // namespace gradpad::lang
