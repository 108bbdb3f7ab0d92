// The table of kernels that a backend fills. Kernels know nothing of tensors: raw pointers, sizes,
// and strides counted in elements unless named otherwise. Element-wise operations are not here:
// each stands with its op and is turned into loops by cpu/loops.h.
#pragma once

#include <cstdint>

#include "gradpad/tensor/dtype.h"
#include "kernels/isa.h"

namespace gradpad::kernels {

/// C = alpha * A * B + beta * C, where A is m x k, B is k x n and C is m x n, for `batch` of them.
/// Any strides for A and B, so a transpose costs no copy, and stride 0 broadcasts; the columns of C
/// are contiguous. With beta == 0, C is only written. C may not overlap A or B.
template <class T>
struct Gemm {
  int64_t m = 0, n = 0, k = 0;
  const T* a = nullptr;
  int64_t a_row = 0, a_col = 1;
  const T* b = nullptr;
  int64_t b_row = 0, b_col = 1;
  T* c = nullptr;
  int64_t c_row = 0;
  T alpha = T(1), beta = T(0);
  int64_t batch = 1;
  int64_t a_batch = 0, b_batch = 0, c_batch = 0;
};

/// What a reduction over the middle dimension of a contiguous `in[outer][n][inner]` gives, in a
/// contiguous `out[outer][inner]`.
struct ReduceShape {
  int64_t outer = 1, n = 0, inner = 1;
};

enum class ReduceOp : uint8_t {
  Sum,         ///< float: pairwise; float32/64 keep their type, all others give int64
  Prod,        ///< types as Sum
  Max,         ///< NaN wins, as in PyTorch; same type; n > 0
  Min,         ///< NaN wins; same type; n > 0
  Any,         ///< bool
  All,         ///< bool
  SumAbs,      ///< floating only: the 1-norm
  SumSquares,  ///< floating only: the square of the 2-norm
};
inline constexpr int kReduceOpCount = 8;

using ReduceFn = void (*)(void* out, const void* in, ReduceShape shape);
/// Max or Min with the index of its first occurrence (of the first NaN, if any); `values` may be
/// null for argmax alone.
using ArgReduceFn = void (*)(void* values, int64_t* indices, const void* in, ReduceShape shape);

/// Sizes of a convolution: input [batch][in_channels][in[0]][in[1]], weight
/// [out_channels][in_channels / groups][kernel[0]][kernel[1]], output
/// [batch][out_channels][out[0]][out[1]], all contiguous. A 1-d convolution has in[0] = 1 =
/// kernel[0].
struct ConvShape {
  int64_t batch = 1, in_channels = 1, out_channels = 1, groups = 1;
  int64_t in[2] = {1, 1}, kernel[2] = {1, 1}, out[2] = {1, 1};
  int64_t stride[2] = {1, 1}, padding[2] = {0, 0}, dilation[2] = {1, 1};
};

/// Sizes of a pooling of `planes` contiguous planes (batch x channels) of in[0] x in[1] values. The
/// caller has worked out `out` (ceil_mode or not: see pool_out_size).
struct PoolShape {
  int64_t planes = 1;
  int64_t in[2] = {1, 1}, kernel[2] = {1, 1}, out[2] = {1, 1};
  int64_t stride[2] = {1, 1}, padding[2] = {0, 0}, dilation[2] = {1, 1};
  bool count_include_pad = true;  ///< average pooling only
  int64_t divisor_override = 0;   ///< average pooling only; 0: none
};

/// Output sizes as PyTorch has them. A window of `ceil_mode` never starts in the right padding.
int64_t conv_out_size(int64_t in, int64_t kernel, int64_t stride, int64_t padding,
                      int64_t dilation);
int64_t pool_out_size(int64_t in, int64_t kernel, int64_t stride, int64_t padding, int64_t dilation,
                      bool ceil_mode);

/// Kernels of the floating types.
template <class T>
struct FloatKernels {
  void (*gemm)(const Gemm<T>&);
  T (*dot)(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride);

