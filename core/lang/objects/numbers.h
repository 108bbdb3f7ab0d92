// What numbers are, apart from any session: hashes, comparison of int with float, floor division.
#pragma once

#include <cstdint>

namespace gradpad::lang {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

/// |v|, also of the least int.
inline uint64_t magnitude(int64_t v) noexcept {
  return v < 0 ? 0 - static_cast<uint64_t>(v) : static_cast<uint64_t>(v);
}
/// Exact comparison of an int with a float: -1, 0, 1, or 2 where the float is NaN.
int compare_int_float(int64_t a, double b) noexcept;
int64_t hash_int(int64_t v) noexcept;
int64_t hash_float(double v) noexcept;
/// Python's floor division and remainder of floats, b != 0.
double float_floor_div(double a, double b) noexcept;
double float_mod(double a, double b) noexcept;

}  // namespace gradpad::lang
