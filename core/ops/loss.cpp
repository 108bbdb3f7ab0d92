// Losses of elements: distances and binary cross entropies. Each is one node.
#include "gradpad/ops/loss.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

namespace ops {

Variable reduced_loss(const Variable& losses, const std::string& reduction) {
  if (reduction == "mean") return mean(losses);
  if (reduction == "sum") return sum(losses);
  if (reduction == "none") return losses;
  fail(ErrorKind::Value, reduction, " is not a valid value for reduction");
}

std::string legacy_reduction(std::optional<bool> size_average, std::optional<bool> reduce,
                             const std::string& reduction) {
  if (!size_average && !reduce) return reduction;
  if (!reduce.value_or(true)) return "none";
  return size_average.value_or(true) ? "mean" : "sum";
}

}  // namespace ops

namespace {

using ops::legacy_reduction;

/// Both of one shape and one floating type.
Variables matched(const Variable& input, const Variable& target) {
  Variables both = broadcast_tensors({input, target});
  const DType type = promote_types(input.dtype(), target.dtype());
  for (Variable& v : both) v = convert(v, type);
  return both;
}

/// The gradient of each element's loss.
Variable each_gradient(const Variable& g, const std::string& reduction, int64_t n) {
  return reduction == "mean" ? g / n : g;
}

/// One node with the value `data` of a loss of `input` and `target`. `slopes(b, input, target)`
/// gives the derivatives of the elements' losses by input and by target, as far as needed.
template <class Slopes>
Variable loss_node_of(std::string_view name, Tensor data, const Variable& input,
                      const Variable& target, const std::string& reduction, Slopes slopes) {
  return differentiable(
      name, std::move(data), {input, target}, {saved_input(input), saved_input(target)},
      [slopes = std::move(slopes), reduction](Backward& b, const Variable& g) -> Variables {
        const Variable x = b.saved(0), y = b.saved(1);
        const Variable each = each_gradient(g, reduction, x.numel());
        Variables grads = slopes(b, x, y);
        for (Variable& grad : grads) {
          if (grad.defined()) grad = grad * each;
        }
        return grads;
      });
}

/// The same for losses(input, target) of the elements and their reduction.
template <class Losses, class Slopes>
Variable loss_node(std::string_view name, const Variable& input, const Variable& target,
                   const std::string& reduction, const Losses& losses, Slopes slopes) {
  Tensor data;
  {
    GradModeGuard no_grad(false);
    data = ops::reduced_loss(losses(input, target), reduction).data();
  }
  return loss_node_of(name, std::move(data), input, target, reduction, std::move(slopes));
}

/// Of a loss of input - target: what goes to one, comes negative to the other.
Variables both_ways(Backward& b, const Variable& slope) {
  return {b.needs(0) ? slope : Variable(), b.needs(1) ? -slope : Variable()};
}

void check_floating(const Variable& v, std::string_view kernel) {
  if (!is_floating(v.dtype())) {
    fail('"', kernel, "\" not implemented for '", scalar_type_name(v.dtype()), "'");
  }
}

}  // namespace

Variable mse_loss(const Variable& input, const Variable& target, const std::string& reduction) {
  const Variables both = matched(input, target);
  check_floating(both[0], "mse_cpu");
  Tensor data;
  {
    GradModeGuard no_grad(false);
    const Variable difference = both[0] - both[1];
    if (reduction == "mean" || reduction == "sum") {
      const Dims all = ops::reduction_dims({}, difference.dim());
      data = ops::reduce_data(kernels::ReduceOp::SumSquares, difference.data(), all, false);
      if (reduction == "mean") ops::divide_data(data, static_cast<double>(difference.numel()));
    } else {
      data = ops::reduced_loss(square(difference), reduction).data();
    }
  }
  return loss_node_of(
      "MseLossBackward0", std::move(data), both[0], both[1], reduction,
      [](Backward& b, const Variable& x, const Variable& y) { return both_ways(b, 2 * (x - y)); });
}

Variable l1_loss(const Variable& input, const Variable& target, const std::string& reduction) {
  return ops::reduced_loss(abs(input - target), reduction);
}

Variable smooth_l1_loss(const Variable& input, const Variable& target, const std::string& reduction,
                        double beta) {
  if (beta < 0) fail("smooth_l1_loss does not support negative values for beta.");
  const Variables both = matched(input, target);
  check_floating(both[0], "smooth_l1_cpu");
  return loss_node(
      "SmoothL1LossBackward0", both[0], both[1], reduction,
      [beta](const Variable& x, const Variable& y) {
        Variable d = abs(x - y);
        if (beta == 0) return d;
        return where(lt(d, beta), square(d) * (0.5 / beta), d - 0.5 * beta);
      },
      [beta](Backward& b, const Variable& x, const Variable& y) {
        const Variable d = x - y;
        if (beta == 0) return both_ways(b, sign(d));
        return both_ways(b, where(lt(abs(d), beta), d / beta, sign(d)));
      });
}

