// The table of kernels that a backend fills: all that is computed on elements, but for element-wise
// operations, whose definitions stand with the ops (ops/pointwise) and are turned into loops for
// each backend. Kernels know nothing of tensors: addresses of the device, sizes, and strides
// counted in elements unless named otherwise. What a kernel returns, or writes through a pointer
// called `host_...`, comes to the host. Memory is never allocated here for the caller, and errors
// are the caller's.
#pragma once

#include <cstdint>

#include "gradpad/tensor/device.h"
#include "gradpad/tensor/tensor.h"
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

/// Windows of images as columns: `planes` images of in[0] x in[1], each giving kernel[0] *
/// kernel[1] rows of out[0] * out[1] elements.
struct WindowShape {
  int64_t planes = 1;
  int64_t in[2] = {1, 1}, kernel[2] = {1, 1}, out[2] = {1, 1};
  int64_t stride[2] = {1, 1}, padding[2] = {0, 0}, dilation[2] = {1, 1};
};

/// A contiguous [outer][channels][inner], with one mean and deviation for each channel.
struct ChannelShape {
  int64_t outer = 1, channels = 1, inner = 1;
};

/// Targets [outer][inner] that name classes of an input [outer][classes][inner]. Those that are
/// `ignored` do not count.
struct ClassShape {
  int64_t outer = 1, classes = 1, inner = 1;
  int64_t ignored = 0;
};
/// Sums over the targets that count.
struct ClassTotals {
  double loss = 0, weight = 0;
};

/// What scan accumulates.
enum class ScanOp : uint8_t {
  Sum,
  Prod,
  LogSumExp,  ///< floating only
};

/// Which element of a sorted row pick takes.
enum class RowPick : uint8_t {
  Kth,     ///< the k-th from 0
  Median,  ///< the lower middle, or the first NaN if there is one
  Mode,    ///< the most frequent; of equally frequent ones the smallest; its last place
};

/// places[i] = places[i] * grow + index[i] * step, where a negative index counts from `size` if
/// `wraps`. With grow == 0 the places are only written.
struct IndexFold {
  int64_t count = 0, size = 0, grow = 0, step = 1;
  bool wraps = false;
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
  void (*dot)(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out);

  /// Over the middle dimension; `out` may be `in`.
  void (*softmax)(T* out, const T* in, ReduceShape shape);
  void (*log_softmax)(T* out, const T* in, ReduceShape shape);
  /// grad_in from grad_out and the forward's output; `grad_in` may be `grad_out`.
  void (*softmax_grad)(T* grad_in, const T* grad_out, const T* out, ReduceShape shape);
  void (*log_softmax_grad)(T* grad_in, const T* grad_out, const T* out, ReduceShape shape);
  /// Mean, and sum of squared deviations from it (two passes).
  void (*moments)(T* mean, T* deviations, const T* in, ReduceShape shape);
  /// Of the runs [outer][channels] of `inner` elements to those of the channels: overwrites.
  void (*merge_moments)(const ChannelShape&, const T* run_means, const T* run_deviations, T* mean,
                        T* deviations);
  /// 1 / sqrt(variances * scale + eps), computed in double.
  void (*inverse_deviations)(int64_t n, const T* variances, double scale, double eps, T* out);
  /// (in - mean) * inverse for each channel.
  void (*standardise)(const ChannelShape&, const T* in, const T* mean, const T* inverse, T* out);
  /// inverse * (g - mean of g - out * mean of g * out): the gradient where mean and inverse are the
  /// input's own and `out` is what standardise gave.
  void (*standardise_grad)(const ChannelShape&, const T* grad_out, const T* out, const T* inverse,
                           T* grad_in);

  /// `bias` may be null. grad_input and grad_weight overwrite. The transposed convolution is
  /// grad_input with input and output exchanged.
  void (*conv)(const ConvShape&, const T* in, const T* weight, const T* bias, T* out);
  void (*conv_grad_input)(const ConvShape&, const T* grad_out, const T* weight, T* grad_in);
  void (*conv_grad_weight)(const ConvShape&, const T* grad_out, const T* in, T* grad_weight);

  /// `indices`: of the maximum within its plane (row * in[1] + column); may be null.
  void (*max_pool)(const PoolShape&, const T* in, T* out, int64_t* indices);
  /// Adds each grad_out where its index points; overwrites grad_in. Any indices of the plane.
  void (*max_pool_grad)(const PoolShape&, const T* grad_out, const int64_t* indices, T* grad_in);
  /// Only planes, in and out count, here and below.
  void (*adaptive_max_pool)(const PoolShape&, const T* in, T* out, int64_t* indices);
  void (*avg_pool)(const PoolShape&, const T* in, T* out);
  void (*avg_pool_grad)(const PoolShape&, const T* grad_out, T* grad_in);
  void (*adaptive_avg_pool)(const PoolShape&, const T* in, T* out);
  void (*adaptive_avg_pool_grad)(const PoolShape&, const T* grad_out, T* grad_in);

