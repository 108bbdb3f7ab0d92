// Convolutions over one or two dimensions: input [N, C, L] or [N, C, H, W], or without N; weight
// [out, C / groups, kernel...]. Lists of sizes have one number for each dimension, or one for all.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// out[n, o, x] = bias[o] + sum over c, k of weight[o, c, k] * input[n, c, x * stride - padding +
/// k * dilation], where input is 0 outside.
Variable conv1d(const Variable& input, const Variable& weight, const Variable& bias = {},
                const Dims& stride = {1}, const Dims& padding = {0}, const Dims& dilation = {1},
                int64_t groups = 1);
Variable conv2d(const Variable& input, const Variable& weight, const Variable& bias = {},
                const Dims& stride = {1}, const Dims& padding = {0}, const Dims& dilation = {1},
                int64_t groups = 1);
/// valid: no padding; same: such that the output has the size of the input (stride 1 only).
enum class Padding : uint8_t { valid, same };
Variable conv1d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, Padding padding, const Dims& dilation = {1},
                int64_t groups = 1);
Variable conv2d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, Padding padding, const Dims& dilation = {1},
                int64_t groups = 1);

/// The derivative of a convolution by its input, as a function: weight [C, out / groups,
/// kernel...]. The output is (size - 1) * stride - 2 * padding + dilation * (kernel - 1) +
/// output_padding + 1 long.
Variable conv_transpose1d(const Variable& input, const Variable& weight, const Variable& bias = {},
                          const Dims& stride = {1}, const Dims& padding = {0},
                          const Dims& output_padding = {0}, int64_t groups = 1,
                          const Dims& dilation = {1});
Variable conv_transpose2d(const Variable& input, const Variable& weight, const Variable& bias = {},
                          const Dims& stride = {1}, const Dims& padding = {0},
                          const Dims& output_padding = {0}, int64_t groups = 1,
                          const Dims& dilation = {1});

namespace ops {

/// A list of `count` sizes from one of them, or of one; nothing where it has another length.
std::optional<Dims> sizes_for(const Dims& given, int64_t count);

}  // namespace ops

}  // namespace gradpad