Variable huber_loss(const Variable& input, const Variable& target, const std::string& reduction,
                    double delta) {
  if (delta <= 0) fail("huber_loss does not support non-positive values for delta.");
  const Variables both = matched(input, target);
  check_floating(both[0], "huber_cpu");
  return loss_node(
      "HuberLossBackward0", both[0], both[1], reduction,
      [delta](const Variable& x, const Variable& y) {
        const Variable d = abs(x - y);
        return where(lt(d, delta), 0.5 * square(d), delta * (d - 0.5 * delta));
      },
      [delta](Backward& b, const Variable& x, const Variable& y) {
        const Variable d = x - y;
        return both_ways(b, where(lt(abs(d), delta), d, delta * sign(d)));
      });
}

Variable binary_cross_entropy(const Variable& input, const Variable& target,
                              const Variable& given_weight, const std::string& reduction) {
  if (input.shape() != target.shape()) {
    fail(ErrorKind::Value, "Using a target size (", size_repr(target.shape()),
         ") that is different to the input size (", size_repr(input.shape()),
         ") is deprecated. Please ensure they have the same size.");
  }
  check_floating(input, "binary_cross_entropy");
  if (target.dtype() != input.dtype()) {
    fail("Found dtype ", scalar_type_name(target.dtype()), " but expected ",
         scalar_type_name(input.dtype()));
  }
  Variable weight;
  if (given_weight.defined()) {
    weight = expand(given_weight, broadcast_shapes(target.shape(), given_weight.shape())).detach();
  }
  ops::check_constant("binary_cross_entropy", "weight", given_weight);
  return loss_node(
      "BinaryCrossEntropyBackward0", input, target, reduction,
      [&](const Variable& x, const Variable& y) {
        if (any(logical_or(lt(x, 0), gt(x, 1))).item().truth()) {
          fail("all elements of input should be between 0 and 1");
        }
        const auto bounded = [](const Variable& v) { return clamp(log(v), -100, {}); };
        const Variable losses = (y - 1) * bounded(1 - x) - y * bounded(x);
        return weight.defined() ? losses * weight : losses;
      },
      [weight](Backward& b, const Variable& x, const Variable& y) -> Variables {
        const auto weighed = [&](const Variable& slope) {
          return weight.defined() ? slope * weight : slope;
        };
        return {b.needs(0) ? weighed((x - y) / clamp((1 - x) * x, 1e-12, {})) : Variable(),
                b.needs(1) ? weighed(log(1 - x) - log(x)) : Variable()};
      });
}

Variable binary_cross_entropy_with_logits(const Variable& input, const Variable& target,
                                          const Variable& given_weight,
                                          const std::string& reduction,
                                          const Variable& given_pos_weight) {
  if (input.shape() != target.shape()) {
    fail(ErrorKind::Value, "Target size (", size_repr(target.shape()),
         ") must be the same as input size (", size_repr(input.shape()), ")");
  }
  const Variable weight = given_weight, pos_weight = given_pos_weight;
  ops::check_constant("binary_cross_entropy_with_logits", "weight", weight);
  ops::check_constant("binary_cross_entropy_with_logits", "pos_weight", pos_weight);
  const auto weighed = [weight](const Variable& v) { return weight.defined() ? v * weight : v; };
  // log(1 + exp(-x)).
  const auto soft = [](const Variable& x) { return log1p(exp(-abs(x))) + clamp(-x, 0, {}); };
  return loss_node(
      "BinaryCrossEntropyWithLogitsBackward0", input, target, reduction,
      [=](const Variable& x, const Variable& y) {
        const Variable part = soft(x);
        return weighed((1 - y) * x +
                       (pos_weight.defined() ? part * (1 + (pos_weight - 1) * y) : part));
      },
      [=](Backward& b, const Variable& x, const Variable& y) -> Variables {
        Variables slopes(2);
        if (b.needs(0)) {
          slopes[0] =
              weighed(pos_weight.defined() ? (pos_weight * y + 1 - y) * sigmoid(x) - pos_weight * y
                                           : sigmoid(x) - y);
        }
        if (b.needs(1)) {
          // log(sigmoid(-x)) - log(sigmoid(x)) = -x; the second part is weighed.
          slopes[1] = weighed(pos_weight.defined() ? (1 - pos_weight) * logsigmoid(x) - x : -x);
        }
        return slopes;
      });
}

