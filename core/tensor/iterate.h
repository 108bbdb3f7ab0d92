// Walking several tensors of one (broadcast) shape together: dimensions that can be walked as one
// are merged, and the innermost is handed to a row function with byte strides.
#pragma once

#include <array>
#include <cstdint>

#include "gradpad/tensor/tensor.h"

namespace gradpad {

/// One tensor taking part in a walk.
struct LoopOperand {
  explicit LoopOperand(const Tensor& tensor)
      : data(tensor.bytes()),
        item(item_size(tensor.dtype())),
        shape(&tensor.shape()),
        strides(&tensor.strides()),
        contiguous(tensor.is_contiguous()) {}

  /// One element outside any tensor, broadcast to whatever shape.
  LoopOperand(void* element, int64_t size, const Shape& no_dims)
      : data(static_cast<char*>(element)),
        item(size),
        shape(&no_dims),
        strides(&no_dims),
        contiguous(true) {}

  char* data;
  int64_t item;
  const Shape* shape;
  const Strides* strides;
  bool contiguous;
};

namespace detail {

inline constexpr int kMaxLoopOperands = 5;
inline constexpr int kMaxLoopDims = 64;

/// Shape and byte strides of a walk, innermost dimension last, merged as far as strides allow.
template <size_t N>
struct LoopPlan {
  int dims = 0;
  std::array<int64_t, kMaxLoopDims> size;
  std::array<std::array<int64_t, N>, kMaxLoopDims> stride;

  LoopPlan(const Shape& shape, const std::array<LoopOperand, N>& operands) {
    if (shape.size() > kMaxLoopDims) fail("tensors of over ", kMaxLoopDims, " dimensions");
    for (int64_t d = 0; d < shape.ssize(); ++d) {
      if (shape[d] == 1) continue;
      std::array<int64_t, N> step;
      for (size_t k = 0; k < N; ++k) {
        const LoopOperand& operand = operands[k];
        const int64_t own = d - (shape.ssize() - operand.shape->ssize());
        step[k] =
            own < 0 || (*operand.shape)[own] == 1 ? 0 : (*operand.strides)[own] * operand.item;
      }
      if (dims > 0 && merges(stride[dims - 1], step, shape[d])) {
        size[dims - 1] *= shape[d];
        stride[dims - 1] = step;
      } else {
        size[dims] = shape[d];
        stride[dims++] = step;
      }
    }
    if (dims == 0) {
      size[0] = 1;
      stride[0].fill(0);
      for (size_t k = 0; k < N; ++k) stride[0][k] = operands[k].item;
      dims = 1;
    }
  }

 private:
  static bool merges(const std::array<int64_t, N>& outer, const std::array<int64_t, N>& inner,
                     int64_t size) {
    for (size_t k = 0; k < N; ++k) {
      if (outer[k] != inner[k] * size) return false;
    }
    return true;
  }
};

}  // namespace detail

/// Calls `row(char* const* pointers, const int64_t* byte_strides, int64_t n)` for every row of
/// `shape`. Operands broadcast to it: their missing or size-1 dimensions get stride 0.
template <size_t N, class Row>
void for_each_row(const Shape& shape, const std::array<LoopOperand, N>& operands, Row&& row) {
  static_assert(N <= detail::kMaxLoopOperands);
  std::array<char*, N> pointers;
  bool whole = true;
  for (size_t k = 0; k < N; ++k) {
    pointers[k] = operands[k].data;
    whole &= operands[k].contiguous && *operands[k].shape == shape;
  }
  if (whole) {
    std::array<int64_t, N> steps;
    for (size_t k = 0; k < N; ++k) steps[k] = operands[k].item;
    const int64_t n = numel_of(shape);
    if (n > 0) row(pointers.data(), steps.data(), n);
    return;
  }
  if (numel_of(shape) == 0) return;
  const detail::LoopPlan<N> plan(shape, operands);
  const int inner = plan.dims - 1;
  std::array<int64_t, detail::kMaxLoopDims> index{};
  while (true) {
    row(pointers.data(), plan.stride[inner].data(), plan.size[inner]);
    int d = inner - 1;
    for (; d >= 0; --d) {
      for (size_t k = 0; k < N; ++k) pointers[k] += plan.stride[d][k];
      if (++index[d] < plan.size[d]) break;
      for (size_t k = 0; k < N; ++k) pointers[k] -= plan.stride[d][k] * plan.size[d];
      index[d] = 0;
    }
    if (d < 0) return;
  }
}

/// Braced operands: `for_each_row(shape, {LoopOperand(a), LoopOperand(b)}, row)`.
template <size_t N, class Row>
void for_each_row(const Shape& shape, LoopOperand const (&operands)[N], Row&& row) {
  for_each_row(shape, std::to_array(operands), std::forward<Row>(row));
}

}  // namespace gradpad
