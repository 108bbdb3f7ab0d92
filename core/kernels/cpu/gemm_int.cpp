// The matrix product of integers: plain loops that wrap around on overflow.
#include <type_traits>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// Where T's arithmetic wraps around: int promotion would make it signed for the small types.
template <class T>
using Wrapping = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

template <class T>
void dot(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out) {
  Wrapping<T> sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    sum += static_cast<Wrapping<T>>(x[i * x_stride]) * static_cast<Wrapping<T>>(y[i * y_stride]);
  }
  *out = static_cast<T>(sum);
}

template <class T>
void gemm_one(const Gemm<T>& g) {
  using U = Wrapping<T>;
  for (int64_t i = 0; i < g.m; ++i) {
    T* const c = g.c + i * g.c_row;
    for (int64_t j = 0; j < g.n; ++j) {
      c[j] = g.beta == T(0) ? T(0) : static_cast<T>(static_cast<U>(g.beta) * static_cast<U>(c[j]));
    }
    // Row by row of B, so that the inner loop runs along C.
    for (int64_t k = 0; k < g.k; ++k) {
      const U a = static_cast<U>(g.alpha) * static_cast<U>(g.a[i * g.a_row + k * g.a_col]);
      const T* const b = g.b + k * g.b_row;
      if (g.b_col == 1) {
        for (int64_t j = 0; j < g.n; ++j) {
          c[j] = static_cast<T>(static_cast<U>(c[j]) + a * static_cast<U>(b[j]));
        }
      } else {
        for (int64_t j = 0; j < g.n; ++j) {
          c[j] = static_cast<T>(static_cast<U>(c[j]) + a * static_cast<U>(b[j * g.b_col]));
        }
      }
    }
  }
}

template <class T>
void gemm(const Gemm<T>& g) {
  Gemm<T> one = g;
  for (int64_t i = 0; i < g.batch; ++i) {
    gemm_one(one);
    one.a += g.a_batch;
    one.b += g.b_batch;
    one.c += g.c_batch;
  }
}

template <class T>
void add_for(IntKernels<T>& kernels) {
  kernels.gemm = gemm<T>;
  kernels.dot = dot<T>;
}

}  // namespace

void add_integer_gemm(KernelTable& table) {
  add_for(table.i64);
  add_for(table.i32);
  add_for(table.u8);
}

}  // namespace gradpad::kernels
