// Normalisation by channels, and negative log-likelihood of classes.
#include <cmath>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

/// Calls `body(element)` for the elements of a channel.
template <class Body>
void for_channel(const ChannelShape& s, int64_t c, Body body) {
  for (int64_t o = 0; o < s.outer; ++o) {
    for (int64_t i = 0; i < s.inner; ++i) body((o * s.channels + c) * s.inner + i);
  }
}

template <class T>
void merge_moments(const ChannelShape& s, const T* run_means, const T* run_deviations, T* mean,
                   T* deviations) {
  for (int64_t c = 0; c < s.channels; ++c) {
    Wide<T> sum = 0, squares = 0;
    for (int64_t o = 0; o < s.outer; ++o) sum += host(run_means)[o * s.channels + c];
    const Wide<T> centre = sum / static_cast<Wide<T>>(s.outer);
    for (int64_t o = 0; o < s.outer; ++o) {
      const Wide<T> off = host(run_means)[o * s.channels + c] - centre;
      squares +=
          host(run_deviations)[o * s.channels + c] + static_cast<Wide<T>>(s.inner) * off * off;
    }
    host(mean)[c] = static_cast<T>(centre);
    host(deviations)[c] = static_cast<T>(squares);
  }
}

template <class T>
void inverse_deviations(int64_t n, const T* variances, double scale, double eps, T* out) {
  for (int64_t i = 0; i < n; ++i) {
    host(out)[i] =
        static_cast<T>(1 / std::sqrt(static_cast<double>(host(variances)[i]) * scale + eps));
  }
}

template <class T>
void standardise(const ChannelShape& s, const T* in, const T* mean, const T* inverse, T* out) {
  for (int64_t c = 0; c < s.channels; ++c) {
    for_channel(s, c, [&](int64_t i) {
      host(out)[i] =
          static_cast<T>((static_cast<Wide<T>>(host(in)[i]) - host(mean)[c]) * host(inverse)[c]);
    });
  }
}

template <class T>
void standardise_grad(const ChannelShape& s, const T* grad_out, const T* out, const T* inverse,
                      T* grad_in) {
  const T *const g = host(grad_out), *const y = host(out);
  const auto n = static_cast<Wide<T>>(s.outer * s.inner);
  for (int64_t c = 0; c < s.channels; ++c) {
    Wide<T> sum = 0, product = 0;
    for_channel(s, c, [&](int64_t i) {
      sum += g[i];
      product += static_cast<Wide<T>>(g[i]) * y[i];
    });
    for_channel(s, c, [&](int64_t i) {
      host(grad_in)[i] = static_cast<T>(host(inverse)[c] * (g[i] - sum / n - y[i] * (product / n)));
    });
  }
}

template <class T>
int64_t nll(const ClassShape& s, const T* in, const int64_t* target, const T* weight, T* out,
            ClassTotals* host_totals) {
  ClassTotals totals;
  for (int64_t place = 0; place < s.outer * s.inner; ++place) {
    const int64_t c = host(target)[place];
    if (out != nullptr) host(out)[place] = T(0);
    if (c == s.ignored) continue;
    if (c < 0 || c >= s.classes) return place;
    const T w = weight != nullptr ? host(weight)[c] : T(1);
    const T loss = -host(in)[(place / s.inner * s.classes + c) * s.inner + place % s.inner] * w;
    if (out != nullptr) host(out)[place] = loss;
    totals.loss += static_cast<double>(loss);
    totals.weight += static_cast<double>(w);
  }
  if (out == nullptr) *host_totals = totals;
  return -1;
}

template <class T>
void nll_grad(const ClassShape& s, const int64_t* target, const T* weight, double divisor,
              T* grad_in) {
  for (int64_t i = 0; i < s.outer * s.classes * s.inner; ++i) host(grad_in)[i] = T(0);
  for (int64_t place = 0; place < s.outer * s.inner; ++place) {
    const int64_t c = host(target)[place];
    if (c == s.ignored) continue;
    const double w = weight != nullptr ? static_cast<double>(host(weight)[c]) : 1;
    host(grad_in)[(place / s.inner * s.classes + c) * s.inner + place % s.inner] =
        static_cast<T>(-w / divisor);
  }
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.merge_moments = merge_moments<T>;
  kernels.inverse_deviations = inverse_deviations<T>;
  kernels.standardise = standardise<T>;
  kernels.standardise_grad = standardise_grad<T>;
  kernels.nll = nll<T>;
  kernels.nll_grad = nll_grad<T>;
}

}  // namespace

void add_normalising(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels::reference
