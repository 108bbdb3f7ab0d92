// The generator, and the distributions that draw element by element.
//
// PyTorch's own library is compiled for AVX2 and FMA with contraction on, so where its source says
// `x * scale + shift` it rounds once; std::fma says so here.
// Source: ATen/core/DistributionsHelper.h, ATen/native/cpu/DistributionTemplates.h of PyTorch 1.13.
#include "gradpad/tensor/random.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>
#include <random>

#include "tensor/iterate.h"
#include "tensor/layout.h"

namespace gradpad {

namespace {

/// Calls `draw()` for each element, in the order of memory.
template <class T, class Draw>
void fill_each(const Tensor& tensor, Draw&& draw) {
  check_no_internal_overlap(tensor);
  if (filled_on_host(tensor, [&](const Tensor& host) { fill_each<T>(host, draw); })) return;
  const Tensor ordered = tensor.permute(memory_order({&tensor, 1}));
  for_each_row(ordered.shape(), {LoopOperand(ordered)},
               [&](char* const* pointers, const int64_t* strides, int64_t n) {
                 for (int64_t i = 0; i < n; ++i) {
                   *reinterpret_cast<T*>(pointers[0] + i * strides[0]) = draw();
                 }
               });
}

/// What a distribution computes in double, stored in the tensor's floating dtype.
template <class Draw>
void fill_doubles(const Tensor& tensor, std::string_view name, Draw&& draw) {
  dispatch_floating(tensor.dtype(), name, [&]<class T>() {
    fill_each<T>(tensor, [&] { return static_cast<T>(draw()); });
  });
}

void check_probability(double p) {
  if (!(p >= 0 && p <= 1)) {
    fail(
        "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be "
        "improved?  If so, please report an enhancement request to PyTorch.)");
  }
}

/// The integer `value` as a floating dtype holds it.
template <class T>
int64_t rounded_to(int64_t value) {
  const T rounded = static_cast<T>(value);
  // 2^63 itself does not fit; as a bound it is above everything.
  return rounded >= static_cast<T>(0x1p63) ? std::numeric_limits<int64_t>::max()
                                           : static_cast<int64_t>(rounded);
}

/// The distance of neighbouring `T`s at `value`.
template <class T>
int64_t spacing_at(int64_t value) {
  const auto bits = static_cast<int>(std::bit_width(static_cast<uint64_t>(std::abs(value))));
  return int64_t{1} << (bits - std::numeric_limits<T>::digits);
}

/// Integers that a floating dtype cannot hold round to a neighbour, which may lie outside
/// [from, to); these move the ends inwards to numbers that it can hold.
template <class T>
int64_t inner_from(int64_t from) {
  const int64_t after = rounded_to<T>(from + 1);
  return after >= from ? from : after + spacing_at<T>(from + 1);
}

template <class T>
int64_t inner_to(int64_t to) {
  const int64_t before = rounded_to<T>(to - 1);
  return before < to ? to : before - spacing_at<T>(to - 1);
}

template <class T>
void check_integer_bounds(int64_t from, int64_t last, std::string_view type) {
  if constexpr (std::is_integral_v<T>) {
    const auto least = static_cast<int64_t>(std::numeric_limits<T>::lowest());
    const auto most = static_cast<int64_t>(std::numeric_limits<T>::max());
    if (from < least || from > most) fail("from is out of bounds for ", type);
    if (last < least || last > most) fail("to - 1 is out of bounds for ", type);
  }
}

// The layout of PyTorch's saved state, a C struct of the 64-bit ABI.
constexpr int64_t kStateBytes = 5056;
constexpr size_t kSeedAt = 0, kLeftAt = 8, kSeededAt = 12, kNextAt = 16, kWordsAt = 24,
                 kNormalAt = 5024, kNormalValidAt = 5040;

template <class T>
void put(char* bytes, size_t at, T value) {
  std::memcpy(bytes + at, &value, sizeof value);
}

template <class T>
T get(const char* bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes + at, sizeof value);
  return value;
}

}  // namespace

void Generator::manual_seed(uint64_t seed) {
  initial_seed_ = seed;
  engine_.seed(static_cast<uint32_t>(seed));
  next_normal_.reset();
}

uint64_t Generator::seed() {
  std::random_device entropy;
  const uint64_t high = entropy();
  const uint64_t seed = (high << 32 | entropy()) & ((uint64_t{1} << 53) - 1);
  manual_seed(seed);
  return seed;
}

double Generator::normal_double() {
  if (next_normal_) {
    const double result = *next_normal_;
    next_normal_.reset();
    return result;
  }
  const double angle = 2.0 * std::numbers::pi * uniform_double();
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform_double()));
  next_normal_ = radius * std::sin(angle);
  return radius * std::cos(angle);
}