  /// Over the middle dimension; `out` may be `in`.
  void (*softmax)(T* out, const T* in, ReduceShape shape);
  void (*log_softmax)(T* out, const T* in, ReduceShape shape);
  /// grad_in from grad_out and the forward's output; `grad_in` may be `grad_out`.
  void (*softmax_grad)(T* grad_in, const T* grad_out, const T* out, ReduceShape shape);
  void (*log_softmax_grad)(T* grad_in, const T* grad_out, const T* out, ReduceShape shape);
  /// Mean, and sum of squared deviations from it (two passes).
  void (*moments)(T* mean, T* deviations, const T* in, ReduceShape shape);

  /// `bias` may be null. grad_input and grad_weight overwrite. The transposed convolution is
  /// grad_input with input and output exchanged.
  void (*conv)(const ConvShape&, const T* in, const T* weight, const T* bias, T* out);
  void (*conv_grad_input)(const ConvShape&, const T* grad_out, const T* weight, T* grad_in);
  void (*conv_grad_weight)(const ConvShape&, const T* grad_out, const T* in, T* grad_weight);

  /// `indices`: of the maximum within its plane (row * in[1] + column); may be null.
  void (*max_pool)(const PoolShape&, const T* in, T* out, int64_t* indices);
  /// Adds each grad_out where its index points; overwrites grad_in. Any indices of the plane.
  void (*max_pool_grad)(const PoolShape&, const T* grad_out, const int64_t* indices, T* grad_in);
  void (*avg_pool)(const PoolShape&, const T* in, T* out);
  void (*avg_pool_grad)(const PoolShape&, const T* grad_out, T* grad_in);
  /// Only planes, in and out count.
  void (*adaptive_avg_pool)(const PoolShape&, const T* in, T* out);
  void (*adaptive_avg_pool_grad)(const PoolShape&, const T* grad_out, T* grad_in);
};

/// Kernels of the integer types. Sums wrap around.
template <class T>
struct IntKernels {
  void (*gemm)(const Gemm<T>&);
  T (*dot)(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride);
};

/// A strided array on one side of a copy. Strides in bytes.
struct CopySide {
  char* data = nullptr;
  DType dtype = DType::Float32;
  const int64_t* strides = nullptr;
};

struct KernelTable {
  Isa isa;

  FloatKernels<float> f32;
  FloatKernels<double> f64;
  IntKernels<int64_t> i64;
  IntKernels<int32_t> i32;
  IntKernels<uint8_t> u8;

  /// Null where an op has no such input type. The output's type stands at ReduceOp.
  ReduceFn reductions[kReduceOpCount][kDTypeCount];
  ArgReduceFn arg_max[kDTypeCount];
  ArgReduceFn arg_min[kDTypeCount];

  /// out[...] = in[...] with conversion, over `dims` dimensions of sizes `shape`. Floats become
  /// integers by truncation, and the smallest integer where they are NaN or out of range (uint8:
  /// the low byte of the int64); anything becomes bool by `!= 0`. The sides may not overlap unless
  /// they are the same.
  void (*copy)(CopySide out, CopySide in, const int64_t* shape, int dims);
  /// Sets n contiguous elements to the one at `value`.
  void (*fill)(void* out, DType dtype, const void* value, int64_t n);

  /// out[i] = table[indices[i]], rows of `row` contiguous elements. Indices are checked by the
  /// caller.
  void (*gather_rows)(void* out, const void* table, const int64_t* indices, int64_t count,
                      int64_t row, DType dtype);
  /// table[indices[i]] += rows[i], in order.
  void (*scatter_add_rows)(void* table, const void* rows, const int64_t* indices, int64_t count,
                           int64_t row, DType dtype);

  /// FloatKernels or IntKernels of an element type: `kernels().of<float>().gemm({...})`.
  template <class T>
  constexpr const auto& of() const {
    if constexpr (dtype_of<T> == DType::Float32) {
      return f32;
    } else if constexpr (dtype_of<T> == DType::Float64) {
      return f64;
    } else if constexpr (dtype_of<T> == DType::Int64) {
      return i64;
    } else if constexpr (dtype_of<T> == DType::Int32) {
      return i32;
    } else {
      return u8;
    }
  }
  ReduceFn reduce(ReduceOp op, DType dtype) const {
    return reductions[static_cast<int>(op)][static_cast<int>(dtype)];
  }
};

/// The table of the active instruction set (isa.h).
const KernelTable& kernels();

/// The table of one instruction set that available_isas() names: for tests that compare them.
const KernelTable& kernels_of(Isa isa);

}  // namespace gradpad::kernels
