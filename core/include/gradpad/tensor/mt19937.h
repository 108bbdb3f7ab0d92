// The Mersenne Twister MT19937 of Matsumoto and Nishimura, the source of all random numbers here
// as in PyTorch and CPython.
// Source: M. Matsumoto, T. Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
// uniform pseudo-random number generator", ACM TOMACS 8 (1998).
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace gradpad {

class Mt19937 {
 public:
  static constexpr int kSize = 624;

  explicit Mt19937(uint32_t seed = 5489) { this->seed(seed); }

  void seed(uint32_t seed) {
    state[0] = seed;
    for (uint32_t i = 1; i < kSize; ++i) {
      state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    }
    left = 1;
    next = 0;
  }

  /// The initialisation that CPython's `random.seed` uses, from at least one word.
  void seed_by_array(std::span<const uint32_t> key) {
    seed(19650218u);
    const auto mixed = [&](uint32_t i, uint32_t factor) {
      const uint32_t before = state[i - 1];
      return state[i] ^ ((before ^ (before >> 30)) * factor);
    };
    uint32_t i = 1;
    const auto step = [&] {
      if (++i < kSize) return;
      state[0] = state[kSize - 1];
      i = 1;
    };
    const auto length = static_cast<uint32_t>(key.size());
    for (uint32_t k = 0; k < (length > kSize ? length : kSize); ++k) {
      state[i] = mixed(i, 1664525u) + key[k % length] + k % length;
      step();
    }
    for (uint32_t k = 1; k < kSize; ++k) {
      state[i] = mixed(i, 1566083941u) - i;
      step();
    }
    state[0] = 0x80000000u;
  }

  uint32_t operator()() {
    if (--left == 0) refill();
    uint32_t y = state[next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }

  // Open, for saving and restoring: the words, the next one to give out, and one more than how many
  // are left.
  std::array<uint32_t, kSize> state;
  uint32_t next = 0;
  int left = 1;

 private:
  void refill() {
    constexpr int middle = 397;
    const auto twist = [](uint32_t u, uint32_t v) {
      return (((u & 0x80000000u) | (v & 0x7fffffffu)) >> 1) ^ (v & 1 ? 0x9908b0dfu : 0);
    };
    for (int i = 0; i < kSize - middle; ++i) {
      state[i] = state[i + middle] ^ twist(state[i], state[i + 1]);
    }
    for (int i = kSize - middle; i < kSize - 1; ++i) {
      state[i] = state[i + middle - kSize] ^ twist(state[i], state[i + 1]);
    }
    state[kSize - 1] = state[middle - 1] ^ twist(state[kSize - 1], state[0]);
    left = kSize;
    next = 0;
  }
};

}  // namespace gradpad