Tensor Generator::state() const {
  const Tensor result = Tensor::zeros({kStateBytes}, DType::UInt8);
  char* bytes = result.bytes();
  put<uint64_t>(bytes, kSeedAt, initial_seed_);
  put<int32_t>(bytes, kLeftAt, engine_.left);
  put<int32_t>(bytes, kSeededAt, 1);
  put<uint64_t>(bytes, kNextAt, engine_.next);
  for (size_t i = 0; i < Mt19937::kSize; ++i) {
    put<uint64_t>(bytes, kWordsAt + 8 * i, engine_.state[i]);
  }
  put<double>(bytes, kNormalAt, next_normal_.value_or(0));
  put<int32_t>(bytes, kNormalValidAt, next_normal_.has_value());
  return result;
}

void Generator::set_state(const Tensor& state) {
  if (state.dtype() != DType::UInt8) {
    fail(ErrorKind::Type, "RNG state must be a torch.ByteTensor");
  }
  if (state.numel() != kStateBytes) {
    fail(
        "Expected either a CPUGeneratorImplStateLegacy of size 5048 or a CPUGeneratorImplState of "
        "size ",
        kStateBytes, " but found the input RNG state size to be ", state.numel());
  }
  const Tensor plain = state.cpu().contiguous();
  const char* bytes = plain.bytes();
  const auto left = get<int32_t>(bytes, kLeftAt);
  const auto next = get<uint64_t>(bytes, kNextAt);
  if (left <= 0 || left > Mt19937::kSize || next > Mt19937::kSize ||
      (left > 1 && next + static_cast<uint64_t>(left) > Mt19937::kSize + 1)) {
    fail("Invalid mt19937 state");
  }
  initial_seed_ = get<uint64_t>(bytes, kSeedAt);
  engine_.left = left;
  engine_.next = static_cast<uint32_t>(next);
  for (size_t i = 0; i < Mt19937::kSize; ++i) {
    engine_.state[i] = static_cast<uint32_t>(get<uint64_t>(bytes, kWordsAt + 8 * i));
  }
  next_normal_.reset();
  if (get<int32_t>(bytes, kNormalValidAt)) next_normal_ = get<double>(bytes, kNormalAt);
}

Generator& default_generator() {
  thread_local Generator generator = [] {
    Generator fresh;
    fresh.seed();
    return fresh;
  }();
  return generator;
}

void fill_uniform(const Tensor& tensor, double from, double to, Generator& generator) {
  dispatch_floating(tensor.dtype(), "check_uniform_bounds", [&]<class T>() {
    constexpr double most = std::numeric_limits<T>::max();
    const std::string_view type = c_type_name(tensor.dtype());
    if (!(from >= -most && from <= most)) fail("from is out of bounds for ", type);
    if (!(to >= -most && to <= most)) fail("to is out of bounds for ", type);
    if (from > to) {
      fail("uniform_ expects to return a [from, to) range, but found from=", from, " > to=", to);
    }
    if (to - from > most) {
      fail("uniform_ expects to-from <= std::numeric_limits<", scalar_type_name(tensor.dtype()),
           ">::max(), but found to=", to, " and from=", from,
           " which result in to-from to exceed the limit");
    }
    const T shift = static_cast<T>(from), scale = static_cast<T>(to) - shift;
    fill_each<T>(tensor, [&] {
      if constexpr (std::is_same_v<T, float>) {
        return std::fma(generator.uniform_float(), scale, shift);
      } else {
        return std::fma(generator.uniform_double(), scale, shift);
      }
    });
  });
}

void fill_bernoulli(const Tensor& tensor, double probability, Generator& generator) {
  if (!(probability >= 0 && probability <= 1)) {
    fail("bernoulli_ expects p to be in [0, 1], but got p=", probability);
  }
  dispatch(tensor.dtype(), [&]<class T>() {
    fill_each<T>(tensor, [&] { return static_cast<T>(generator.uniform_double() < probability); });
  });
}

