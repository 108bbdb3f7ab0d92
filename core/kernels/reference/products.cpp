// Products of matrices and vectors.
#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

template <class T>
void gemm(const Gemm<T>& g) {
  const T *a = host(g.a), *b = host(g.b);
  T* const c = host(g.c);
  for (int64_t batch = 0; batch < g.batch; ++batch) {
    for (int64_t i = 0; i < g.m; ++i) {
      for (int64_t j = 0; j < g.n; ++j) {
        Wide<T> sum = 0;
        for (int64_t k = 0; k < g.k; ++k) {
          sum += static_cast<Wide<T>>(a[batch * g.a_batch + i * g.a_row + k * g.a_col]) *
                 static_cast<Wide<T>>(b[batch * g.b_batch + k * g.b_row + j * g.b_col]);
        }
        T& out = c[batch * g.c_batch + i * g.c_row + j];
        sum *= static_cast<Wide<T>>(g.alpha);
        if (g.beta != T(0)) sum += static_cast<Wide<T>>(g.beta) * static_cast<Wide<T>>(out);
        out = static_cast<T>(sum);
      }
    }
  }
}

template <class T>
void dot(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out) {
  Wide<T> sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    sum +=
        static_cast<Wide<T>>(host(x)[i * x_stride]) * static_cast<Wide<T>>(host(y)[i * y_stride]);
  }
  *host(out) = static_cast<T>(sum);
}

template <class Kernels>
void add_for(Kernels& kernels) {
  const auto set = [&]<class T>(void (*&product)(const Gemm<T>&)) {
    product = gemm<T>;
    kernels.dot = dot<T>;
  };
  set(kernels.gemm);
}

}  // namespace

void add_products(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
  add_for(table.i64);
  add_for(table.i32);
  add_for(table.u8);
}

}  // namespace gradpad::kernels::reference
