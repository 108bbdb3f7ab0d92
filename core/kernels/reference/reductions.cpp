// Reductions, scans and softmax over the middle of [outer][n][inner].
#include <cmath>
#include <type_traits>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

/// Calls `body(first element of the row, place of its result)` for each row; the row's elements
/// lie `inner` apart.
template <class Body>
void for_each_row(ReduceShape s, Body body) {
  for (int64_t o = 0; o < s.outer; ++o) {
    for (int64_t i = 0; i < s.inner; ++i) body(o * s.n * s.inner + i, o * s.inner + i);
  }
}

template <class T>
using Summed = std::conditional_t<std::is_floating_point_v<T>, T, int64_t>;

template <class T, ReduceOp op>
void reduce(void* out, const void* in, ReduceShape s) {
  const T* const values = host_as<T>(in);
  for_each_row(s, [&](int64_t at, int64_t result) {
    const auto value = [&](int64_t k) { return values[at + k * s.inner]; };
    if constexpr (op == ReduceOp::Any || op == ReduceOp::All) {
      bool found = op == ReduceOp::All;
      for (int64_t k = 0; k < s.n; ++k) {
        found = op == ReduceOp::All ? found && value(k) != T(0) : found || value(k) != T(0);
      }
      host_as<bool>(out)[result] = found;
    } else if constexpr (op == ReduceOp::Max || op == ReduceOp::Min) {
      T best = value(0);
      for (int64_t k = 1; k < s.n; ++k) {
        if (best != best) break;
        const bool better = op == ReduceOp::Max ? value(k) > best : value(k) < best;
        if (better || value(k) != value(k)) best = value(k);
      }
      host_as<T>(out)[result] = best;
    } else {
      Wide<T> sum = op == ReduceOp::Prod ? 1 : 0;
      for (int64_t k = 0; k < s.n; ++k) {
        const auto v = static_cast<Wide<T>>(value(k));
        if constexpr (op == ReduceOp::Sum) sum += v;
        if constexpr (op == ReduceOp::Prod) sum *= v;
        if constexpr (op == ReduceOp::SumAbs) sum += std::abs(v);
        if constexpr (op == ReduceOp::SumSquares) sum += v * v;
      }
      host_as<Summed<T>>(out)[result] = static_cast<Summed<T>>(sum);
    }
  });
}

template <class T, bool largest>
void arg_reduce(void* values, int64_t* indices, const void* in, ReduceShape s) {
  const T* const from = host_as<T>(in);
  for_each_row(s, [&](int64_t at, int64_t result) {
    int64_t best = 0;
    for (int64_t k = 1; k < s.n; ++k) {
      const T held = from[at + best * s.inner], v = from[at + k * s.inner];
      if (held != held) break;
      if (v != v || (largest ? v > held : v < held)) best = k;
    }
    host(indices)[result] = best;
    if (values != nullptr) host_as<T>(values)[result] = from[at + best * s.inner];
  });
}

template <class T, bool logarithm>
void softmax(T* out, const T* in, ReduceShape s) {
  const T* const from = host(in);
  for_each_row(s, [&](int64_t at, int64_t) {
    T largest = s.n > 0 ? from[at] : T(0);
    for (int64_t k = 0; k < s.n; ++k) {
      const T v = from[at + k * s.inner];
      if (v > largest || v != v) largest = v;
    }
    Wide<T> sum = 0;
    for (int64_t k = 0; k < s.n; ++k) {
      sum += std::exp(static_cast<Wide<T>>(from[at + k * s.inner]) - largest);
    }
    for (int64_t k = 0; k < s.n; ++k) {
      const Wide<T> v = static_cast<Wide<T>>(from[at + k * s.inner]) - largest;
      host(out)[at + k * s.inner] =
          static_cast<T>(logarithm ? v - std::log(sum) : std::exp(v) / sum);
    }
  });
}

template <class T, bool logarithm>
void softmax_grad(T* grad_in, const T* grad_out, const T* out, ReduceShape s) {
  const T *const g = host(grad_out), *const y = host(out);
  for_each_row(s, [&](int64_t at, int64_t) {
    Wide<T> sum = 0;
    for (int64_t k = 0; k < s.n; ++k) {
      const int64_t place = at + k * s.inner;
      sum += static_cast<Wide<T>>(g[place]) * (logarithm ? 1 : static_cast<Wide<T>>(y[place]));
    }
    for (int64_t k = 0; k < s.n; ++k) {
      const int64_t place = at + k * s.inner;
      const Wide<T> wide_g = g[place], wide_y = y[place];
      host(grad_in)[place] =
          static_cast<T>(logarithm ? wide_g - std::exp(wide_y) * sum : (wide_g - sum) * wide_y);
    }
  });
}

