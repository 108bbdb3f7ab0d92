// Negative log-likelihood and cross entropy.
#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/loss.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/composite.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

/// The classes of [outer, inner] places of an input [outer, classes, inner].
struct Places {
  kernels::ClassShape k;
  Tensor target;  ///< int64, row-major
};

Places places_of(const Variable& input, const Variable& target, int64_t ignored) {
  if (target.dtype() != DType::Int64 && target.dtype() != DType::UInt8) {
    fail("expected scalar type Long but found ", scalar_type_name(target.dtype()));
  }
  Places places;
  places.k.ignored = ignored;
  places.target = target.data().to(DType::Int64).contiguous();
  if (input.dim() == 1) {
    places.k.classes = input.shape()[0];
  } else {
    places.k.outer = input.shape()[0];
    places.k.classes = input.shape()[1];
    for (int64_t d = 2; d < input.dim(); ++d) places.k.inner *= input.shape()[d];
  }
  return places;
}

void check_weight(const Variable& input, const Variable& weight, int64_t classes) {
  if (!weight.defined()) return;
  if (weight.dim() != 1 || weight.numel() != classes) {
    fail("weight tensor should be defined either for all ", classes,
         " classes or no classes but got weight tensor of shape: ", to_string(weight.shape()));
  }
  if (weight.dtype() != input.dtype()) {
    fail("expected scalar type ", scalar_type_name(input.dtype()), " but found ",
         scalar_type_name(weight.dtype()));
  }
}

template <class T>
const T* weight_data(const Tensor& weight) {
  return weight.defined() ? weight.data<T>() : nullptr;
}

struct Loss {
  Tensor value;
  double total_weight = 0;
};

Loss loss_data(const Tensor& given, const Places& places, const Tensor& weight,
               const std::string& reduction) {
  const Tensor input = given.contiguous();
  const kernels::KernelTable& table = kernels::kernels_for(input, places.target, weight);
  Loss result;
  dispatch_floating(input.dtype(), "nll_loss_out_frame", [&]<class T>() {
    const bool each = reduction == "none";
    if (each) result.value = Tensor::empty(places.target.shape(), input.dtype(), input.device());
    kernels::ClassTotals totals;
    const int64_t wrong =
        table.of<T>().nll(places.k, input.data<T>(), places.target.data<int64_t>(),
                          weight_data<T>(weight), each ? result.value.data<T>() : nullptr, &totals);
    if (wrong >= 0) {
      fail(ErrorKind::Index, "Target ", places.target.at(wrong).to_int(), " is out of bounds.");
    }
    if (each) return;
    result.total_weight = totals.weight;
    // Without any target that counts the mean is 0 / 0.
    if (reduction == "mean") totals.loss /= totals.weight;
    result.value = Tensor::scalar(totals.loss, input.dtype(), input.device());
  });
  return result;
}

/// What each element of the input counts: -weight at the targets, divided by `divisor`.
Tensor coefficients(const Places& places, const Shape& shape, DType type, const Tensor& weight,
                    double divisor) {
  Tensor data = Tensor::empty(shape, type, places.target.device());
  dispatch_floating(type, "nll_loss_backward", [&]<class T>() {
    kernels::kernels(data.device())
        .of<T>()
        .nll_grad(places.k, places.target.data<int64_t>(), weight_data<T>(weight), divisor,
                  data.data<T>());
  });
  return data;
}

void check_reduction(const std::string& reduction) {
  if (reduction != "mean" && reduction != "sum" && reduction != "none") {
    fail(ErrorKind::Value, reduction, " is not a valid value for reduction");
  }
}

Variable nll_node(std::string_view name, const Variable& input, const Variable& target,
                  const Variable& given_weight, int64_t ignored, const std::string& reduction) {
  ops::check_constant(name == "NllLossBackward0" ? "nll_loss_forward" : "nll_loss2d_forward",
                      "weight", given_weight);
  const Places places = places_of(input, target, ignored);
  check_weight(input, given_weight, places.k.classes);
  const Tensor weight = given_weight.defined() ? given_weight.data().contiguous() : Tensor();
  Loss loss = loss_data(input.data(), places, weight, reduction);
  const double divisor = reduction == "mean" ? loss.total_weight : 1;
  return differentiable(
      name, std::move(loss.value), {input}, {saved_input(target)},
      [=, shape = input.shape()](Backward& b, const Variable& g) -> Variables {
        // `places` may share the target's data: notice changes.
        b.saved(0);
        const bool each = reduction == "none";
        if (!each && !GradMode::is_enabled()) {
          return {Variable(
              coefficients(places, shape, g.dtype(), weight, divisor / g.item().to_double()))};
        }
        const Variable factors(coefficients(places, shape, g.dtype(), weight, divisor));
        return {factors * (each && shape.size() > 1 ? unsqueeze(g, 1) : g)};
      });
}

}  // namespace

