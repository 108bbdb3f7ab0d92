// random.Random: the state of one generator, and what its methods share.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>

#include "gradpad/tensor/mt19937.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

class RandomState : public Object {
 public:
  RandomState() : Object(Kind::Plain) {}

  Mt19937 engine;
  std::optional<double> next_gauss;

  /// In [0, 1), of 53 random bits.
  double uniform() {
    const uint32_t a = engine() >> 5;
    const uint32_t b = engine() >> 6;
    return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
  }
  /// `count` random bits, 1 to 64.
  uint64_t bits(int count);
  /// In [0, n), n > 0.
  uint64_t below(uint64_t n);
  /// random.seed(v); None seeds from the machine's entropy.
  void seed(Runtime& rt, const Value& v);
};

inline RandomState& random_of(Value* a) { return *a[0].as<RandomState>(); }

std::span<const Method> random_sequence_methods();      // choice, shuffle, sample, ...
std::span<const Method> random_distribution_methods();  // gauss, uniform, gammavariate, ...

}  // namespace gradpad::lang