namespace {

Variable soft_margin_loss(const Variable& input, const Variable& target,
                          std::optional<bool> size_average, std::optional<bool> reduce,
                          const std::string& reduction) {
  ops::check_constant("soft_margin_loss", "target", target);
  return loss_node(
      "SoftMarginLossBackward0", input, target, legacy_reduction(size_average, reduce, reduction),
      [](const Variable& x, const Variable& y) { return log1p(exp(-y * x)); },
      [](Backward&, const Variable& x, const Variable& y) -> Variables {
        return {-y * sigmoid(-y * x)};
      });
}

Variable mse_loss_legacy(const Variable& input, const Variable& target,
                         std::optional<bool> size_average, std::optional<bool> reduce,
                         const std::string& reduction) {
  return mse_loss(input, target, legacy_reduction(size_average, reduce, reduction));
}
Variable l1_loss_legacy(const Variable& input, const Variable& target,
                        std::optional<bool> size_average, std::optional<bool> reduce,
                        const std::string& reduction) {
  return l1_loss(input, target, legacy_reduction(size_average, reduce, reduction));
}
Variable smooth_l1_loss_legacy(const Variable& input, const Variable& target,
                               std::optional<bool> size_average, std::optional<bool> reduce,
                               const std::string& reduction, double beta) {
  return smooth_l1_loss(input, target, legacy_reduction(size_average, reduce, reduction), beta);
}
Variable binary_cross_entropy_legacy(const Variable& input, const Variable& target,
                                     const Variable& weight, std::optional<bool> size_average,
                                     std::optional<bool> reduce, const std::string& reduction) {
  return binary_cross_entropy(input, target, weight,
                              legacy_reduction(size_average, reduce, reduction));
}
Variable with_logits_legacy(const Variable& input, const Variable& target, const Variable& weight,
                            std::optional<bool> size_average, std::optional<bool> reduce,
                            const std::string& reduction, const Variable& pos_weight) {
  return binary_cross_entropy_with_logits(
      input, target, weight, legacy_reduction(size_average, reduce, reduction), pos_weight);
}

}  // namespace

GRADPAD_DEFINE_OP(
    mse_loss,
    "mse_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean') -> Tensor",
    "The squared difference (input - target)^2, averaged or as `reduction` says.\n"
    "Derivative: 2 * g * (input - target).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], T[2,3]; T[2,3], T[2,3], reduction='sum'; T[2,3], T[3], reduction='none'", kFunctional,
    boxed<&mse_loss_legacy>);
GRADPAD_DEFINE_OP(
    l1_loss,
    "l1_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean') -> Tensor",
    "The absolute difference |input - target|, averaged or as `reduction` says.\n"
    "Derivative: g * sign(input - target).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], T[2,3]; T[2,3], T[2,3], reduction='none'", kFunctional, boxed<&l1_loss_legacy>);
GRADPAD_DEFINE_OP(
    smooth_l1_loss,
    "smooth_l1_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean', float beta=1.0) -> Tensor",
    "With d = |input - target|: d^2 / (2 beta) below beta, d - beta / 2 above.\n"
    "Derivative: g * (input - target) / beta below beta, g * sign(input - target) above.\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast, or for a negative beta.",
    "T[2,3], T[2,3]; T[2,3], T[2,3], reduction='none', beta=0.5; T[2], T[2], beta=0", kFunctional,
    boxed<&smooth_l1_loss_legacy>);
GRADPAD_DEFINE_OP(
    huber_loss,
    "huber_loss(Tensor input, Tensor target, str reduction='mean', float delta=1.0) -> Tensor",
    "With d = |input - target|: d^2 / 2 below delta, delta * (d - delta / 2) above.\n"
    "Derivative: g * (input - target) below delta, g * delta * sign(input - target) above.\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for sizes that do not broadcast; ValueError unless delta > 0.",
    "T[2,3], T[2,3]; T[2,3], T[2,3], 'none', 0.5", kFunctional, boxed<&huber_loss>);
GRADPAD_DEFINE_OP(
    binary_cross_entropy,
    "binary_cross_entropy(Tensor input, Tensor target, Tensor? weight=None, bool? "
    "size_average=None, bool? reduce=None, str reduction='mean') -> Tensor",
    "-(target * log(input) + (1 - target) * log(1 - input)), the logarithms being at least -100. "
    "RuntimeError for an input outside [0, 1].\n"
    "Derivative: g * (input - target) / (input * (1 - input)).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for an input outside [0, 1]; ValueError for a target of another size.",
    "S[2,3], S[2,3]; S[2,3], S[2,3], reduction='none'", kFunctional,
    boxed<&binary_cross_entropy_legacy>);
GRADPAD_DEFINE_OP(
    binary_cross_entropy_with_logits,
    "binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, bool? "
    "size_average=None, bool? reduce=None, str reduction='mean', Tensor? pos_weight=None) -> "
    "Tensor",
    "binary_cross_entropy(sigmoid(input), target) without overflow; pos_weight multiplies the "
    "part of the target.\n"
    "Derivative: g * (sigmoid(input) - target), weighted.\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: ValueError for a target of another size.",
    "T[2,3], S[2,3]; T[2,3], S[2,3], reduction='none'; T[2,3], S[2,3], pos_weight=I[3]<4",
    kFunctional, boxed<&with_logits_legacy>);
GRADPAD_DEFINE_OP(
    soft_margin_loss,
    "soft_margin_loss(Tensor input, Tensor target, bool? size_average=None, bool? reduce=None, str "
    "reduction='mean') -> Tensor",
    "log(1 + exp(-target * input)), for targets of 1 and -1.\n"
    "Derivative: -g * target * sigmoid(-target * input).\n"
    "Shape: []; that of `input` where reduction is 'none'.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], I[2,3]<2", kFunctional, boxed<&soft_margin_loss>);

}  // namespace gradpad