Variable nll_loss(const Variable& input, const Variable& target, const Variable& weight,
                  int64_t ignore_index, const std::string& reduction) {
  check_reduction(reduction);
  const int64_t dims = input.dim();
  if (dims < 1) fail(ErrorKind::Value, "Expected 1 or more dimensions (got ", dims, ")");
  if (dims != 1 && target.dim() == 0) {
    fail("size mismatch (got input: ", to_string(input.shape()), ", target: [])");
  }
  if (dims != 1 && input.size(0) != target.size(0)) {
    fail(ErrorKind::Value, "Expected input batch_size (", input.size(0),
         ") to match target batch_size (", target.size(0), ").");
  }
  if (dims <= 2) {
    if (target.dim() > 1) {
      fail("0D or 1D target tensor expected, multi-target not supported");
    }
    if (dims == 1 && target.dim() != 0) {
      fail("size mismatch (got input: ", to_string(input.shape()),
           ", target: ", to_string(target.shape()), ")");
    }
    return nll_node("NllLossBackward0", input, target, weight, ignore_index, reduction);
  }
  Shape expected = input.shape();
  expected.erase(1);
  if (dims == 4) {
    if (target.dim() != 3) {
      fail("only batches of spatial targets supported (3D tensors) but got targets of dimension: ",
           target.dim());
    }
    if (target.shape() != expected) {
      fail("size mismatch (got input: ", to_string(input.shape()),
           " , target: ", to_string(target.shape()));
    }
    return nll_node("NllLoss2DBackward0", input, target, weight, ignore_index, reduction);
  }
  if (target.shape() != expected) {
    fail("Expected target size ", to_string(expected), ", got ", to_string(target.shape()));
  }
  // As an image of one row.
  const int64_t n = input.size(0), places = numel_of(expected) / std::max<int64_t>(n, 1);
  const Variable image = reshape(input, {n, input.size(1), 1, places});
  const Variable flat(target.data().reshape({n, 1, places}));
  const Variable loss =
      nll_node("NllLoss2DBackward0", image, flat, weight, ignore_index, reduction);
  return reduction == "none" ? view(loss, expected) : loss;
}

namespace {

/// Division by a number known to the operation, not given by a user.
Variable divided(const Variable& v, double divisor) {
  return differentiable(
      "DivBackward1", (v.detach() / divisor).data(), {v}, {},
      [divisor](Backward&, const Variable& g) -> Variables { return {g / divisor}; });
}

int64_t class_dim(const Variable& input) { return input.dim() == 1 ? 0 : 1; }

/// A weight for each class, shaped to broadcast over the input.
Variable along_classes(const Variable& weight, const Variable& input) {
  if (input.dim() <= 1) return weight;
  Shape shape(static_cast<size_t>(input.dim()), 1);
  shape[1] = weight.numel();
  return view(weight, shape);
}

Variable probability_loss(const Variable& input, const Variable& given, const Variable& weight,
                          const std::string& reduction, double smoothing) {
  if (!is_floating(given.dtype())) {
    fail("Expected floating point type for target with class probabilities, got ",
         scalar_type_name(given.dtype()));
  }
  const int64_t classes = input.size(class_dim(input));
  if (weight.defined() && (weight.dim() != 1 || weight.numel() != classes)) {
    fail("cross_entropy: weight tensor should be defined either for all ", classes,
         " classes or no classes but got weight tensor of shape: ", to_string(weight.shape()));
  }
  const Variable logs = log_softmax(input, class_dim(input), input.dtype());
  const Variable target =
      smoothing > 0 ? given * (1 - smoothing) + smoothing / static_cast<double>(classes) : given;
  Variable products = logs * target;
  if (weight.defined()) products = products * along_classes(weight, input);
  if (reduction == "none") return -sum(products, Dims{class_dim(input)});
  Variable total = -sum(products);
  if (reduction == "sum") return total;
  return divided(total, static_cast<double>(input.numel()) / static_cast<double>(classes));
}

/// The loss of a target that is partly spread over all classes.
Variable smoothed_loss(const Variable& input, const Variable& target, const Variable& weight,
                       int64_t ignored, const std::string& reduction, double smoothing) {
  const int64_t dim = class_dim(input);
  const double classes = static_cast<double>(input.size(dim));
  const Variable logs = log_softmax(input, dim, input.dtype());
  const Variable hard = nll_loss(logs, target, weight, ignored, reduction);
  const Variable weighed = weight.defined() ? logs * along_classes(weight, input) : logs;
  const Variable mask = eq(target, ignored);
  Variable soft = masked_fill(-sum(weighed, Dims{dim}), mask, Variable(0.0));
  if (reduction == "mean") {
    const Variable counted = logical_not(mask);
    if (weight.defined()) {
      const Variable used = index_select(weight, 0, masked_select(target, counted));
      soft = sum(soft) / sum(used);
    } else {
      soft = mean(masked_select(soft, counted));
    }
  } else if (reduction == "sum") {
    soft = sum(soft);
  }
  return hard * (1 - smoothing) + soft * (smoothing / classes);
}

}  // namespace