void fill_bernoulli(const Tensor& tensor, const Tensor& given, Generator& generator) {
  check_no_internal_overlap(tensor);
  const Tensor probabilities = given.cpu();
  if (filled_on_host(tensor,
                     [&](const Tensor& host) { fill_bernoulli(host, probabilities, generator); })) {
    return;
  }
  dispatch_floating(probabilities.dtype(), "bernoulli_tensor_cpu_p_", [&]<class P>() {
    dispatch(tensor.dtype(), [&]<class T>() {
      const std::array<Tensor, 2> both{tensor, probabilities.expand(tensor.shape())};
      const Dims order = memory_order(both);
      const Tensor to = both[0].permute(order), from = both[1].permute(order);
      for_each_row(to.shape(), {LoopOperand(to), LoopOperand(from)},
                   [&](char* const* pointers, const int64_t* strides, int64_t n) {
                     for (int64_t i = 0; i < n; ++i) {
                       const P p = *reinterpret_cast<const P*>(pointers[1] + i * strides[1]);
                       check_probability(p);
                       bool one;
                       if constexpr (std::is_same_v<P, float>) {
                         one = generator.uniform_float() < p;
                       } else {
                         one = generator.uniform_double() < p;
                       }
                       *reinterpret_cast<T*>(pointers[0] + i * strides[0]) = static_cast<T>(one);
                     }
                   });
    });
  });
}

void fill_random(const Tensor& tensor, int64_t from, int64_t to, Generator& generator) {
  if (from >= to) {
    fail("random_ expects 'from' to be less than 'to', but got from=", from, " >= to=", to);
  }
  dispatch(tensor.dtype(), [&]<class T>() {
    if constexpr (std::is_floating_point_v<T>) {
      from = inner_from<T>(from);
      to = inner_to<T>(to);
      if (from >= to) {
        fail(
            "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got "
            "from=",
            from, " >= to=", to);
      }
    }
    check_integer_bounds<T>(from, to - 1, c_type_name(tensor.dtype()));
    const uint64_t range = static_cast<uint64_t>(to) - static_cast<uint64_t>(from);
    const bool wide = sizeof(T) >= 4 && !std::is_same_v<T, int32_t> && range >= uint64_t{1} << 32;
    fill_each<T>(tensor, [&] {
      const uint64_t drawn = wide ? generator.random64() : generator.random32();
      return static_cast<T>(static_cast<int64_t>(drawn % range + static_cast<uint64_t>(from)));
    });
  });
}

void fill_random(const Tensor& tensor, Generator& generator) {
  dispatch(tensor.dtype(), [&]<class T>() {
    fill_each<T>(tensor, [&]() -> T {
      if constexpr (std::is_same_v<T, bool>) {
        return generator.random32() & 1;
      } else if constexpr (std::is_floating_point_v<T>) {
        constexpr uint64_t range = (uint64_t{1} << std::numeric_limits<T>::digits) + 1;
        return static_cast<T>((sizeof(T) == 8 ? generator.random64() : generator.random32()) %
                              range);
      } else {
        constexpr uint64_t range = static_cast<uint64_t>(std::numeric_limits<T>::max()) + 1;
        return static_cast<T>((sizeof(T) == 8 ? generator.random64() : generator.random32()) %
                              range);
      }
    });
  });
}

void fill_exponential(const Tensor& tensor, double rate, Generator& generator) {
  if (!(rate >= 0)) fail("exponential_ expects lambda >= 0.0, but found lambda=", rate);
  fill_doubles(tensor, "exponential_cpu",
               [&] { return -1.0 / rate * std::log(1.0 - generator.uniform_double()); });
}

void fill_geometric(const Tensor& tensor, double probability, Generator& generator) {
  if (!(probability > 0 && probability < 1)) {
    fail("geometric_ expects p to be in (0, 1), but got p=", probability);
  }
  if (tensor.dtype() == DType::Bool) fail("\"geometric_cpu\" not implemented for 'Bool'");
  const double scale = std::log(1.0 - probability);
  dispatch(tensor.dtype(), [&]<class T>() {
    fill_each<T>(tensor, [&] {
      const double count = std::ceil(std::log(generator.uniform_double()) / scale);
      if constexpr (std::is_floating_point_v<T>) return static_cast<T>(count);
      // Out of range for a narrow integer, which then keeps the low bits.
      return static_cast<T>(static_cast<int64_t>(std::min(count, 0x1p62)));
    });
  });
}

void fill_cauchy(const Tensor& tensor, double median, double sigma, Generator& generator) {
  fill_doubles(tensor, "cauchy_cpu", [&] {
    const double slope = std::tan(std::numbers::pi * (generator.uniform_double() - 0.5));
    return std::fma(sigma, slope, median);
  });
}

void fill_log_normal(const Tensor& tensor, double mean, double deviation, Generator& generator) {
  if (!(deviation > 0)) fail("log_normal_ expects std > 0.0, but found std=", deviation);
  fill_doubles(tensor, "log_normal_cpu",
               [&] { return std::exp(std::fma(generator.normal_double(), deviation, mean)); });
}

}  // namespace gradpad