template <class T>
void moments(T* mean, T* deviations, const T* in, ReduceShape s) {
  for_each_row(s, [&](int64_t at, int64_t result) {
    Wide<T> sum = 0, squares = 0;
    for (int64_t k = 0; k < s.n; ++k) sum += host(in)[at + k * s.inner];
    const Wide<T> centre = sum / static_cast<Wide<T>>(s.n);
    for (int64_t k = 0; k < s.n; ++k) {
      const Wide<T> off = host(in)[at + k * s.inner] - centre;
      squares += off * off;
    }
    host(mean)[result] = static_cast<T>(centre);
    host(deviations)[result] = static_cast<T>(squares);
  });
}

void scan(ScanOp op, void* out, const void* in, ReduceShape s, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for_each_row(s, [&](int64_t at, int64_t) {
      Wide<T> total = 0;
      for (int64_t k = 0; k < s.n; ++k) {
        const auto v = static_cast<Wide<T>>(host_as<T>(in)[at + k * s.inner]);
        if (k == 0) {
          total = v;
        } else if (op == ScanOp::Sum) {
          total += v;
        } else if (op == ScanOp::Prod) {
          total *= v;
        } else if constexpr (std::is_floating_point_v<T>) {
          const Wide<T> high = total > v ? total : v, low = total > v ? v : total;
          const bool same_infinity = low == high && std::isinf(low);
          if (!same_infinity) total = high + std::log1p(std::exp(low - high));
          if (v != v) total = v;
        }
        host_as<T>(out)[at + k * s.inner] = static_cast<T>(total);
      }
    });
  });
}

void scan_extreme(bool largest, void* values, int64_t* indices, const void* in, ReduceShape s,
                  DType dtype) {
  dispatch(dtype, [&]<class T>() {
    const T* const from = host_as<T>(in);
    for_each_row(s, [&](int64_t at, int64_t) {
      int64_t best = 0;
      for (int64_t k = 0; k < s.n; ++k) {
        const T held = from[at + best * s.inner], v = from[at + k * s.inner];
        const bool is_nan = v != v, held_is_nan = held != held;
        if (is_nan || (!held_is_nan && (largest ? v >= held : v <= held))) best = k;
        host_as<T>(values)[at + k * s.inner] = from[at + best * s.inner];
        host(indices)[at + k * s.inner] = best;
      }
    });
  });
}

template <class T>
void add_reductions_of(KernelTable& table) {
  const auto type = static_cast<size_t>(dtype_of<T>);
  const auto set = [&](ReduceOp op, ReduceFn fn) {
    table.reductions[static_cast<size_t>(op)][type] = fn;
  };
  set(ReduceOp::Sum, reduce<T, ReduceOp::Sum>);
  set(ReduceOp::Prod, reduce<T, ReduceOp::Prod>);
  set(ReduceOp::Max, reduce<T, ReduceOp::Max>);
  set(ReduceOp::Min, reduce<T, ReduceOp::Min>);
  set(ReduceOp::Any, reduce<T, ReduceOp::Any>);
  set(ReduceOp::All, reduce<T, ReduceOp::All>);
  if constexpr (std::is_floating_point_v<T>) {
    set(ReduceOp::SumAbs, reduce<T, ReduceOp::SumAbs>);
    set(ReduceOp::SumSquares, reduce<T, ReduceOp::SumSquares>);
  }
  table.arg_max[type] = arg_reduce<T, true>;
  table.arg_min[type] = arg_reduce<T, false>;
}

template <class T>
void add_softmax_of(FloatKernels<T>& kernels) {
  kernels.softmax = softmax<T, false>;
  kernels.log_softmax = softmax<T, true>;
  kernels.softmax_grad = softmax_grad<T, false>;
  kernels.log_softmax_grad = softmax_grad<T, true>;
  kernels.moments = moments<T>;
}

}  // namespace

void add_reductions(KernelTable& table) {
  for (DType dtype : kDTypes) {
    dispatch(dtype, [&]<class T>() { add_reductions_of<T>(table); });
  }
  add_softmax_of(table.f32);
  add_softmax_of(table.f64);
  table.scan = scan;
  table.scan_extreme = scan_extreme;
}

}  // namespace gradpad::kernels::reference