Variable cross_entropy(const Variable& input, const Variable& target, const Variable& weight,
                       int64_t ignore_index, const std::string& reduction, double label_smoothing) {
  check_reduction(reduction);
  if (label_smoothing < 0 || label_smoothing > 1) {
    fail("label_smoothing must be between 0.0 and 1.0. Got: ", label_smoothing);
  }
  if (input.dim() == 0) fail(ErrorKind::Value, "Expected 1 or more dimensions (got 0)");
  if (input.shape() == target.shape()) {
    if (ignore_index >= 0) fail("ignore_index is not supported for floating point target");
    return probability_loss(input, target, weight, reduction, label_smoothing);
  }
  if (label_smoothing > 0) {
    return smoothed_loss(input, target, weight, ignore_index, reduction, label_smoothing);
  }
  return nll_loss(log_softmax(input, class_dim(input), input.dtype()), target, weight, ignore_index,
                  reduction);
}

namespace {

using ops::legacy_reduction;

Variable nll_loss_legacy(const Variable& input, const Variable& target, const Variable& weight,
                         std::optional<bool> size_average, int64_t ignore_index,
                         std::optional<bool> reduce, const std::string& reduction) {
  return nll_loss(input, target, weight, ignore_index,
                  legacy_reduction(size_average, reduce, reduction));
}
Variable cross_entropy_legacy(const Variable& input, const Variable& target, const Variable& weight,
                              std::optional<bool> size_average, int64_t ignore_index,
                              std::optional<bool> reduce, const std::string& reduction,
                              double label_smoothing) {
  return cross_entropy(input, target, weight, ignore_index,
                       legacy_reduction(size_average, reduce, reduction), label_smoothing);
}

}  // namespace

GRADPAD_DEFINE_OP(
    nll_loss,
    "nll_loss(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int "
    "ignore_index=-100, bool? reduce=None, str reduction='mean') -> Tensor",
    "-weight[target] * input[target], for input [N, C, ...] of log-probabilities and target [N, "
    "...] of classes, or [C] and []. The mean is weighted; targets of `ignore_index` do not "
    "count. IndexError for a class out of range.\n"
    "Derivative: -weight * g at the target, divided by the sum of the weights for the mean.\n"
    "Shape: []; [N, …] where reduction is 'none'.\n"
    "Dtypes: floating; the target is int64.\n"
    "Errors: IndexError for a class out of range; ValueError for batches of other sizes; "
    "RuntimeError for a target of another type.",
    "T[3,4], I[3]<4; T[4], I[]<4; T[2,3,2], I[2,2]<3, reduction='sum'; T[2,3,2,2], I[2,2,2]<3, "
    "reduction='none'; T[3,4], I[3]<4, ignore_index=1; T[3,4], I[3]<4, reduction='none'; "
    "T[2,3,2], I[2,2]<3, reduction='none'",
    kFunctional, boxed<&nll_loss_legacy>);
GRADPAD_DEFINE_OP(
    cross_entropy,
    "cross_entropy(Tensor input, Tensor target, Tensor? weight=None, bool? size_average=None, int "
    "ignore_index=-100, bool? reduce=None, str reduction='mean', float label_smoothing=0.0) -> "
    "Tensor",
    "nll_loss(log_softmax(input), target); or, where target has input's shape, of probabilities. "
    "label_smoothing spreads that part of the target over all classes.\n"
    "Derivative: g * (softmax(input) - target as probabilities), weighted.\n"
    "Shape: []; that of the target's classes where reduction is 'none'.\n"
    "Dtypes: floating; classes are int64.\n"
    "Errors: as nll_loss: IndexError for a class out of range, ValueError for batches of other "
    "sizes, RuntimeError for a target of another type.",
    "T[3,4], I[3]<4; T[4], I[]<4; T[2,3,2], I[2,2]<3, reduction='none'; T[3,4], P[3,4]; T[3,4], "
    "P[3,4], reduction='none', label_smoothing=0.1; T[3,4], I[3]<4, label_smoothing=0.2; T[3,4], "
    "I[3]<4, reduction='sum', label_smoothing=0.2",
    kFunctional, boxed<&cross_entropy_legacy>);

}  // namespace gradpad
