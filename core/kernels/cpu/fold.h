// The engine of floating-point reductions: rows of numbers folded into one row, column by column,
// in registers. Long folds are split in halves (pairwise summation), which keeps the rounding error
// of a sum of n terms near log2(n) units instead of n; the recursion is as deep as that logarithm.
//
// A fold is a struct with
//   start()      the sum of nothing, in each lane
//   add(s, v)    the sum s with an element v taken in
//   join(s, t)   two sums put together
#pragma once

#include "kernels/cpu/math_basic.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

template <class T, int R>
struct Row {
  Batch<T> v[R];
};

/// Rows that are added one after the other before halving ends.
constexpr int64_t kLeafRows = 64;

/// Folds n rows of R registers, `stride` elements apart; `last` lanes of the last register exist.
template <class T, int R, class Fold>
Row<T, R> fold_rows(const Fold& fold, const T* in, int64_t stride, int64_t n, int64_t last) {
  constexpr int64_t kStep = kLanes<T>;
  if (n > kLeafRows) {
    const int64_t half = n / 2 / kLeafRows * kLeafRows;
    const int64_t split = half > 0 ? half : kLeafRows;
    Row<T, R> left = fold_rows<T, R>(fold, in, stride, split, last);
    const Row<T, R> right = fold_rows<T, R>(fold, in + split * stride, stride, n - split, last);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) left.v[r] = fold.join(left.v[r], right.v[r]);
    return left;
  }
  Row<T, R> sum;
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) sum.v[r] = fold.start();
  if (last == kStep) {
    for (int64_t k = 0; k < n; ++k, in += stride) {
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) sum.v[r] = fold.add(sum.v[r], loadu<T>(in + r * kStep));
    }
  } else {
    for (int64_t k = 0; k < n; ++k, in += stride) {
#pragma GCC unroll 8
      for (int r = 0; r + 1 < R; ++r) sum.v[r] = fold.add(sum.v[r], loadu<T>(in + r * kStep));
      sum.v[R - 1] = fold.add(sum.v[R - 1], loadu_part<T>(in + (R - 1) * kStep, last));
    }
  }
  return sum;
}

/// All lanes joined, in halves.
template <class T, class Fold>
GRADPAD_INLINE T join_lanes(const Fold& fold, Batch<T> v) {
  return xsimd::reduce([&fold](Batch<T> const& a, Batch<T> const& b)
                           __attribute__((always_inline)) { return fold.join(a, b); },
                       v);
}

/// Folds n contiguous elements into one.
template <class T, class Fold>
T fold_contiguous(const Fold& fold, const T* in, int64_t n) {
  constexpr int kRegisters = 4;
  constexpr int64_t kStep = kLanes<T>, kWidth = kRegisters * kStep;
  Batch<T> sum = fold.start();
  int64_t i = 0;
  if (n >= kWidth) {
    Row<T, kRegisters> row = fold_rows<T, kRegisters>(fold, in, kWidth, n / kWidth, kStep);
    sum = fold.join(fold.join(row.v[0], row.v[1]), fold.join(row.v[2], row.v[3]));
    i = n / kWidth * kWidth;
  }
  for (; i + kStep <= n; i += kStep) sum = fold.add(sum, loadu<T>(in + i));
  if (i < n)
    sum = blend<T>(first_lanes<T>(n - i), fold.add(sum, loadu_part<T>(in + i, n - i)), sum);
  return join_lanes<T>(fold, sum);
}

/// Folds the rows of in[n][inner] into out[inner]. `make(column)` gives the fold for the registers
/// that start at a column, where folds differ between columns.
template <class T, class Make>
void fold_columns(const Make& make, T* out, const T* in, int64_t n, int64_t inner) {
  constexpr int kRegisters = 4;
  constexpr int64_t kStep = kLanes<T>, kWidth = kRegisters * kStep;
  int64_t j = 0;
  if constexpr (!Make::kByColumn) {
    for (; j + kWidth <= inner; j += kWidth) {
      const Row<T, kRegisters> row =
          fold_rows<T, kRegisters>(make(j, kStep), in + j, inner, n, kStep);
      for (int r = 0; r < kRegisters; ++r) storeu<T>(out + j + r * kStep, row.v[r]);
    }
  }
  for (; j < inner; j += kStep) {
    const int64_t last = inner - j < kStep ? inner - j : kStep;
    const Row<T, 1> row = fold_rows<T, 1>(make(j, last), in + j, inner, n, last);
    storeu_part<T>(out + j, row.v[0], last);
  }
}

// ---- the folds ----

template <class T>
struct SumFold {
  GRADPAD_INLINE Batch<T> start() const { return Batch<T>(T(0)); }
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return s + v; }
  GRADPAD_INLINE Batch<T> join(Batch<T> s, Batch<T> t) const { return s + t; }
};

template <class T>
struct SumAbsFold : SumFold<T> {
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return s + math::abs(v); }
};

template <class T>
struct SumSquaresFold : SumFold<T> {
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return mul_add<T>(v, v, s); }
};

/// Squares of the distance from a centre.
template <class T>
struct DeviationFold : SumFold<T> {
  explicit DeviationFold(Batch<T> centre) : centre_(centre) {}
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const {
    return mul_add<T>(v - centre_, v - centre_, s);
  }

 private:
  Batch<T> centre_;
};

template <class T>
struct ProdFold {
  GRADPAD_INLINE Batch<T> start() const { return Batch<T>(T(1)); }
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return s * v; }
  GRADPAD_INLINE Batch<T> join(Batch<T> s, Batch<T> t) const { return s * t; }
};

template <class T>
struct MaxFold {
  GRADPAD_INLINE Batch<T> start() const { return Batch<T>(-std::numeric_limits<T>::infinity()); }
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return math::max(s, v); }
  GRADPAD_INLINE Batch<T> join(Batch<T> s, Batch<T> t) const { return math::max(s, t); }
};

template <class T>
struct MinFold {
  GRADPAD_INLINE Batch<T> start() const { return Batch<T>(std::numeric_limits<T>::infinity()); }
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return math::min(s, v); }
  GRADPAD_INLINE Batch<T> join(Batch<T> s, Batch<T> t) const { return math::min(s, t); }
};

}  // namespace
}  // namespace gradpad::kernels::GRADPAD_ISA
