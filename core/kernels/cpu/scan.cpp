// Running sums, products, maxima and minima along the middle dimension.
#include <algorithm>
#include <cmath>
#include <type_traits>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// out[i] = step(out[i - 1], in[i]), from out[0] = in[0].
template <class T, class Step>
void accumulate(T* out, const T* in, ReduceShape shape, Step step) {
  for (int64_t o = 0; o < shape.outer; ++o) {
    std::copy_n(in, shape.inner, out);
    for (int64_t i = shape.inner; i < shape.n * shape.inner; ++i) {
      out[i] = static_cast<T>(step(out[i - shape.inner], in[i]));
    }
    in += shape.n * shape.inner;
    out += shape.n * shape.inner;
  }
}

template <class T>
T log_sum_exp(T a, T b) {
  if (a != a || b != b) return a + b;
  const T low = std::min(a, b), high = std::max(a, b);
  // Equal infinities would give inf - inf.
  if (low == high && std::isinf(low)) return high;
  return high + std::log1p(std::exp(low - high));
}

void scan(ScanOp op, void* out, const void* in, ReduceShape shape, DType dtype) {
  if (shape.outer * shape.n * shape.inner == 0) return;
  dispatch(dtype, [&]<class T>() {
    T* const to = static_cast<T*>(out);
    const T* const from = static_cast<const T*>(in);
    if (op == ScanOp::Sum) return accumulate(to, from, shape, [](T a, T b) { return a + b; });
    if (op == ScanOp::Prod) return accumulate(to, from, shape, [](T a, T b) { return a * b; });
    if constexpr (std::is_floating_point_v<T>) accumulate(to, from, shape, log_sum_exp<T>);
  });
}

template <bool largest, class T>
void extremes(T* value, int64_t* index, const T* in, ReduceShape shape) {
  for (int64_t o = 0; o < shape.outer; ++o) {
    std::copy_n(in, shape.inner, value);
    std::fill_n(index, shape.inner, 0);
    for (int64_t i = shape.inner; i < shape.n * shape.inner; ++i) {
      const int64_t before = i - shape.inner;
      const bool better = largest ? value[before] > in[i] : value[before] < in[i];
      // NaN stays, and comes in; the comparison is false with it on either side.
      const bool take = in[i] != in[i] || (value[before] == value[before] && !better);
      value[i] = take ? in[i] : value[before];
      index[i] = take ? i / shape.inner : index[before];
    }
    in += shape.n * shape.inner;
    value += shape.n * shape.inner;
    index += shape.n * shape.inner;
  }
}

void scan_extreme(bool largest, void* values, int64_t* indices, const void* in, ReduceShape shape,
                  DType dtype) {
  if (shape.outer * shape.n * shape.inner == 0) return;
  dispatch(dtype, [&]<class T>() {
    (largest ? extremes<true, T> : extremes<false, T>)(static_cast<T*>(values), indices,
                                                       static_cast<const T*>(in), shape);
  });
}

}  // namespace

void add_scans(KernelTable& table) {
  table.scan = scan;
  table.scan_extreme = scan_extreme;
}

}  // namespace gradpad::kernels
