// The order of dimensions in memory: what PyTorch's TensorIterator and preserve_format go by.
#pragma once

#include <span>

#include "gradpad/tensor/tensor.h"

namespace gradpad {

/// Every byte between the first and the last element belongs to exactly one element.
bool is_dense(const Tensor& tensor);

/// The dimensions from the slowest to the fastest in memory. Among equals, and where a stride of 0
/// decides nothing, they keep their order; the first tensor that can decide does. All tensors have
/// the same shape.
Dims memory_order(std::span<const Tensor> tensors);

/// Uninitialised, of the same shape, its dimensions in the same order in memory and without gaps
/// (`torch.preserve_format`).
Tensor empty_like(const Tensor& tensor, DType dtype, Device device);
inline Tensor empty_like(const Tensor& tensor, DType dtype) {
  return empty_like(tensor, dtype, tensor.device());
}

/// For what is computed on the host whatever the device, so that a seed gives the same random
/// numbers everywhere: where the host cannot write the tensor, calls `fill` with one that it can,
/// of the same order in memory, and copies that. False where it can.
template <class Fill>
bool filled_on_host(const Tensor& tensor, Fill&& fill) {
  if (tensor.device().is_cpu()) return false;
  const Tensor host = empty_like(tensor, tensor.dtype(), Device());
  fill(host);
  tensor.copy_from(host);
  return true;
}

/// Throws PyTorch's error when elements of a tensor that is to be written share memory.
void check_no_internal_overlap(const Tensor& tensor);

}  // namespace gradpad
