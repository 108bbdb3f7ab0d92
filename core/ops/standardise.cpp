// Taking mean and deviation off, for each channel of [outer, channels, inner].
#include <cmath>

#include "gradpad/ops/norm.h"
#include "kernels/kernels.h"

namespace gradpad::ops {

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
void for_each_run(const Channels& shape, Row row) {
  for (int64_t o = 0; o < shape.outer; ++o) {
    for (int64_t c = 0; c < shape.channels; ++c) {
      row(c, (o * shape.channels + c) * shape.inner, shape.inner);
    }
  }
}

}  // namespace

Statistics channel_statistics(const Tensor& input, const Channels& shape) {
  Statistics result{Tensor::zeros({shape.channels}, input.dtype()),
                    Tensor::zeros({shape.channels}, input.dtype())};
  dispatch_floating(input.dtype(), "batch_norm", [&]<class T>() {
    const auto& moments = kernels::kernels().of<T>().moments;
    T *mean = result.mean.data<T>(), *deviations = result.deviations.data<T>();
    if (shape.inner == 1 || shape.outer == 1) {
      const kernels::ReduceShape reduce =
          shape.outer == 1 ? kernels::ReduceShape{shape.channels, shape.inner, 1}
                           : kernels::ReduceShape{1, shape.outer, shape.channels};
      moments(mean, deviations, input.data<T>(), reduce);
      return;
    }
    // Of every run first; then, by Chan, the deviations of the runs' means are added.
    const int64_t runs = shape.outer * shape.channels;
    Tensor means = Tensor::empty({runs}, input.dtype());
    Tensor own = Tensor::empty({runs}, input.dtype());
    moments(means.data<T>(), own.data<T>(), input.data<T>(), {runs, shape.inner, 1});
    const auto n = static_cast<T>(shape.inner), count = static_cast<T>(shape.outer);
    for_each_run(shape, [&](int64_t c, int64_t at, int64_t inner) {
      mean[c] += means.data<T>()[at / inner] / count;
    });
    for_each_run(shape, [&](int64_t c, int64_t at, int64_t inner) {
      const T off = means.data<T>()[at / inner] - mean[c];
      deviations[c] += own.data<T>()[at / inner] + n * off * off;
    });
  });
  return result;
}

Tensor standardised(const Tensor& input, const Channels& shape, const Tensor& mean,
                    const Tensor& inverse) {
  Tensor out = Tensor::empty(input.shape(), input.dtype());
  dispatch_floating(input.dtype(), "batch_norm", [&]<class T>() {
    const T *x = input.data<T>(), *m = mean.data<T>(), *s = inverse.data<T>();
    T* y = out.data<T>();
    if (shape.inner == 1) {
      for (int64_t o = 0; o < shape.outer; ++o, x += shape.channels, y += shape.channels) {
        for (int64_t c = 0; c < shape.channels; ++c) y[c] = (x[c] - m[c]) * s[c];
      }
      return;
    }
    for_each_run(shape, [&](int64_t c, int64_t at, int64_t n) {
      const T centre = m[c], scale = s[c];
      for (int64_t i = at; i < at + n; ++i) y[i] = (x[i] - centre) * scale;
    });
  });
  return out;
}

Tensor standardised_gradient(const Tensor& grad, const Tensor& out, const Channels& shape,
                             const Tensor& inverse) {
  Tensor result = Tensor::empty(grad.shape(), grad.dtype());
  dispatch_floating(grad.dtype(), "batch_norm", [&]<class T>() {
    const T *g = grad.data<T>(), *y = out.data<T>(), *s = inverse.data<T>();
    T* dx = result.data<T>();
    const auto n = static_cast<T>(shape.per_channel());
    Tensor sums = Tensor::zeros({shape.channels}, grad.dtype());
    Tensor products = Tensor::zeros({shape.channels}, grad.dtype());
    T *sum = sums.data<T>(), *product = products.data<T>();
    if (shape.inner == 1) {
      for (int64_t o = 0; o < shape.outer; ++o) {
        const int64_t at = o * shape.channels;
        for (int64_t c = 0; c < shape.channels; ++c) sum[c] += g[at + c];
        for (int64_t c = 0; c < shape.channels; ++c) product[c] += g[at + c] * y[at + c];
      }
      for (int64_t o = 0; o < shape.outer; ++o) {
        const int64_t at = o * shape.channels;
        for (int64_t c = 0; c < shape.channels; ++c) {
          dx[at + c] = s[c] * (g[at + c] - sum[c] / n - y[at + c] * (product[c] / n));
        }
      }
      return;
    }
    for_each_run(shape, [&](int64_t c, int64_t at, int64_t run) {
      sum[c] += strands<T>(run, [&](int64_t i) { return g[at + i]; });
      product[c] += strands<T>(run, [&](int64_t i) { return g[at + i] * y[at + i]; });
    });
    for_each_run(shape, [&](int64_t c, int64_t at, int64_t run) {
      const T scale = s[c], mean = sum[c] / n, slope = product[c] / n;
      for (int64_t i = at; i < at + run; ++i) dx[i] = scale * (g[i] - mean - y[i] * slope);
    });
  });
  return result;
}

}  // namespace gradpad::ops
