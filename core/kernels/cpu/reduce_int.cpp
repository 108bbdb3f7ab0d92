// Reductions of the integers and bool, and any/all of every type, over the middle of
// in[outer][n][inner].
#include <limits>
#include <type_traits>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

// The folds: Out, start() and add(). Sums and products wrap around, so they are unsigned inside.

template <class T>
struct IntSum {
  using Out = int64_t;
  static Out start() { return 0; }
  static Out add(Out s, T v) {
    return static_cast<Out>(static_cast<uint64_t>(s) + static_cast<uint64_t>(v));
  }
};

template <class T>
struct IntProd {
  using Out = int64_t;
  static Out start() { return 1; }
  static Out add(Out s, T v) {
    return static_cast<Out>(static_cast<uint64_t>(s) * static_cast<uint64_t>(v));
  }
};

template <class T>
struct IntMax {
  using Out = T;
  static Out start() { return std::numeric_limits<T>::min(); }
  static Out add(Out s, T v) { return v > s ? v : s; }
};

template <class T>
struct IntMin {
  using Out = T;
  static Out start() { return std::numeric_limits<T>::max(); }
  static Out add(Out s, T v) { return v < s ? v : s; }
};

template <class T>
struct AnyFold {
  using Out = uint8_t;
  static Out start() { return 0; }
  static Out add(Out s, T v) { return static_cast<Out>(s | static_cast<Out>(v != T(0))); }
};

template <class T>
struct AllFold {
  using Out = uint8_t;
  static Out start() { return 1; }
  static Out add(Out s, T v) { return static_cast<Out>(s & static_cast<Out>(v != T(0))); }
};

template <class T, template <class> class Fold>
void reduce(void* out_, const void* in_, ReduceShape shape) {
  using Out = typename Fold<T>::Out;
  Out* out = static_cast<Out*>(out_);
  const T* in = static_cast<const T*>(in_);
  for (int64_t o = 0; o < shape.outer; ++o) {
    if (shape.inner == 1) {
      Out sum = Fold<T>::start();
      for (int64_t k = 0; k < shape.n; ++k) sum = Fold<T>::add(sum, in[k]);
      *out = sum;
    } else {
      for (int64_t j = 0; j < shape.inner; ++j) out[j] = Fold<T>::start();
      for (int64_t k = 0; k < shape.n; ++k) {
        const T* const row = in + k * shape.inner;
        for (int64_t j = 0; j < shape.inner; ++j) out[j] = Fold<T>::add(out[j], row[j]);
      }
    }
    out += shape.inner;
    in += shape.n * shape.inner;
  }
}

template <class T, bool kMax>
void arg_reduce(void* values_, int64_t* indices, const void* in_, ReduceShape shape) {
  T* values = static_cast<T*>(values_);
  const T* in = static_cast<const T*>(in_);
  for (int64_t o = 0; o < shape.outer; ++o) {
    for (int64_t j = 0; j < shape.inner; ++j) {
      T best = in[j];
      int64_t where = 0;
      for (int64_t k = 1; k < shape.n; ++k) {
        const T v = in[k * shape.inner + j];
        if (kMax ? v > best : v < best) {
          best = v;
          where = k;
        }
      }
      *indices++ = where;
      if (values != nullptr) *values++ = best;
    }
    in += shape.n * shape.inner;
  }
}

// Bools are bytes of 0 and 1: they share the kernels of uint8.
template <class T>
void add_for(KernelTable& table, DType dtype) {
  const int type = static_cast<int>(dtype);
  const auto set = [&](ReduceOp op, ReduceFn fn) {
    table.reductions[static_cast<int>(op)][type] = fn;
  };
  set(ReduceOp::Any, reduce<T, AnyFold>);
  set(ReduceOp::All, reduce<T, AllFold>);
  if constexpr (std::is_integral_v<T>) {
    set(ReduceOp::Sum, reduce<T, IntSum>);
    set(ReduceOp::Prod, reduce<T, IntProd>);
    set(ReduceOp::Max, reduce<T, IntMax>);
    set(ReduceOp::Min, reduce<T, IntMin>);
    table.arg_max[type] = arg_reduce<T, true>;
    table.arg_min[type] = arg_reduce<T, false>;
  }
}

}  // namespace

void add_integer_reductions(KernelTable& table) {
  add_for<uint8_t>(table, DType::UInt8);
  add_for<uint8_t>(table, DType::Bool);
  add_for<int32_t>(table, DType::Int32);
  add_for<int64_t>(table, DType::Int64);
  add_for<float>(table, DType::Float32);
  add_for<double>(table, DType::Float64);
}

}  // namespace gradpad::kernels
