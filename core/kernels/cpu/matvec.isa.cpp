// Matrix times vector, and the dot product.
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/workspace.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

template <class T>
GRADPAD_INLINE T total(Batch<T> v) {
  return xsimd::reduce_add(v);
}

/// Dot products of R contiguous rows with x, over U registers of each at a time.
template <class T, int R, int U>
void dot_rows(int64_t n, const T* a, int64_t row, const T* x, T* sums) {
  constexpr int64_t kStep = kLanes<T>;
  Batch<T> sum[R][U];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int u = 0; u < U; ++u) sum[r][u] = Batch<T>(T(0));
  }
  int64_t i = 0;
  for (; i + U * kStep <= n; i += U * kStep) {
#pragma GCC unroll 8
    for (int u = 0; u < U; ++u) {
      const Batch<T> value = loadu<T>(x + i + u * kStep);
#pragma GCC unroll 8
      for (int r = 0; r < R; ++r) {
        sum[r][u] = mul_add<T>(loadu<T>(a + r * row + i + u * kStep), value, sum[r][u]);
      }
    }
  }
  for (; i < n; i += kStep) {
    const int64_t count = n - i < kStep ? n - i : kStep;
    const Batch<T> value = loadu_part<T>(x + i, count);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      sum[r][0] = mul_add<T>(loadu_part<T>(a + r * row + i, count), value, sum[r][0]);
    }
  }
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int u = 1; u < U; ++u) sum[r][0] += sum[r][u];
    sums[r] = total<T>(sum[r][0]);
  }
}

template <class T>
GRADPAD_INLINE void put(const Matvec<T>& g, int64_t i, T sum) {
  T& y = g.y[i * g.y_stride];
  y = g.beta == T(0) ? g.alpha * sum : g.alpha * sum + g.beta * y;
}

/// Rows contiguous: a dot product each, several at a time so that x is loaded once for them.
template <class T>
void by_rows(const Matvec<T>& g, const T* x) {
  int64_t i = 0;
  T sums[4];
  for (; i + 4 <= g.rows; i += 4) {
    dot_rows<T, 4, 2>(g.cols, g.a + i * g.a_row, g.a_row, x, sums);
    for (int64_t r = 0; r < 4; ++r) put(g, i + r, sums[r]);
  }
  for (; i < g.rows; ++i) {
    dot_rows<T, 1, 4>(g.cols, g.a + i * g.a_row, g.a_row, x, sums);
    put(g, i, sums[0]);
  }
}

/// R registers of rows: sums of columns weighted by x, U columns at a time; the last register has
/// `last` lanes in use.
template <class T, int R, int U>
void column_block(const Matvec<T>& g, const T* a, const T* x, int64_t i0, int64_t last) {
  constexpr int64_t kStep = kLanes<T>;
  Batch<T> sum[R][U];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int u = 0; u < U; ++u) sum[r][u] = Batch<T>(T(0));
  }
  int64_t j = 0;
  if (last == kStep) {
    for (; j + U <= g.cols; j += U) {
#pragma GCC unroll 8
      for (int u = 0; u < U; ++u) {
        const Batch<T> value(x[j + u]);
#pragma GCC unroll 8
        for (int r = 0; r < R; ++r) {
          sum[r][u] = mul_add<T>(loadu<T>(a + (j + u) * g.a_col + r * kStep), value, sum[r][u]);
        }
      }
    }
  }
  for (; j < g.cols; ++j) {
    const Batch<T> value(x[j]);
#pragma GCC unroll 8
    for (int r = 0; r < R; ++r) {
      const T* const from = a + j * g.a_col + r * kStep;
      const Batch<T> column = r + 1 < R ? loadu<T>(from) : loadu_part<T>(from, last);
      sum[r][0] = mul_add<T>(column, value, sum[r][0]);
    }
  }
  alignas(64) T sums[R * kStep];
#pragma GCC unroll 8
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (int u = 1; u < U; ++u) sum[r][0] += sum[r][u];
    sum[r][0].store_aligned(sums + r * kStep);
  }
  for (int64_t r = 0; r < (R - 1) * kStep + last; ++r) put(g, i0 + r, sums[r]);
}

/// Columns contiguous.
template <class T>
void by_columns(const Matvec<T>& g, const T* x) {
  constexpr int64_t kStep = kLanes<T>;
  int64_t i = 0;
  for (; i + 4 * kStep <= g.rows; i += 4 * kStep) {
    column_block<T, 4, 2>(g, g.a + i, x, i, kStep);
  }
  for (; i < g.rows; i += kStep) {
    const int64_t last = g.rows - i < kStep ? g.rows - i : kStep;
    column_block<T, 1, 8>(g, g.a + i, x, i, last);
  }
}

}  // namespace

template <class T>
void matvec(const Matvec<T>& g) {
  const T* x = g.x;
  if (g.x_stride != 1) {
    T* const packed = scratch_of<T>(Scratch::Vector, g.cols);
    for (int64_t j = 0; j < g.cols; ++j) packed[j] = x[j * g.x_stride];
    x = packed;
  }
  if (g.a_col == 1 || g.cols == 1) {
    by_rows(g, x);
  } else if (g.a_row == 1 || g.rows == 1) {
    by_columns(g, x);
  } else {
    for (int64_t i = 0; i < g.rows; ++i) {
      T sum = 0;
      for (int64_t j = 0; j < g.cols; ++j) sum += g.a[i * g.a_row + j * g.a_col] * x[j];
      put(g, i, sum);
    }
  }
}

template <class T>
void dot(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out) {
  if (x_stride == 1 && y_stride == 1) {
    dot_rows<T, 1, 4>(n, x, 0, y, out);
    return;
  }
  T sum = 0;
  for (int64_t i = 0; i < n; ++i) sum += x[i * x_stride] * y[i * y_stride];
  *out = sum;
}

template void matvec<float>(const Matvec<float>&);
template void matvec<double>(const Matvec<double>&);
template void dot<float>(int64_t, const float*, int64_t, const float*, int64_t, float*);
template void dot<double>(int64_t, const double*, int64_t, const double*, int64_t, double*);

}  // namespace gradpad::kernels::GRADPAD_ISA
