// Reductions of floating types over the middle of in[outer][n][inner].
#include <utility>

#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/fold.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

/// The same fold for all columns.
template <class Fold>
struct Same {
  static constexpr bool kByColumn = false;
  GRADPAD_INLINE Fold operator()(int64_t, int64_t) const { return {}; }
};

/// Deviations from the mean of each column.
template <class T>
struct FromMeans {
  static constexpr bool kByColumn = true;
  const T* means;
  GRADPAD_INLINE DeviationFold<T> operator()(int64_t column, int64_t lanes) const {
    return DeviationFold<T>(loadu_part<T>(means + column, lanes));
  }
};

// Where the most extreme element is, and whether it is ahead of another: NaN is ahead of all.
template <class T, bool kMax>
GRADPAD_INLINE bool ahead(T a, T b) {
  return (kMax ? a > b : a < b) || (a != a && b == b);
}

template <class T, bool kMax>
int64_t find_in_row(const T* in, int64_t n, T* value) {
  using Fold = std::conditional_t<kMax, MaxFold<T>, MinFold<T>>;
  const T best = fold_contiguous<T>(Fold{}, in, n);
  *value = best;
  constexpr int64_t kStep = kLanes<T>;
  const Batch<T> wanted(best);
  int64_t i = 0;
  for (; i + kStep <= n; i += kStep) {
    const Batch<T> v = loadu<T>(in + i);
    if (xsimd::any((v == wanted) | (v != v))) break;
  }
  // If there is a NaN, `best` is one, and nothing is equal to it.
  for (; i < n; ++i) {
    if (in[i] == best || in[i] != in[i]) return i;
  }
  return 0;
}

template <class T, bool kMax>
void find_in_columns(T* values, int64_t* indices, const T* in, int64_t n, int64_t inner) {
  using I = Int<T>;
  constexpr int64_t kStep = kLanes<T>;
  for (int64_t j = 0; j < inner; j += kStep) {
    const int64_t last = inner - j < kStep ? inner - j : kStep;
    Batch<T> best = loadu_part<T>(in + j, last);
    Batch<I> where(I(0));
    for (int64_t k = 1; k < n; ++k) {
      const Batch<T> v = loadu_part<T>(in + k * inner + j, last);
      const Mask<T> beyond = kMax ? v > best : v < best;
      const Mask<T> take = beyond | ((v != v) & (best == best));
      best = blend<T>(take, v, best);
      where = xsimd::select(xsimd::batch_bool_cast<I>(take), Batch<I>(static_cast<I>(k)), where);
    }
    alignas(64) I lanes[kStep];
    where.store_aligned(lanes);
    for (int64_t i = 0; i < last; ++i) indices[j + i] = lanes[i];
    if (values != nullptr) storeu_part<T>(values + j, best, last);
  }
}

template <class T, template <class> class Fold>
void reduce(void* out_, const void* in_, ReduceShape shape) {
  T* out = static_cast<T*>(out_);
  const T* in = static_cast<const T*>(in_);
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (shape.inner == 1) {
      out[o] = fold_contiguous<T>(Fold<T>{}, in, shape.n);
    } else {
      fold_columns<T>(Same<Fold<T>>{}, out + o * shape.inner, in, shape.n, shape.inner);
    }
    in += shape.n * shape.inner;
  }
}

template <class T, bool kMax>
void arg_reduce(void* values_, int64_t* indices, const void* in_, ReduceShape shape) {
  T* values = static_cast<T*>(values_);
  const T* in = static_cast<const T*>(in_);
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (shape.inner == 1) {
      T value;
      indices[o] = find_in_row<T, kMax>(in, shape.n, &value);
      if (values != nullptr) values[o] = value;
    } else {
      find_in_columns<T, kMax>(values == nullptr ? nullptr : values + o * shape.inner,
                               indices + o * shape.inner, in, shape.n, shape.inner);
    }
    in += shape.n * shape.inner;
  }
}

template <class T>
void moments(T* mean, T* deviations, const T* in, ReduceShape shape) {
  const T count = static_cast<T>(shape.n);
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (shape.inner == 1) {
      mean[o] = fold_contiguous<T>(SumFold<T>{}, in, shape.n) / count;
      deviations[o] = fold_contiguous<T>(DeviationFold<T>(Batch<T>(mean[o])), in, shape.n);
    } else {
      T* const means = mean + o * shape.inner;
      fold_columns<T>(Same<SumFold<T>>{}, means, in, shape.n, shape.inner);
      for (int64_t j = 0; j < shape.inner; ++j) means[j] /= count;
      fold_columns<T>(FromMeans<T>{means}, deviations + o * shape.inner, in, shape.n, shape.inner);
    }
    in += shape.n * shape.inner;
  }
}

template <class T>
void add_for(KernelTable& table, FloatKernels<T>& kernels) {
  const int type = static_cast<int>(dtype_of<T>);
  const auto set = [&](ReduceOp op, ReduceFn fn) {
    table.reductions[static_cast<int>(op)][type] = fn;
  };
  set(ReduceOp::Sum, reduce<T, SumFold>);
  set(ReduceOp::Prod, reduce<T, ProdFold>);
  set(ReduceOp::Max, reduce<T, MaxFold>);
  set(ReduceOp::Min, reduce<T, MinFold>);
  set(ReduceOp::SumAbs, reduce<T, SumAbsFold>);
  set(ReduceOp::SumSquares, reduce<T, SumSquaresFold>);
  table.arg_max[type] = arg_reduce<T, true>;
  table.arg_min[type] = arg_reduce<T, false>;
  kernels.moments = moments<T>;
}

}  // namespace

void add_reductions(KernelTable& table) {
  add_for(table, table.f32);
  add_for(table, table.f64);
}

}  // namespace gradpad::kernels::GRADPAD_ISA
