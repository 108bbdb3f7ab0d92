// Loss functions. `reduction` is "mean", "sum" or "none" (the losses of the elements); ValueError
// for anything else.
#pragma once

#include <optional>
#include <string>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// (input - target)^2.
Variable mse_loss(const Variable& input, const Variable& target,
                  const std::string& reduction = "mean");
/// |input - target|.
Variable l1_loss(const Variable& input, const Variable& target,
                 const std::string& reduction = "mean");
/// With d = |input - target|: d^2 / (2 beta) below beta, d - beta / 2 above.
Variable smooth_l1_loss(const Variable& input, const Variable& target,
                        const std::string& reduction = "mean", double beta = 1);
/// With d = |input - target|: d^2 / 2 below delta, delta * (d - delta / 2) above.
Variable huber_loss(const Variable& input, const Variable& target,
                    const std::string& reduction = "mean", double delta = 1);

/// -weight[target] * input[target], for input [N, C, ...] of log-probabilities and target [N, ...]
/// of classes, or [C] and []. The mean is weighted; targets of `ignore_index` do not count.
/// IndexError for a class out of range.
Variable nll_loss(const Variable& input, const Variable& target, const Variable& weight = {},
                  int64_t ignore_index = -100, const std::string& reduction = "mean");
/// nll_loss(log_softmax(input), target); or, where target has input's shape, of probabilities.
Variable cross_entropy(const Variable& input, const Variable& target, const Variable& weight = {},
                       int64_t ignore_index = -100, const std::string& reduction = "mean",
                       double label_smoothing = 0);
/// -(target * log(input) + (1 - target) * log(1 - input)), the logarithms being at least -100.
Variable binary_cross_entropy(const Variable& input, const Variable& target,
                              const Variable& weight = {}, const std::string& reduction = "mean");
/// The same of sigmoid(input), without overflow; `pos_weight` multiplies target's part.
Variable binary_cross_entropy_with_logits(const Variable& input, const Variable& target,
                                          const Variable& weight = {},
                                          const std::string& reduction = "mean",
                                          const Variable& pos_weight = {});
/// target * (log(target) - input); reduction may be "batchmean" as well: the sum / N.
Variable kl_div(const Variable& input, const Variable& target,
                const std::string& reduction = "mean", bool log_target = false);

/// The cosine of the angle between vectors along `dim`.
Variable cosine_similarity(const Variable& x1, const Variable& x2, int64_t dim = 1,
                           double eps = 1e-8);
/// The p-norm of x1 - x2 + eps over the last dimension.
Variable pairwise_distance(const Variable& x1, const Variable& x2, double p = 2, double eps = 1e-6,
                           bool keepdim = false);

namespace ops {

/// Sum, mean, or the losses themselves.
Variable reduced_loss(const Variable& losses, const std::string& reduction);
/// What the arguments of PyTorch before 0.4.1 mean.
std::string legacy_reduction(std::optional<bool> size_average, std::optional<bool> reduce,
                             const std::string& reduction);

}  // namespace ops

}  // namespace gradpad
