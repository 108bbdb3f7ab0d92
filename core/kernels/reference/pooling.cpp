// Pooling, plain and adaptive.
#include <algorithm>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

/// Calls `body(output element, plane's first element, oy, ox)`.
template <class Body>
void for_each_output(const PoolShape& s, Body body) {
  int64_t out = 0;
  for (int64_t p = 0; p < s.planes; ++p) {
    for (int64_t oy = 0; oy < s.out[0]; ++oy) {
      for (int64_t ox = 0; ox < s.out[1]; ++ox) body(out++, p * s.in[0] * s.in[1], oy, ox);
    }
  }
}

/// Calls `body(place in the plane)` for what a window sees of the plane.
template <class Body>
void for_window(const PoolShape& s, int64_t oy, int64_t ox, Body body) {
  for (int64_t ky = 0; ky < s.kernel[0]; ++ky) {
    for (int64_t kx = 0; kx < s.kernel[1]; ++kx) {
      const int64_t y = oy * s.stride[0] - s.padding[0] + ky * s.dilation[0];
      const int64_t x = ox * s.stride[1] - s.padding[1] + kx * s.dilation[1];
      if (y >= 0 && y < s.in[0] && x >= 0 && x < s.in[1]) body(y * s.in[1] + x);
    }
  }
}
template <class Body>
void for_adaptive_window(const PoolShape& s, int64_t oy, int64_t ox, Body body) {
  const auto first = [&](int64_t o, int d) { return o * s.in[d] / s.out[d]; };
  const auto last = [&](int64_t o, int d) { return ((o + 1) * s.in[d] + s.out[d] - 1) / s.out[d]; };
  for (int64_t y = first(oy, 0); y < last(oy, 0); ++y) {
    for (int64_t x = first(ox, 1); x < last(ox, 1); ++x) body(y * s.in[1] + x);
  }
}

template <bool adaptive, class Body>
void for_places(const PoolShape& s, int64_t oy, int64_t ox, Body body) {
  if constexpr (adaptive)
    for_adaptive_window(s, oy, ox, body);
  else
    for_window(s, oy, ox, body);
}

template <class T, bool adaptive>
void max_pool(const PoolShape& s, const T* in, T* out, int64_t* indices) {
  for_each_output(s, [&](int64_t o, int64_t plane, int64_t oy, int64_t ox) {
    const T* const from = host(in) + plane;
    int64_t best = -1;
    for_places<adaptive>(s, oy, ox, [&](int64_t place) {
      if (best < 0 || from[place] > from[best] || from[place] != from[place]) best = place;
    });
    host(out)[o] = from[best];
    if (indices != nullptr) host(indices)[o] = best;
  });
}

template <class T>
void max_pool_grad(const PoolShape& s, const T* grad_out, const int64_t* indices, T* grad_in) {
  for (int64_t i = 0; i < s.planes * s.in[0] * s.in[1]; ++i) host(grad_in)[i] = T(0);
  for_each_output(s, [&](int64_t o, int64_t plane, int64_t, int64_t) {
    host(grad_in)[plane + host(indices)[o]] += host(grad_out)[o];
  });
}

/// What a window's sum is divided by.
template <bool adaptive>
int64_t divisor(const PoolShape& s, int64_t oy, int64_t ox) {
  if (!adaptive && s.divisor_override != 0) return s.divisor_override;
  int64_t seen = 0;
  for_places<adaptive>(s, oy, ox, [&](int64_t) { ++seen; });
  if (adaptive || !s.count_include_pad) return std::max<int64_t>(seen, 1);
  int64_t counted = 1;
  const int64_t at[2] = {oy, ox};
  for (int d = 0; d < 2; ++d) {
    const int64_t begin = at[d] * s.stride[d] - s.padding[d];
    counted *= std::min(begin + s.kernel[d], s.in[d] + s.padding[d]) - begin;
  }
  return std::max<int64_t>(counted, 1);
}

template <class T, bool adaptive>
void avg_pool(const PoolShape& s, const T* in, T* out) {
  for_each_output(s, [&](int64_t o, int64_t plane, int64_t oy, int64_t ox) {
    Wide<T> sum = 0;
    for_places<adaptive>(s, oy, ox, [&](int64_t place) { sum += host(in)[plane + place]; });
    host(out)[o] = static_cast<T>(sum / static_cast<Wide<T>>(divisor<adaptive>(s, oy, ox)));
  });
}

template <class T, bool adaptive>
void avg_pool_grad(const PoolShape& s, const T* grad_out, T* grad_in) {
  for (int64_t i = 0; i < s.planes * s.in[0] * s.in[1]; ++i) host(grad_in)[i] = T(0);
  for_each_output(s, [&](int64_t o, int64_t plane, int64_t oy, int64_t ox) {
    const T share = host(grad_out)[o] / static_cast<T>(divisor<adaptive>(s, oy, ox));
    for_places<adaptive>(s, oy, ox, [&](int64_t place) { host(grad_in)[plane + place] += share; });
  });
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.max_pool = max_pool<T, false>;
  kernels.adaptive_max_pool = max_pool<T, true>;
  kernels.max_pool_grad = max_pool_grad<T>;
  kernels.avg_pool = avg_pool<T, false>;
  kernels.avg_pool_grad = avg_pool_grad<T, false>;
  kernels.adaptive_avg_pool = avg_pool<T, true>;
  kernels.adaptive_avg_pool_grad = avg_pool_grad<T, true>;
}

}  // namespace

void add_pooling(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels::reference
