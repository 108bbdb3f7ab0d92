// softmax and log_softmax over the middle of in[outer][n][inner], and their derivatives. The
// maximum is taken off before exponentials, so none overflows:
//   softmax(x) = exp(x - m) / s,   log_softmax(x) = x - m - log(s),   s = sum exp(x - m)
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/fold.h"
#include "kernels/cpu/math.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

template <class T>
struct ExpSumFold : SumFold<T> {
  explicit ExpSumFold(Batch<T> largest) : largest_(largest) {}
  GRADPAD_INLINE Batch<T> add(Batch<T> s, Batch<T> v) const { return s + math::exp(v - largest_); }

 private:
  Batch<T> largest_;
};

/// Calls body(offset, lanes) for each register of n contiguous elements.
template <class T, class Body>
GRADPAD_INLINE void each_register(int64_t n, const Body& body) {
  constexpr int64_t kStep = kLanes<T>;
  for (int64_t i = 0; i < n; i += kStep) body(i, n - i < kStep ? n - i : kStep);
}

template <class T, bool kLog>
void contiguous_row(T* out, const T* in, int64_t n) {
  const T largest = fold_contiguous<T>(MaxFold<T>{}, in, n);
  const Batch<T> m(largest);
  if constexpr (kLog) {
    const T sum = fold_contiguous<T>(ExpSumFold<T>(m), in, n);
    const Batch<T> log_sum = math::log(Batch<T>(sum));
    each_register<T>(n, [&](int64_t i, int64_t lanes) {
      storeu_part<T>(out + i, loadu_part<T>(in + i, lanes) - m - log_sum, lanes);
    });
  } else {
    each_register<T>(n, [&](int64_t i, int64_t lanes) {
      storeu_part<T>(out + i, math::exp(loadu_part<T>(in + i, lanes) - m), lanes);
    });
    const Batch<T> sum(fold_contiguous<T>(SumFold<T>{}, out, n));
    each_register<T>(n, [&](int64_t i, int64_t lanes) {
      storeu_part<T>(out + i, loadu_part<T>(out + i, lanes) / sum, lanes);
    });
  }
}

/// One register of columns.
template <class T, bool kLog>
void column_register(T* out, const T* in, int64_t n, int64_t inner, int64_t lanes) {
  const Batch<T> m = fold_rows<T, 1>(MaxFold<T>{}, in, inner, n, lanes).v[0];
  if constexpr (kLog) {
    const Batch<T> log_sum = math::log(fold_rows<T, 1>(ExpSumFold<T>(m), in, inner, n, lanes).v[0]);
    for (int64_t k = 0; k < n; ++k) {
      const Batch<T> v = loadu_part<T>(in + k * inner, lanes);
      storeu_part<T>(out + k * inner, v - m - log_sum, lanes);
    }
  } else {
    for (int64_t k = 0; k < n; ++k) {
      const Batch<T> v = loadu_part<T>(in + k * inner, lanes);
      storeu_part<T>(out + k * inner, math::exp(v - m), lanes);
    }
    const Batch<T> sum = fold_rows<T, 1>(SumFold<T>{}, out, inner, n, lanes).v[0];
    for (int64_t k = 0; k < n; ++k) {
      const Batch<T> v = loadu_part<T>(out + k * inner, lanes);
      storeu_part<T>(out + k * inner, v / sum, lanes);
    }
  }
}

template <class T, bool kLog>
void softmax(T* out, const T* in, ReduceShape shape) {
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (shape.inner == 1) {
      contiguous_row<T, kLog>(out, in, shape.n);
    } else {
      each_register<T>(shape.inner, [&](int64_t j, int64_t lanes) {
        column_register<T, kLog>(out + j, in + j, shape.n, shape.inner, lanes);
      });
    }
    out += shape.n * shape.inner;
    in += shape.n * shape.inner;
  }
}

/// softmax: g_in = (g - sum(g * y)) * y;   log_softmax: g_in = g - exp(y) * sum(g).
template <class T, bool kLog>
GRADPAD_INLINE Batch<T> grad_term(Batch<T> g, Batch<T> y) {
  return kLog ? g : g * y;
}
template <class T, bool kLog>
GRADPAD_INLINE Batch<T> grad_value(Batch<T> g, Batch<T> y, Batch<T> sum) {
  if constexpr (kLog)
    return neg_mul_add<T>(math::exp(y), sum, g);
  else
    return (g - sum) * y;
}

template <class T, bool kLog>
void softmax_grad(T* grad_in, const T* grad_out, const T* out, ReduceShape shape) {
  constexpr int64_t kStep = kLanes<T>;
  const int64_t n = shape.n, inner = shape.inner;
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (inner == 1) {
      Batch<T> sums(T(0));
      int64_t i = 0;
      for (; i < n; i += kStep) {
        const int64_t lanes = n - i < kStep ? n - i : kStep;
        sums +=
            grad_term<T, kLog>(loadu_part<T>(grad_out + i, lanes), loadu_part<T>(out + i, lanes));
      }
      const Batch<T> sum(join_lanes<T>(SumFold<T>{}, sums));
      each_register<T>(n, [&](int64_t k, int64_t lanes) {
        storeu_part<T>(grad_in + k,
                       grad_value<T, kLog>(loadu_part<T>(grad_out + k, lanes),
                                           loadu_part<T>(out + k, lanes), sum),
                       lanes);
      });
    } else {
      each_register<T>(inner, [&](int64_t j, int64_t lanes) {
        Batch<T> sum(T(0));
        for (int64_t k = 0; k < n; ++k) {
          sum += grad_term<T, kLog>(loadu_part<T>(grad_out + k * inner + j, lanes),
                                    loadu_part<T>(out + k * inner + j, lanes));
        }
        for (int64_t k = 0; k < n; ++k) {
          const int64_t at = k * inner + j;
          storeu_part<T>(grad_in + at,
                         grad_value<T, kLog>(loadu_part<T>(grad_out + at, lanes),
                                             loadu_part<T>(out + at, lanes), sum),
                         lanes);
        }
      });
    }
    grad_in += n * inner;
    grad_out += n * inner;
    out += n * inner;
  }
}

template <class T>
void add_for(FloatKernels<T>& kernels) {
  kernels.softmax = softmax<T, false>;
  kernels.log_softmax = softmax<T, true>;
  kernels.softmax_grad = softmax_grad<T, false>;
  kernels.log_softmax_grad = softmax_grad<T, true>;
}

}  // namespace

void add_softmax(KernelTable& table) {
  add_for(table.f32);
  add_for(table.f64);
}

}  // namespace gradpad::kernels::GRADPAD_ISA
