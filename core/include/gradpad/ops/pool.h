// Pooling: the largest element or the mean of each window, over one or two dimensions; input
// [N, C, L] or [N, C, H, W], or without N. An empty `stride` means the kernel's size. With
// `ceil_mode`, windows may reach over the end.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"
#include "gradpad/ops/reduce.h"

namespace gradpad {

/// The indices are places in the plane, row * width + column.
ValuesIndices max_pool1d_with_indices(const Variable& input, const Dims& kernel_size,
                                      const Dims& stride = {}, const Dims& padding = {0},
                                      const Dims& dilation = {1}, bool ceil_mode = false);
ValuesIndices max_pool2d_with_indices(const Variable& input, const Dims& kernel_size,
                                      const Dims& stride = {}, const Dims& padding = {0},
                                      const Dims& dilation = {1}, bool ceil_mode = false);
Variable max_pool1d(const Variable& input, const Dims& kernel_size, const Dims& stride = {},
                    const Dims& padding = {0}, const Dims& dilation = {1}, bool ceil_mode = false);
Variable max_pool2d(const Variable& input, const Dims& kernel_size, const Dims& stride = {},
                    const Dims& padding = {0}, const Dims& dilation = {1}, bool ceil_mode = false);
/// Zeros with each element put where its index says: undoes max_pool2d.
Variable max_unpool2d(const Variable& input, const Variable& indices, const Dims& output_size);

/// Padding counts as zeros if `count_include_pad`; divisor_override replaces the window's size.
Variable avg_pool1d(const Variable& input, const Dims& kernel_size, const Dims& stride = {},
                    const Dims& padding = {0}, bool ceil_mode = false,
                    bool count_include_pad = true);
Variable avg_pool2d(const Variable& input, const Dims& kernel_size, const Dims& stride = {},
                    const Dims& padding = {0}, bool ceil_mode = false,
                    bool count_include_pad = true, std::optional<int64_t> divisor_override = {});

/// Windows as even as can be for an output of the given size.
Variable adaptive_avg_pool1d(const Variable& input, const Dims& output_size);
Variable adaptive_avg_pool2d(const Variable& input, const Dims& output_size);
ValuesIndices adaptive_max_pool1d(const Variable& input, const Dims& output_size);
ValuesIndices adaptive_max_pool2d(const Variable& input, const Dims& output_size);

}  // namespace gradpad
