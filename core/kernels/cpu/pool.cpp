// Max and average pooling, plain and adaptive, over the last two dimensions, and their derivatives.
#include <algorithm>
#include <limits>
#include <vector>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// The part of a window that lies in the plane, along one dimension: the positions begin,
/// begin + step, ..., below end.
struct Span {
  int64_t begin, end;
};

Span window(const PoolShape& s, int d, int64_t out) {
  const int64_t step = s.dilation[d];
  int64_t begin = out * s.stride[d] - s.padding[d];
  const int64_t end = std::min(begin + (s.kernel[d] - 1) * step + 1, s.in[d]);
  if (begin < 0) begin += (-begin + step - 1) / step * step;
  return {begin, end};
}

template <class T>
void max_pool(const PoolShape& s, const T* in, T* out, int64_t* indices) {
  const int64_t plane = s.in[0] * s.in[1];
  std::vector<Span> all_columns;
  for (int64_t ox = 0; ox < s.out[1]; ++ox) all_columns.push_back(window(s, 1, ox));
  for (int64_t p = 0; p < s.planes; ++p, in += plane) {
    for (int64_t oy = 0; oy < s.out[0]; ++oy) {
      const Span rows = window(s, 0, oy);
      for (const Span columns : all_columns) {
        T best = -std::numeric_limits<T>::infinity();
        int64_t where = rows.begin * s.in[1] + columns.begin;
        for (int64_t y = rows.begin; y < rows.end; y += s.dilation[0]) {
          for (int64_t x = columns.begin; x < columns.end; x += s.dilation[1]) {
            const T v = in[y * s.in[1] + x];
            if (v > best || v != v) {
              best = v;
              where = y * s.in[1] + x;
            }
          }
        }
        *out++ = best;
        if (indices != nullptr) *indices++ = where;
      }
    }
  }
}

template <class T>
void max_pool_grad(const PoolShape& s, const T* grad_out, const int64_t* indices, T* grad_in) {
  const int64_t in_plane = s.in[0] * s.in[1], out_plane = s.out[0] * s.out[1];
  std::fill_n(grad_in, s.planes * in_plane, T(0));
  for (int64_t p = 0; p < s.planes; ++p, grad_in += in_plane) {
    for (int64_t i = 0; i < out_plane; ++i) grad_in[*indices++] += *grad_out++;
  }
}

template <class T>
void adaptive_max_pool(const PoolShape& s, const T* plane, T* value, int64_t* index) {
  const auto first = [&](int64_t i, int d) { return i * s.in[d] / s.out[d]; };
  const auto last = [&](int64_t i, int d) { return ((i + 1) * s.in[d] + s.out[d] - 1) / s.out[d]; };
  for (int64_t p = 0; p < s.planes; ++p, plane += s.in[0] * s.in[1]) {
    for (int64_t i = 0; i < s.out[0]; ++i) {
      for (int64_t j = 0; j < s.out[1]; ++j) {
        int64_t best = first(i, 0) * s.in[1] + first(j, 1);
        for (int64_t y = first(i, 0); y < last(i, 0); ++y) {
          for (int64_t x = first(j, 1); x < last(j, 1); ++x) {
            const int64_t place = y * s.in[1] + x;
            // The first of equals; a NaN wins and stays.
            if (plane[place] > plane[best] || plane[place] != plane[place]) best = place;
          }
        }
        *value++ = plane[best];
        *index++ = best;
      }
    }
  }
}

/// A window of average pooling along one dimension: what lies in the plane, and the length that
/// counts in the number to divide by.
struct Average {
  Span span;
  int64_t counted;
};

std::vector<Average> average_windows(const PoolShape& s, int d) {
  std::vector<Average> windows;
  for (int64_t out = 0; out < s.out[d]; ++out) {
    const int64_t begin = out * s.stride[d] - s.padding[d];
    const int64_t end = std::min(begin + s.kernel[d], s.in[d] + s.padding[d]);
    const Span span{std::max<int64_t>(begin, 0), std::min(end, s.in[d])};
    const int64_t within = std::max<int64_t>(span.end - span.begin, 0);
    windows.push_back({span, s.count_include_pad ? end - begin : within});
  }
  return windows;
}

std::vector<Average> adaptive_windows(const PoolShape& s, int d) {
  std::vector<Average> windows;
  for (int64_t out = 0; out < s.out[d]; ++out) {
    const Span span{out * s.in[d] / s.out[d], ((out + 1) * s.in[d] + s.out[d] - 1) / s.out[d]};
    windows.push_back({span, span.end - span.begin});
  }
  return windows;
}

using WindowsOf = std::vector<Average> (*)(const PoolShape&, int);

/// Calls body(offset of the plane, rows, columns, divisor) for every output in order.
template <class Body>
void each_average(const PoolShape& s, WindowsOf windows_of, const Body& body) {
  const std::vector<Average> rows = windows_of(s, 0), columns = windows_of(s, 1);
  const int64_t plane = s.in[0] * s.in[1];
  for (int64_t p = 0; p < s.planes; ++p) {
    for (const Average& row : rows) {
      for (const Average& column : columns) {
        // A window wholly in the padding that counts for nothing gives 0, not 0 / 0.
        const int64_t counted = std::max<int64_t>(row.counted * column.counted, 1);
        body(p * plane, row.span, column.span,
             s.divisor_override != 0 ? s.divisor_override : counted);
      }
    }
  }
}

template <class T, WindowsOf windows_of>
void average(const PoolShape& s, const T* in, T* out) {
  each_average(s, windows_of, [&](int64_t plane, Span rows, Span columns, int64_t divisor) {
    T sum = 0;
    for (int64_t y = rows.begin; y < rows.end; ++y) {
      const T* const row = in + plane + y * s.in[1];
      for (int64_t x = columns.begin; x < columns.end; ++x) sum += row[x];
    }
    *out++ = sum / static_cast<T>(divisor);
  });
}

template <class T, WindowsOf windows_of>
void average_grad(const PoolShape& s, const T* grad_out, T* grad_in) {
  std::fill_n(grad_in, s.planes * s.in[0] * s.in[1], T(0));
  each_average(s, windows_of, [&](int64_t plane, Span rows, Span columns, int64_t divisor) {
    const T share = *grad_out++ / static_cast<T>(divisor);
    for (int64_t y = rows.begin; y < rows.end; ++y) {
      T* const row = grad_in + plane + y * s.in[1];
      for (int64_t x = columns.begin; x < columns.end; ++x) row[x] += share;
    }
  });
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.max_pool = max_pool<T>;
  kernels.max_pool_grad = max_pool_grad<T>;
  kernels.adaptive_max_pool = adaptive_max_pool<T>;
  kernels.avg_pool = average<T, average_windows>;
  kernels.avg_pool_grad = average_grad<T, average_windows>;
  kernels.adaptive_avg_pool = average<T, adaptive_windows>;
  kernels.adaptive_avg_pool_grad = average_grad<T, adaptive_windows>;
}

}  // namespace

void add_pooling(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels
