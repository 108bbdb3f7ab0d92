// Losses and measures made of other operations: divergences, similarities, margins.
#include <cmath>

#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/loss.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

using ops::legacy_reduction;
using ops::reduced_loss;

Variable at_least(const Variable& v, double low) { return clamp(v, low, {}); }

/// x * log(x), and 0 for 0.
Variable x_log_x(const Variable& x) {
  const Variable zero = eq(x, 0);
  return where(zero, Variable(0.0), x * log(where(zero, Variable(1.0), x)));
}

}  // namespace

Variable kl_div(const Variable& input, const Variable& target, const std::string& reduction,
                bool log_target) {
  const Variable losses =
      log_target ? exp(target) * (target - input) : x_log_x(target) - target * input;
  if (reduction != "batchmean") return reduced_loss(losses, reduction);
  const Variable total = sum(losses);
  return input.dim() == 0 ? total : total / input.size(0);
}

Variable cosine_similarity(const Variable& x1, const Variable& x2, int64_t dim, double eps) {
  // Each is divided by its own norm first, which keeps large vectors finite.
  const auto unit = [&](const Variable& x) {
    return x / sqrt(at_least(sum(square(x), Dims{dim}, true), eps * eps));
  };
  if (!is_floating(promote_types(x1.dtype(), x2.dtype()))) {
    fail("expected common dtype to be floating point, yet common dtype is ",
         scalar_type_name(promote_types(x1.dtype(), x2.dtype())));
  }
  wrap_dim(dim, std::max(x1.dim(), x2.dim()));
  const Shape shape = broadcast_shapes(x1.shape(), x2.shape());
  const auto whole = [&](const Variable& x) { return x.shape() == shape ? x : expand(x, shape); };
  return sum(unit(whole(x1)) * unit(whole(x2)), Dims{dim});
}

Variable pairwise_distance(const Variable& x1, const Variable& x2, double p, double eps,
                           bool keepdim) {
  return norm(x1 - x2 + eps, p, {-1}, keepdim);
}

namespace {

Variable kl_div_legacy(const Variable& input, const Variable& target,
                       std::optional<bool> size_average, std::optional<bool> reduce,
                       const std::string& reduction, bool log_target) {
  return kl_div(input, target, legacy_reduction(size_average, reduce, reduction), log_target);
}

Variable cosine_embedding_loss(const Variable& input1, const Variable& input2,
                               const Variable& target, double margin,
                               std::optional<bool> size_average, std::optional<bool> reduce,
                               const std::string& reduction) {
  if (target.dim() > 1 || input1.dim() != input2.dim() || input1.dim() != target.dim() + 1) {
    fail(target.dim(), "D target tensor expects ", target.dim() + 1,
         "D input tensors, but found inputs with sizes ", to_string(input1.shape()), " and ",
         to_string(input2.shape()), ".");
  }
  const int64_t dim = target.dim();
  const double kEps = 1e-12;
  const Variable size1 = sum(input1 * input1, Dims{dim}) + kEps;
  const Variable size2 = sum(input2 * input2, Dims{dim}) + kEps;
  const Variable cosine = sum(input1 * input2, Dims{dim}) / sqrt(size1 * size2);
  const Variable alike = where(eq(target, 1), 1 - cosine, Variable(0.0));
  const Variable apart = where(eq(target, -1), at_least(cosine - margin, 0), Variable(0.0));
  return reduced_loss(alike + apart, legacy_reduction(size_average, reduce, reduction));
}

Variable hinge_embedding_loss(const Variable& input, const Variable& target, double margin,
                              std::optional<bool> size_average, std::optional<bool> reduce,
                              const std::string& reduction) {
  const Variable apart = where(ne(target, 1), at_least(margin - input, 0), Variable(0.0));
  const Variable alike = where(ne(target, -1), input, Variable(0.0));
  return reduced_loss(apart + alike, legacy_reduction(size_average, reduce, reduction));
}

Variable margin_ranking_loss(const Variable& input1, const Variable& input2, const Variable& target,
                             double margin, std::optional<bool> size_average,
                             std::optional<bool> reduce, const std::string& reduction) {
  if (input1.dim() != input2.dim() || input1.dim() != target.dim()) {
    fail(
        "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
        "input1: ",
        size_repr(input1.shape()), ", input2: ", size_repr(input2.shape()),
        ", target: ", size_repr(target.shape()), " ");
  }
  return reduced_loss(at_least(-target * (input1 - input2) + margin, 0),
                      legacy_reduction(size_average, reduce, reduction));
}

/// The batch as rows, and where the target class of each row is.
struct Rows {
  int64_t count, classes;
};

Rows rows_of(const Variable& input, const Variable& target, std::string_view name) {
  const Rows rows{input.dim() == 2 ? input.size(0) : 1, input.size(-1)};
  if (input.dim() > 2 || input.numel() == 0 || target.numel() != rows.count) {
    fail(name, ": inconsistent target size, expected ", rows.count, " but got ",
         to_string(target.shape()));
  }
  return rows;
}

Variable multi_margin_loss(const Variable& input, const Variable& target, int64_t p, double margin,
                           const Variable& weight, std::optional<bool> size_average,
                           std::optional<bool> reduce, const std::string& reduction) {
  if (p != 1 && p != 2) fail(ErrorKind::Value, "only p == 1 and p == 2 supported");
  ops::check_constant("multi_margin_loss", "weight", weight);
  const Rows rows = rows_of(input, target, "multi_margin_loss");
  const Variable classes(target.data().reshape({rows.count, 1}));
  if (any(logical_or(lt(classes, 0), ge(classes, rows.classes))).item().truth()) {
    fail("target out of range");
  }
  const std::string how = legacy_reduction(size_average, reduce, reduction);
  return ops::fused("MultiMarginLossBackward0", {input}, [=](const Variables& in) {
    const Variable x = reshape(in[0], {rows.count, rows.classes});
    Variable losses = at_least(margin - gather(x, 1, classes) + x, 0);
    if (p == 2) losses = square(losses);
    if (weight.defined()) {
      losses = losses * reshape(index_select(weight, 0, reshape(classes, {-1})), {rows.count, 1});
    }
    losses = scatter(losses, 1, classes,
                     Variable(Tensor::zeros(classes.shape(), x.dtype(), x.device())));
    const Variable each = sum(losses, Dims{1}) / rows.classes;
    return reduced_loss(in[0].dim() < 2 ? select(each, 0, 0) : each, how);
  });
}

Variable multilabel_margin_loss(const Variable& input, const Variable& target,
                                std::optional<bool> size_average, std::optional<bool> reduce,
                                const std::string& reduction) {
  if (input.dim() > 2 || input.shape() != target.shape()) {
    fail("inconsistent target size: ", to_string(target.shape()),
         " for input of size: ", to_string(input.shape()));
  }
  const int64_t classes = input.size(-1), count = input.numel() / std::max<int64_t>(classes, 1);
  // The targets of a row end at the first -1.
  const ops::HostArray<int64_t> labels(target.data());
  Tensor wanted, others;
  dispatch_floating(input.dtype(), "multilabel_margin_loss", [&]<class T>() {
    const auto named = ops::HostArray<T>::zeros({count, classes});
    for (int64_t i = 0; i < count; ++i) {
      for (int64_t j = 0; j < classes; ++j) {
        const int64_t label = labels[i * classes + j];
        if (label < 0) break;
        if (label >= classes) fail("target out of range");
        named[i * classes + label] += T(1);
      }
    }
    wanted = named.on(input.device());
    others = eq(Variable(wanted), 0).data().to(input.dtype());
  });
  const std::string how = legacy_reduction(size_average, reduce, reduction);
  return ops::fused("MultilabelMarginLossBackward0", {input}, [=](const Variables& in) {
    const Variable x = reshape(in[0], {count, classes});
    const Variable margins = at_least(1 - unsqueeze(x, 2) + unsqueeze(x, 1), 0);
    const Variable pairs = unsqueeze(Variable(wanted), 2) * unsqueeze(Variable(others), 1);
    const Variable each = sum(margins * pairs, Dims{1, 2}) / classes;
    return reduced_loss(in[0].dim() < 2 ? select(each, 0, 0) : each, how);
  });
}

Variable multilabel_soft_margin_loss(const Variable& input, const Variable& target,
                                     const Variable& weight, std::optional<bool> size_average,
                                     std::optional<bool> reduce, const std::string& reduction) {
  Variable losses = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input));
  if (weight.defined()) losses = losses * weight;
  return reduced_loss(sum(losses, Dims{-1}) / input.size(-1),
                      legacy_reduction(size_average, reduce, reduction));
}

Variable triplet_margin_loss(const Variable& anchor, const Variable& positive,
                             const Variable& negative, double margin, double p, double eps,
                             bool swap, std::optional<bool> size_average,
                             std::optional<bool> reduce, const std::string& reduction) {
  const Variable near = pairwise_distance(anchor, positive, p, eps);
  Variable far = pairwise_distance(anchor, negative, p, eps);
  if (swap) far = minimum(far, pairwise_distance(positive, negative, p, eps));
  return reduced_loss(at_least(margin + near - far, 0),
                      legacy_reduction(size_average, reduce, reduction));
}

Variable poisson_nll_loss(const Variable& input, const Variable& target, bool log_input, bool full,
                          std::optional<bool> size_average, double eps, std::optional<bool> reduce,
                          const std::string& reduction) {
  Variable losses = log_input ? exp(input) - target * input : input - target * log(input + eps);
  if (full) {
    // Stirling's approximation of log(target!).
    const Variable stirling = target * log(target) - target + 0.5 * log(2 * M_PI * target);
    losses = losses + where(le(target, 1), Variable(0.0), stirling);
  }
  return reduced_loss(losses, legacy_reduction(size_average, reduce, reduction));
}

Variable gaussian_nll_loss(const Variable& input, const Variable& target, const Variable& given,
                           bool full, double eps, const std::string& reduction) {
  Variable variance = given;
  if (variance.shape() != input.shape()) {
    Shape shorter = input.shape();
    if (!shorter.empty()) shorter.erase(input.dim() - 1);
    if (variance.shape() == shorter) {
      variance = unsqueeze(variance, -1);
    } else if (variance.dim() != input.dim() || variance.size(-1) != 1) {
      fail(ErrorKind::Value, "var is of incorrect size");
    }
  }
  if (any(lt(variance, 0)).item().truth()) {
    fail(ErrorKind::Value, "var has negative entry/entries");
  }
  // The floor has no gradient of its own.
  const Variable floor = at_least(variance.detach(), eps) - variance.detach();
  variance = variance + floor;
  Variable losses = 0.5 * (log(variance) + square(input - target) / variance);
  if (full) losses = losses + 0.5 * std::log(2 * M_PI);
  return reduced_loss(losses, reduction);
}

}  // namespace

GRADPAD_DEFINE_OP(
    kl_div,
    "kl_div(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean', bool log_target=False) -> Tensor",
    "target * (log(target) - input), or exp(target) * (target - input) with log_target. reduction "
    "may be 'batchmean' as well: the sum / N.\n"
    "Derivative: -g * target; with log_target -g * exp(target).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast; ValueError for another reduction.",
    "T[2,3], P[2,3]; T[2,3], T[2,3], log_target=True, reduction='batchmean'", kFunctional,
    boxed<&kl_div_legacy>);
GRADPAD_DEFINE_OP(
    cosine_similarity,
    "cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-8) -> Tensor",
    "The cosine of the angle between vectors along `dim`.\n"
    "Derivative: g * (x2 / (|x1| |x2|) - result * x1 / |x1|²), and with x1 and x2 exchanged.\n"
    "Shape: that to which x1 and x2 broadcast, without `dim`.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for integers or sizes that do not broadcast; IndexError for a dimension "
    "out of range.",
    "T[2,3], T[2,3]; T[3], T[3], 0", kTorch | kFunctional, boxed<&cosine_similarity>);
GRADPAD_DEFINE_OP(
    pairwise_distance,
    "pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-6, bool keepdim=False) -> "
    "Tensor",
    "The p-norm of x1 - x2 + eps over the last dimension.\n"
    "Derivative: g * sign(d) * |d|^(p-1) / result^(p-1) for d = x1 - x2 + eps, and its negative.\n"
    "Shape: the broadcast one without the last dimension.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], T[2,3]; T[2,3], T[3], 1, keepdim=True", kTorch | kFunctional,
    boxed<&pairwise_distance>);
GRADPAD_DEFINE_OP(
    cosine_embedding_loss,
    "cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0, bool? "
    "size_average=None, bool? reduce=None, str reduction='mean') -> Tensor",
    "1 - cosine where target is 1; max(0, cosine - margin) where it is -1.\n"
    "Derivative: that of the cosine, with the sign of the target, where the loss is above 0.\n"
    "Shape: []; that of `target` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for other numbers of dimensions or sizes that do not broadcast.",
    "T[2,3], T[2,3], I[2]<2", kFunctional, boxed<&cosine_embedding_loss>);
GRADPAD_DEFINE_OP(
    hinge_embedding_loss,
    "hinge_embedding_loss(Tensor input, Tensor target, float margin=1.0, bool? size_average=None, "
    "bool? reduce=None, str reduction='mean') -> Tensor",
    "input where target is 1; max(0, margin - input) where it is -1.\n"
    "Derivative: g where target is 1, -g where it is -1 and the loss is above 0.\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], I[2,3]<2", kFunctional, boxed<&hinge_embedding_loss>);
GRADPAD_DEFINE_OP(
    margin_ranking_loss,
    "margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0, bool? "
    "size_average=None, bool? reduce=None, str reduction='mean') -> Tensor",
    "max(0, -target * (input1 - input2) + margin).\n"
    "Derivative: -g * target and g * target where the loss is above 0.\n"
    "Shape: []; the broadcast one where reduction is 'none'.\n"
    "Dtypes: any.\n"
    "Errors: RuntimeError for other numbers of dimensions or sizes that do not broadcast.",
    "T[4], T[4], I[4]<2, 0.5", kFunctional, boxed<&margin_ranking_loss>);
GRADPAD_DEFINE_OP(
    multi_margin_loss,
    "multi_margin_loss(Tensor input, Tensor target, int p=1, float margin=1.0, Tensor? "
    "weight=None, bool? size_average=None, bool? reduce=None, str reduction='mean') -> Tensor",
    "The sum over the other classes i of max(0, margin - input[target] + input[i])^p, divided by "
    "the number of classes.\n"
    "Derivative: p * weight * (margin - input[target] + input[i])^(p-1) / C for the classes i "
    "within the margin, its negative sum for the target.\n"
    "Shape: []; [N] where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for a target of another size; ValueError for p other than 1 and 2.",
    "T[2,3], I[2]<3; T[2,3], I[2]<3, 2, 0.5, reduction='none'; T[3], I[]<3", kFunctional,
    boxed<&multi_margin_loss>);
GRADPAD_DEFINE_OP(
    multilabel_margin_loss,
    "multilabel_margin_loss(Tensor input, Tensor target, bool? size_average=None, bool? "
    "reduce=None, str reduction='mean') -> Tensor",
    "The sum over target classes j and others i of max(0, 1 - input[j] + input[i]), divided by "
    "the number of classes. A row's targets end at the first -1.\n"
    "Derivative: g / C for the classes within the margin, -g / C for their targets.\n"
    "Shape: []; [N] where reduction is 'none'.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for a target of another size or out of range.",
    "T[2,3], I[2,3]<2; T[3], I[3]<2", kFunctional, boxed<&multilabel_margin_loss>);
GRADPAD_DEFINE_OP(
    multilabel_soft_margin_loss,
    "multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight=None, bool? "
    "size_average=None, bool? reduce=None, str reduction='mean') -> Tensor",
    "The binary cross entropy of sigmoid(input), averaged over the classes.\n"
    "Derivative: g * (sigmoid(input) - target) / C.\n"
    "Shape: []; [N] where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], S[2,3]", kFunctional, boxed<&multilabel_soft_margin_loss>);
GRADPAD_DEFINE_OP(
    triplet_margin_loss,
    "triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float "
    "p=2, float eps=1e-6, bool swap=False, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean') -> Tensor",
    "max(0, margin + distance(anchor, positive) - distance(anchor, negative)).\n"
    "Derivative: that of the distances, where the loss is above 0.\n"
    "Shape: []; [N] where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for other numbers of dimensions or sizes that do not broadcast.",
    "T[2,3], T[2,3], T[2,3], 4; T[2,3], T[2,3], T[2,3], 4, 1, swap=True", kFunctional,
    boxed<&triplet_margin_loss>);
GRADPAD_DEFINE_OP(
    poisson_nll_loss,
    "poisson_nll_loss(Tensor input, Tensor target, bool log_input=True, bool full=False, bool? "
    "size_average=None, float eps=1e-8, bool? reduce=None, str reduction='mean') -> Tensor",
    "exp(input) - target * input, or input - target * log(input + eps) without log_input; `full` "
    "adds the approximation of log(target!).\n"
    "Derivative: g * (exp(input) - target); without log_input g * (1 - target / (input + eps)).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast; ValueError for another reduction.",
    "T[2,3], P[2,3]; P[2,3], P[2,3], False, True", kFunctional, boxed<&poisson_nll_loss>);
GRADPAD_DEFINE_OP(
    gaussian_nll_loss,
    "gaussian_nll_loss(Tensor input, Tensor target, Tensor var, bool full=False, float eps=1e-6, "
    "str reduction='mean') -> Tensor",
    "(log(var) + (input - target)^2 / var) / 2, var being at least eps; `full` adds log(2 pi) / "
    "2.\n"
    "Derivative: g * (input - target) / var; g * (1 - (input - target)² / var) / (2 * var).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: ValueError for a negative variance or one of another size.",
    "T[2,3], T[2,3], P[2,3]; T[2,3], T[2,3], P[2,1], True", kFunctional, boxed<&gaussian_nll_loss>);

}  // namespace gradpad
