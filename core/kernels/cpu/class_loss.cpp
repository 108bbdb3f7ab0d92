// Negative log-likelihood of classes.
#include <algorithm>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// Calls `body(place, element of the input, class)` for every target that counts. Returns the first
/// that is out of range, or -1.
template <class Body>
int64_t for_each_target(const ClassShape& s, const int64_t* target, Body body) {
  for (int64_t place = 0; place < s.outer * s.inner; ++place) {
    const int64_t c = target[place];
    if (c == s.ignored) continue;
    if (c < 0 || c >= s.classes) return place;
    body(place, (place / s.inner * s.classes + c) * s.inner + place % s.inner, c);
  }
  return -1;
}

template <class T>
T weight_of(const T* weight, int64_t c) {
  return weight != nullptr ? weight[c] : T(1);
}

template <class T>
int64_t nll(const ClassShape& s, const T* in, const int64_t* target, const T* weight, T* out,
            ClassTotals* host_totals) {
  if (out != nullptr) {
    std::fill_n(out, s.outer * s.inner, T(0));
    return for_each_target(s, target, [&](int64_t place, int64_t element, int64_t c) {
      out[place] = -in[element] * weight_of(weight, c);
    });
  }
  ClassTotals totals;
  const int64_t wrong = for_each_target(s, target, [&](int64_t, int64_t element, int64_t c) {
    const T w = weight_of(weight, c);
    totals.loss -= static_cast<double>(in[element] * w);
    totals.weight += static_cast<double>(w);
  });
  *host_totals = totals;
  return wrong;
}

template <class T>
void nll_grad(const ClassShape& s, const int64_t* target, const T* weight, double divisor,
              T* grad_in) {
  std::fill_n(grad_in, s.outer * s.classes * s.inner, T(0));
  for_each_target(s, target, [&](int64_t, int64_t element, int64_t c) {
    grad_in[element] = static_cast<T>(-weight_of(weight, c) / divisor);
  });
}

}  // namespace

void add_class_losses(KernelTable& table) {
  table.f32.nll = nll<float>;
  table.f64.nll = nll<double>;
  table.f32.nll_grad = nll_grad<float>;
  table.f64.nll_grad = nll_grad<double>;
}

}  // namespace gradpad::kernels
