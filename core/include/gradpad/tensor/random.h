// Random numbers: bit for bit the streams of PyTorch's CPU generator, on every device.
#pragma once

#include <cstdint>
#include <optional>

#include "gradpad/tensor/mt19937.h"
#include "gradpad/tensor/tensor.h"

namespace gradpad {

class Generator {
 public:
  /// The seed of a new `torch.Generator()`.
  static constexpr uint64_t kDefaultSeed = 67280421310721;

  explicit Generator(uint64_t seed = kDefaultSeed) { manual_seed(seed); }

  void manual_seed(uint64_t seed);
  /// Seeds from the machine's entropy; the seed has at most 53 bits.
  uint64_t seed();
  uint64_t initial_seed() const { return initial_seed_; }

  uint32_t random32() { return engine_(); }
  uint64_t random64() {
    const uint64_t high = engine_();
    return high << 32 | engine_();
  }
  /// In [0, 1), of 24 random bits.
  float uniform_float() { return static_cast<float>(engine_() & 0xffffffu) * 0x1p-24f; }
  /// In [0, 1), of 53 random bits.
  double uniform_double() {
    return static_cast<double>(random64() & ((uint64_t{1} << 53) - 1)) * 0x1p-53;
  }
  /// Standard normal. Made in pairs; the second waits for the next call.
  double normal_double();

  /// The state as PyTorch's `get_rng_state` lays it out: 5056 bytes.
  Tensor state() const;
  void set_state(const Tensor& state);

 private:
  Mt19937 engine_;
  uint64_t initial_seed_ = 0;
  std::optional<double> next_normal_;
};

/// The generator of this thread, seeded from the machine's entropy at first use.
Generator& default_generator();

// Filling a tensor, in place and in the order of its memory. Texts of errors are PyTorch's.

void fill_uniform(const Tensor& tensor, double from, double to, Generator& generator);
void fill_normal(const Tensor& tensor, double mean, double deviation, Generator& generator);
void fill_bernoulli(const Tensor& tensor, double probability, Generator& generator);
/// Each element with its own probability; `probabilities` broadcasts to the tensor.
void fill_bernoulli(const Tensor& tensor, const Tensor& probabilities, Generator& generator);
/// Integers in [from, to).
void fill_random(const Tensor& tensor, int64_t from, int64_t to, Generator& generator);
/// Integers from 0 to the largest that the dtype holds exactly.
void fill_random(const Tensor& tensor, Generator& generator);
void fill_exponential(const Tensor& tensor, double rate, Generator& generator);
void fill_geometric(const Tensor& tensor, double probability, Generator& generator);
void fill_cauchy(const Tensor& tensor, double median, double sigma, Generator& generator);
void fill_log_normal(const Tensor& tensor, double mean, double deviation, Generator& generator);

// New tensors.

Tensor rand(const Shape& shape, DType dtype, Generator& generator);
Tensor randn(const Shape& shape, DType dtype, Generator& generator);
Tensor randint(int64_t low, int64_t high, const Shape& shape, DType dtype, Generator& generator);
/// A permutation of 0 … n-1.
Tensor randperm(int64_t n, DType dtype, Generator& generator);
/// 1 with the probability that the element of `probabilities` says, else 0.
Tensor bernoulli(const Tensor& probabilities, Generator& generator);
/// `samples` indices for each row of weights, which need not sum to 1.
Tensor multinomial(const Tensor& weights, int64_t samples, bool replacement, Generator& generator);
/// What `dropout` multiplies its input by: 0 with probability `p`, else 1 / (1 - p).
Tensor dropout_noise(const Tensor& input, double p, Generator& generator);

}  // namespace gradpad