  /// Zeros where a window leaves the image.
  void (*im2col)(const WindowShape&, const T* images, T* columns);
  /// Its transpose: overwrites `images` with the sums.
  void (*col2im)(const WindowShape&, const T* columns, T* images);

  /// -weight[c] * in[.., c, ..] for each target c, 0 for the ignored; `weight` null is 1. Either
  /// each stands in `out`, or `out` is null and their sums go to the host. Returns the first target
  /// that is out of range, or -1.
  int64_t (*nll)(const ClassShape&, const T* in, const int64_t* target, const T* weight, T* out,
                 ClassTotals* host_totals);
  /// Overwrites grad_in with -weight[c] / divisor at the targets, 0 elsewhere.
  void (*nll_grad)(const ClassShape&, const int64_t* target, const T* weight, double divisor,
                   T* grad_in);
};

/// Kernels of the integer types. Sums wrap around.
template <class T>
struct IntKernels {
  void (*gemm)(const Gemm<T>&);
  void (*dot)(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out);
};

struct KernelTable {
  Isa isa;  ///< of the CPU's tables

  FloatKernels<float> f32;
  FloatKernels<double> f64;
  IntKernels<int64_t> i64;
  IntKernels<int32_t> i32;
  IntKernels<uint8_t> u8;

  /// Null where an op has no such input type. The output's type stands at ReduceOp.
  ReduceFn reductions[kReduceOpCount][kDTypeCount];
  ArgReduceFn arg_max[kDTypeCount];
  ArgReduceFn arg_min[kDTypeCount];

  /// out[i] = table[indices[i]], rows of `row` contiguous elements. Indices are checked by the
  /// caller.
  void (*gather_rows)(void* out, const void* table, const int64_t* indices, int64_t count,
                      int64_t row, DType dtype);
  /// table[indices[i]] += rows[i], in order.
  void (*scatter_add_rows)(void* table, const void* rows, const int64_t* indices, int64_t count,
                           int64_t row, DType dtype);
  /// table[indices[i]] = rows[i], in order.
  void (*put_rows)(void* table, const void* rows, const int64_t* indices, int64_t count,
                   int64_t row, DType dtype);

  /// out[i] = out[i - 1] op in[i] along the middle dimension.
  void (*scan)(ScanOp op, void* out, const void* in, ReduceShape shape, DType dtype);
  /// The running maximum (or minimum) along the middle dimension with its place: of equals the
  /// last. NaN wins and stays, its newest place being given.
  void (*scan_extreme)(bool largest, void* values, int64_t* indices, const void* in,
                       ReduceShape shape, DType dtype);

  /// The first k of the sorted rows along the middle dimension, out[outer][k][inner], with their
  /// places. Equals keep their order; NaN counts as the largest.
  void (*sort)(void* values, int64_t* indices, const void* in, ReduceShape shape, int64_t k,
               bool descending, DType dtype);
  /// One element of each row in ascending order, with its place; n > 0.
  void (*pick)(RowPick what, int64_t k, void* values, int64_t* indices, const void* in,
               ReduceShape shape, DType dtype);

  /// out[i] = offset + the sum of index times stride, for the i-th index of `shape` in row-major
  /// order.
  void (*positions)(int64_t* out, const int64_t* shape, const int64_t* strides, int dims,
                    int64_t offset);
  /// Returns the first i whose index is out of range, or -1. With null places it only looks for
  /// that.
  int64_t (*fold_index)(int64_t* places, const int64_t* index, const IndexFold& fold);
  /// Matrices out[count][rows][columns] with the elements of `in` whose column - row is at most (if
  /// `lower`) or at least `diagonal`, and zeros.
  void (*triangle)(void* out, const void* in, int64_t count, int64_t rows, int64_t columns,
                   int64_t diagonal, bool lower, DType dtype);
  /// The indices of the elements that are true, a row of `dims` for each. The caller has counted
  /// them.
  void (*nonzero)(int64_t* out, const bool* flags, const int64_t* shape, int dims);

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

/// The CPU's table, of the active instruction set (isa.h).
const KernelTable& kernels();

/// The table of a device other than the CPU. RuntimeError where it is not available.
const KernelTable& device_kernels(Device device);

inline const KernelTable& kernels(Device device) {
  return device.is_cpu() ? kernels() : device_kernels(device);
}

/// The table for operands that must all be on one device; undefined ones count for nothing.
/// PyTorch's RuntimeError where they are not.
template <class... More>
const KernelTable& kernels_for(const Tensor& first, const More&... more) {
  const auto check = [&](const Tensor& other) {
    if (other.defined() && other.device() != first.device()) {
      fail_two_devices(first.device(), other.device());
    }
  };
  (check(more), ...);
  return kernels(first.device());
}

/// The table of one instruction set that available_isas() names: for tests that compare them.
const KernelTable& kernels_of(Isa isa);

}  // namespace gradpad::kernels
