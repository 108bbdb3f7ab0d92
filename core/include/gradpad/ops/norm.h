// Normalisation: mean and variance taken off, then a scale and shift; also embedding and vectors of
// unit length.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// (x - mean) / sqrt(var + eps) * weight + bias for each channel of [N, C, ...]. In training the
/// batch's statistics, which also move the running ones by `momentum`; otherwise the running ones.
Variable batch_norm(const Variable& input, const Variable& running_mean,
                    const Variable& running_var, const Variable& weight = {},
                    const Variable& bias = {}, bool training = false, double momentum = 0.1,
                    double eps = 1e-5);
/// The same for each sample and channel.
Variable instance_norm(const Variable& input, const Variable& running_mean = {},
                       const Variable& running_var = {}, const Variable& weight = {},
                       const Variable& bias = {}, bool use_input_stats = true,
                       double momentum = 0.1, double eps = 1e-5);
/// Over the last dimensions, of shape `normalized_shape`, as weight and bias are.
Variable layer_norm(const Variable& input, const Shape& normalized_shape,
                    const Variable& weight = {}, const Variable& bias = {}, double eps = 1e-5);
/// Over groups of channels of each sample; weight and bias are [C].
Variable group_norm(const Variable& input, int64_t num_groups, const Variable& weight = {},
                    const Variable& bias = {}, double eps = 1e-5);

/// Rows of `weight` at the places that `input` (int64 or int32) names. Row `padding_idx` gets no
/// gradient. IndexError for a place out of range.
Variable embedding(const Variable& input, const Variable& weight,
                   std::optional<int64_t> padding_idx = {}, bool scale_grad_by_freq = false);

/// input / max(norm, eps) along `dim`.
Variable normalize(const Variable& input, double p = 2, const Dims& dim = {1}, double eps = 1e-12);
/// The first half along `dim` times the sigmoid of the second.
Variable glu(const Variable& input, int64_t dim = -1);

namespace ops {

/// A tensor as [outer, channels, inner] with one mean and deviation for each channel, or, with
/// outer = 1, for each row.
struct Channels {
  int64_t outer = 1, channels = 1, inner = 1;
  int64_t per_channel() const { return outer * inner; }
};

/// Means and sums of squared deviations of the channels.
struct Statistics {
  Tensor mean, deviations;
};
Statistics channel_statistics(const Tensor& input, const Channels& shape);

/// 1 / sqrt(variances * scale + eps).
Tensor inverse_deviations(const Tensor& variances, double scale, double eps);

/// out = (x - mean) * inverse for each channel.
Tensor standardised(const Tensor& input, const Channels& shape, const Tensor& mean,
                    const Tensor& inverse);
/// The gradient of x of `standardised` where mean and inverse are x's own: inverse * (g - mean of g
/// - out * mean of g * out).
Tensor standardised_gradient(const Tensor& grad, const Tensor& out, const Channels& shape,
                             const Tensor& inverse);

}  // namespace ops

}  // namespace gradpad
