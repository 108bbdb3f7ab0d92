// Taking mean and deviation off, for each channel of [outer][channels][inner].
#include <cmath>

#include "kernels/cpu/common_kernels.h"
#include "kernels/cpu/workspace.h"

namespace gradpad::kernels {
namespace {

/// The sum of term(i), in eight strands that the compiler makes a vector of.
template <class T, class Term>
T strands(int64_t n, Term term) {
  constexpr int64_t kStrands = 8;
  T sums[kStrands] = {};
  int64_t i = 0;
  for (; i + kStrands <= n; i += kStrands) {
    for (int64_t k = 0; k < kStrands; ++k) sums[k] += term(i + k);
  }
  for (; i < n; ++i) sums[0] += term(i);
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

/// Calls `row(channel, offset, n)` for each run of a channel's elements that stand together.
template <class Row>
void for_each_run(const ChannelShape& shape, Row row) {
  for (int64_t o = 0; o < shape.outer; ++o) {
    for (int64_t c = 0; c < shape.channels; ++c) {
      row(c, (o * shape.channels + c) * shape.inner, shape.inner);
    }
  }
}

/// By Chan: the deviations of the runs' means are added.
template <class T>
void merge_moments(const ChannelShape& shape, const T* run_means, const T* run_deviations, T* mean,
                   T* deviations) {
  const auto n = static_cast<T>(shape.inner), count = static_cast<T>(shape.outer);
  for (int64_t c = 0; c < shape.channels; ++c) mean[c] = deviations[c] = T(0);
  for_each_run(shape, [&](int64_t c, int64_t at, int64_t inner) {
    mean[c] += run_means[at / inner] / count;
  });
  for_each_run(shape, [&](int64_t c, int64_t at, int64_t inner) {
    const T off = run_means[at / inner] - mean[c];
    deviations[c] += run_deviations[at / inner] + n * off * off;
  });
}

template <class T>
void inverse_deviations(int64_t n, const T* variances, double scale, double eps, T* out) {
  for (int64_t c = 0; c < n; ++c) {
    out[c] = static_cast<T>(1 / std::sqrt(static_cast<double>(variances[c]) * scale + eps));
  }
}

template <class T>
void standardise(const ChannelShape& shape, const T* x, const T* mean, const T* inverse, T* y) {
  if (shape.inner == 1) {
    for (int64_t o = 0; o < shape.outer; ++o, x += shape.channels, y += shape.channels) {
      for (int64_t c = 0; c < shape.channels; ++c) y[c] = (x[c] - mean[c]) * inverse[c];
    }
    return;
  }
  for_each_run(shape, [&](int64_t c, int64_t at, int64_t n) {
    const T centre = mean[c], scale = inverse[c];
    for (int64_t i = at; i < at + n; ++i) y[i] = (x[i] - centre) * scale;
  });
}

template <class T>
void standardise_grad(const ChannelShape& shape, const T* g, const T* y, const T* inverse, T* dx) {
  const auto n = static_cast<T>(shape.outer * shape.inner);
  T* const sum = scratch_of<T>(Scratch::Sums, 2 * shape.channels);
  T* const product = sum + shape.channels;
  for (int64_t c = 0; c < 2 * shape.channels; ++c) sum[c] = T(0);
  if (shape.inner == 1) {
    for (int64_t o = 0; o < shape.outer; ++o) {
      const int64_t at = o * shape.channels;
      for (int64_t c = 0; c < shape.channels; ++c) sum[c] += g[at + c];
      for (int64_t c = 0; c < shape.channels; ++c) product[c] += g[at + c] * y[at + c];
    }
    for (int64_t o = 0; o < shape.outer; ++o) {
      const int64_t at = o * shape.channels;
      for (int64_t c = 0; c < shape.channels; ++c) {
        dx[at + c] = inverse[c] * (g[at + c] - sum[c] / n - y[at + c] * (product[c] / n));
      }
    }
    return;
  }
  for_each_run(shape, [&](int64_t c, int64_t at, int64_t run) {
    sum[c] += strands<T>(run, [&](int64_t i) { return g[at + i]; });
    product[c] += strands<T>(run, [&](int64_t i) { return g[at + i] * y[at + i]; });
  });
  for_each_run(shape, [&](int64_t c, int64_t at, int64_t run) {
    const T scale = inverse[c], mean = sum[c] / n, slope = product[c] / n;
    for (int64_t i = at; i < at + run; ++i) dx[i] = scale * (g[i] - mean - y[i] * slope);
  });
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.merge_moments = merge_moments<T>;
  kernels.inverse_deviations = inverse_deviations<T>;
  kernels.standardise = standardise<T>;
  kernels.standardise_grad = standardise_grad<T>;
}

}  // namespace

void add_normalising(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels
