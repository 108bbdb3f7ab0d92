// For the tests of kernels: every instruction set of this machine, and repeatable numbers.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernels.h"

namespace gradpad::kernels::test {

/// A small generator with the same numbers everywhere.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed * 2862933555777941757u + 3037000493u) {}

  uint64_t bits() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  /// In [low, high).
  double between(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits() >> 11) * 0x1p-53);
  }
  /// In [low, high].
  int64_t integer(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(bits() % static_cast<uint64_t>(high - low + 1));
  }

 private:
  uint64_t state_;
};

template <class T>
std::vector<T> random_values(int64_t n, uint64_t seed, double low = -1, double high = 1) {
  Numbers numbers(seed);
  std::vector<T> values(static_cast<size_t>(n));
  for (T& value : values) value = static_cast<T>(numbers.between(low, high));
  return values;
}

/// Runs the body with the table of each instruction set that this machine has.
template <class Body>
void each_isa(const Body& body) {
  for (const Isa isa : available_isas()) body(kernels_of(isa));
}

}  // namespace gradpad::kernels::test
