// Dimensions sorted by stride, exactly as PyTorch sorts them: an insertion sort that knows
// ambiguous comparisons, for its result on ties is part of what users see (the order in which
// random numbers go into a transposed tensor, the strides of empty_like).
#include "tensor/layout.h"

#include <algorithm>
#include <numeric>

namespace gradpad {

namespace {

/// Positive when dimension `a`, now the faster one, must become slower than `b`; 0 when unknown.
int compare_speed(std::span<const Tensor> tensors, int64_t a, int64_t b) {
  for (const Tensor& tensor : tensors) {
    const int64_t stride_a = tensor.strides()[a], stride_b = tensor.strides()[b];
    if (stride_a == 0 || stride_b == 0) continue;
    if (stride_a != stride_b) return stride_a < stride_b ? -1 : 1;
    if (tensor.shape()[a] > tensor.shape()[b]) return 1;
  }
  return 0;
}

}  // namespace

bool is_dense(const Tensor& tensor) {
  Dims order(static_cast<size_t>(tensor.dim()), 0);
  std::iota(order.begin(), order.end(), int64_t{0});
  // Dimensions of one element can be anywhere: their strides lead nowhere.
  const auto end =
      std::remove_if(order.begin(), order.end(), [&](int64_t d) { return tensor.shape()[d] < 2; });
  std::sort(order.begin(), end,
            [&](int64_t a, int64_t b) { return tensor.strides()[a] < tensor.strides()[b]; });
  int64_t expected = 1;
  for (auto d = order.begin(); d != end; ++d) {
    if (tensor.strides()[*d] != expected) return false;
    expected *= tensor.shape()[*d];
  }
  return true;
}

Dims memory_order(std::span<const Tensor> tensors) {
  const int64_t dims = tensors[0].dim();
  // Fastest first while sorting, as in TensorIterator::reorder_dimensions.
  Dims order(static_cast<size_t>(dims), 0);
  for (int64_t i = 0; i < dims; ++i) order[i] = dims - 1 - i;
  for (int64_t i = 1; i < dims; ++i) {
    int64_t moving = i;
    for (int64_t other = i - 1; other >= 0; --other) {
      const int comparison = compare_speed(tensors, order[other], order[moving]);
      if (comparison < 0) break;
      if (comparison > 0) {
        std::swap(order[other], order[moving]);
        moving = other;
      }
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

Tensor empty_like(const Tensor& tensor, DType dtype, Device device) {
  Tensor plain = Tensor::empty(tensor.shape(), dtype, device);
  if (tensor.is_contiguous()) return plain;
  if (is_dense(tensor)) return plain.as_strided(tensor.shape(), tensor.strides(), 0);
  const Dims order = memory_order({&tensor, 1});
  Strides strides(tensor.shape().size(), 0);
  int64_t step = 1;
  for (int64_t i = tensor.dim() - 1; i >= 0; --i) {
    strides[order[i]] = step;
    step *= std::max<int64_t>(tensor.shape()[order[i]], 1);
  }
  return plain.as_strided(tensor.shape(), strides, 0);
}

void check_no_internal_overlap(const Tensor& tensor) {
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    if (tensor.strides()[d] == 0 && tensor.shape()[d] > 1) {
      fail(
          "unsupported operation: more than one element of the written-to tensor refers to a "
          "single memory location. Please clone() the tensor before performing the operation.");
    }
  }
}

}  // namespace gradpad
