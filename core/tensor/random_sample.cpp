// New random tensors, permutations and draws from weights.
// Sources: ATen/native/Distributions.cpp, ATen/native/cpu/MultinomialKernel.cpp and
// ATen/native/TensorFactories.cpp of PyTorch 1.13.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "gradpad/tensor/random.h"
#include "tensor/iterate.h"
#include "tensor/layout.h"

namespace gradpad {

namespace {

template <class T>
void draw_with_replacement(const T* weights, int64_t count, int64_t* result, int64_t samples,
                           Generator& generator) {
  std::vector<T> cumulative(static_cast<size_t>(count));
  T sum = 0;
  for (int64_t i = 0; i < count; ++i) {
    if (!(weights[i] >= 0)) {
      fail("invalid multinomial distribution (encountering probability entry < 0)");
    }
    if (!std::isfinite(weights[i])) {
      fail("invalid multinomial distribution (encountering probability entry = infinity or NaN)");
    }
    sum += weights[i];
    cumulative[static_cast<size_t>(i)] = sum;
  }
  if (!(sum > 0)) fail("invalid multinomial distribution (sum of probabilities <= 0)");
  for (T& value : cumulative) value /= sum;
  cumulative.back() = 1;
  for (int64_t i = 0; i < samples; ++i) {
    const double drawn = generator.uniform_double();
    const auto place = std::lower_bound(cumulative.begin(), cumulative.end(), drawn,
                                        [](T value, double limit) { return value < limit; });
    result[i] = place - cumulative.begin();
  }
}

/// The exponential race: each index arrives after a time of rate equal to its weight, and the
/// first `samples` are taken. `scores` holds weight / time for time of rate 1.
template <class T>
void take_first_arrivals(const T* scores, int64_t count, int64_t* result, int64_t samples) {
  std::vector<int64_t> order(static_cast<size_t>(count));
  std::iota(order.begin(), order.end(), int64_t{0});
  const auto earlier = [&](int64_t a, int64_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  };
  std::partial_sort(order.begin(), order.begin() + samples, order.end(), earlier);
  std::copy_n(order.begin(), samples, result);
}

template <class T>
void check_weights(const T* data, int64_t rows, int64_t count) {
  for (int64_t i = 0; i < rows * count; ++i) {
    if (!(data[i] < std::numeric_limits<T>::infinity()) || !(data[i] >= 0)) {
      fail("probability tensor contains either `inf`, `nan` or element < 0");
    }
  }
  for (int64_t row = 0; row < rows; ++row) {
    const T* begin = data + row * count;
    if (std::all_of(begin, begin + count, [](T value) { return value == 0; })) {
      fail("invalid multinomial distribution (sum of probabilities <= 0)");
    }
  }
}

}  // namespace

Tensor rand(const Shape& shape, DType dtype, Generator& generator) {
  const Tensor result = Tensor::empty(shape, dtype);
  fill_uniform(result, 0, 1, generator);
  return result;
}

Tensor randn(const Shape& shape, DType dtype, Generator& generator) {
  const Tensor result = Tensor::empty(shape, dtype);
  fill_normal(result, 0, 1, generator);
  return result;
}

Tensor randint(int64_t low, int64_t high, const Shape& shape, DType dtype, Generator& generator) {
  const Tensor result = Tensor::empty(shape, dtype);
  fill_random(result, low, high, generator);
  return result;
}

Tensor randperm(int64_t n, DType dtype, Generator& generator) {
  const Tensor result = Tensor::empty({n}, dtype);
  dispatch(dtype, [&]<class T>() {
    if constexpr (std::is_same_v<T, bool>) {
      fail("\"randperm\" not implemented for 'Bool'");
    } else if constexpr (std::is_integral_v<T>) {
      if (n > static_cast<int64_t>(std::numeric_limits<T>::max())) {
        fail("value cannot be converted to type ", sizeof(T) == 1 ? "uint8_t" : "int",
             " without overflow");
      }
    } else {
      constexpr int digits = std::numeric_limits<T>::digits;
      if (n > (int64_t{1} << digits) + 1) {
        fail("n cannot be greater than 2^", digits, "+1 for ", scalar_type_name(dtype), " type.");
      }
    }
    T* data = result.data<T>();
    for (int64_t i = 0; i < n; ++i) data[i] = static_cast<T>(i);
    for (int64_t i = 0; i < n - 1; ++i) {
      const auto other = static_cast<int64_t>(generator.random32() % static_cast<uint64_t>(n - i));
      std::swap(data[i], data[i + other]);
    }
  });
  return result;
}

Tensor bernoulli(const Tensor& probabilities, Generator& generator) {
  const Tensor result =
      Tensor::empty(probabilities.shape(), probabilities.dtype(), probabilities.device());
  fill_bernoulli(result, probabilities, generator);
  return result;
}

Tensor multinomial(const Tensor& given, int64_t samples, bool replacement, Generator& generator) {
  const Tensor weights = given.cpu();
  if (weights.dim() < 1 || weights.dim() > 2) fail("prob_dist must be 1 or 2 dim");
  if (!is_floating(weights.dtype())) {
    fail("multinomial only supports floating-point dtypes for input, got: ",
         scalar_type_name(weights.dtype()));
  }
  if (samples <= 0) fail("cannot sample n_sample <= 0 samples");
  const int64_t count = weights.size(-1), rows = weights.dim() == 2 ? weights.size(0) : 1;
  if (!replacement && samples > count) {
    fail("cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  }
  if (count > int64_t{1} << 24) fail("number of categories cannot exceed 2^24");
  const Tensor result =
      Tensor::empty(weights.dim() == 2 ? Shape{rows, samples} : Shape{samples}, DType::Int64);
  if (result.numel() == 0) return result.to(given.device());
  auto* to = result.data<int64_t>();
  dispatch_floating(weights.dtype(), "multinomial", [&]<class T>() {
    const Tensor plain = weights.contiguous();
    const T* data = plain.data<T>();
    if (replacement) {
      for (int64_t row = 0; row < rows; ++row) {
        draw_with_replacement(data + row * count, count, to + row * samples, samples, generator);
      }
      return;
    }
    check_weights(data, rows, count);
    const Tensor arrivals = empty_like(weights, weights.dtype());
    fill_exponential(arrivals, 1, generator);
    const Tensor times = arrivals.contiguous();
    T* scores = times.data<T>();
    for (int64_t i = 0; i < rows * count; ++i) scores[i] = data[i] / scores[i];
    for (int64_t row = 0; row < rows; ++row) {
      take_first_arrivals(scores + row * count, count, to + row * samples, samples);
    }
  });
  return result.to(given.device());
}

Tensor dropout_noise(const Tensor& input, double p, Generator& generator) {
  if (!is_floating(input.dtype())) {
    fail("result type Float can't be cast to the desired output type ",
         scalar_type_name(input.dtype()));
  }
  const Tensor result = empty_like(input, input.dtype(), Device());
  fill_bernoulli(result, 1 - p, generator);
  dispatch_floating(input.dtype(), "dropout", [&]<class T>() {
    // In this order of memory the elements stand without gaps.
    T* data = result.data<T>();
    const T keep = static_cast<T>(1 - p);
    for (int64_t i = 0; i < result.numel(); ++i) data[i] /= keep;
  });
  if (!input.device().is_cpu()) {
    const Tensor there = empty_like(input, input.dtype());
    there.copy_from(result);
    return there;
  }
  return result;
}

}  // namespace gradpad
