// Batch, instance, layer and group normalisation. All standardise channels and then scale and shift
// elements; they differ in what a channel is and how weights broadcast.
#include "gradpad/ops/norm.h"

#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

using ops::Channels;

/// What a normalisation does, in terms of a view [outer, channels, inner] of the input.
struct Plan {
  std::string_view node;
  Channels channels;
  Shape affine;  ///< the shape weight and bias have to broadcast over the input
  double eps = 1e-5;
};

/// x * weight + bias, by the weights' broadcasting.
Variable scaled(const Variable& standard, const Variable& weight, const Variable& bias,
                const Shape& affine) {
  Variable result = standard;
  if (weight.defined()) result = result * reshape(weight, affine);
  if (bias.defined()) result = result + reshape(bias, affine);
  return result;
}

/// (x - mean) / sqrt(var + eps) with the statistics of x, in differentiable operations.
Variable standardised_steps(const Variable& input, const Plan& plan) {
  const Variable x =
      reshape(input, {plan.channels.outer, plan.channels.channels, plan.channels.inner});
  const Variable centred = x - mean(x, Dims{0, 2}, true);
  const Variable variance = mean(square(centred), Dims{0, 2}, true);
  return reshape(centred * rsqrt(variance + plan.eps), input.shape());
}

/// The gradients of weight and bias are sums that the engine's undoing of broadcasting makes.
Variable to_weights(const Variable& g, const Variable& weight, const Shape& affine) {
  Dims dims;
  const int64_t extra = g.dim() - affine.ssize();
  for (int64_t d = 0; d < g.dim(); ++d) {
    if (d < extra || (affine[d - extra] == 1 && g.shape()[d] != 1)) dims.push_back(d);
  }
  return reshape(dims.empty() ? g : sum(g, dims), weight.shape());
}

/// One node. The statistics are the input's own, or, with `own` false, given constants.
Variable normalised(const Plan& plan, const Variable& input, const Variable& weight,
                    const Variable& bias, const Tensor& mean, const Tensor& inverse, bool own) {
  const Tensor source = input.data().contiguous();
  const Tensor standard = ops::standardised(source, plan.channels, mean, inverse);
  Tensor data;
  {
    GradModeGuard no_grad(false);
    data = scaled(Variable(standard), weight, bias, plan.affine).data();
  }
  return differentiable(
      plan.node, std::move(data), {input, weight, bias},
      {saved_input(input), saved_input(weight), saved_input(bias), saved_input(Variable(standard)),
       saved_input(Variable(inverse)), saved_input(Variable(mean))},
      [plan, own](Backward& b, const Variable& g) -> Variables {
        const Variable w = b.saved(1);
        if (GradMode::is_enabled()) {
          const Variable constant_inverse = b.saved(4), constant_mean = b.saved(5);
          return ops::composite_gradients(
              b, {b.saved(0), w, b.saved(2)}, {g}, [&](const Variables& in) -> Variables {
                const Shape flat{1, plan.channels.channels, 1};
                const Shape apart{plan.channels.outer, plan.channels.channels, plan.channels.inner};
                const Variable steps =
                    own ? standardised_steps(in[0], plan)
                        : reshape((reshape(in[0], apart) - reshape(constant_mean, flat)) *
                                      reshape(constant_inverse, flat),
                                  in[0].shape());
                return {scaled(steps, in[1], in[2], plan.affine)};
              });
        }
        Variables grads(3);
        const Variable standard_output = b.saved(3);
        if (b.needs(0)) {
          const Variable to_standard = w.defined() ? g * reshape(w, plan.affine) : g;
          const Tensor grad = to_standard.data().contiguous();
          grads[0] = Variable(own ? ops::standardised_gradient(grad, standard_output.data(),
                                                               plan.channels, b.saved(4).data())
                                  : ops::standardised(grad, plan.channels,
                                                      Tensor::zeros({plan.channels.channels},
                                                                    grad.dtype(), grad.device()),
                                                      b.saved(4).data()));
        }
        if (b.needs(1)) grads[1] = to_weights(g * standard_output, w, plan.affine);
        if (b.needs(2)) grads[2] = to_weights(g, b.saved(2), plan.affine);
        return grads;
      });
}

Variable with_own_statistics(const Plan& plan, const Variable& input, const Variable& weight,
                             const Variable& bias, ops::Statistics* kept = nullptr) {
  const Tensor source = input.data().contiguous();
  const ops::Statistics found = ops::channel_statistics(source, plan.channels);
  const double share = 1 / static_cast<double>(plan.channels.per_channel());
  const Tensor inverse = ops::inverse_deviations(found.deviations, share, plan.eps);
  if (kept) *kept = found;
  return normalised(plan, input, weight, bias, found.mean, inverse, true);
}

/// running = (1 - momentum) * running + momentum * found, in place.
void move_running(const Variable& running, const Tensor& found, double factor, double momentum) {
  if (!running.defined()) return;
  const Tensor& data = running.data();
  const Variable moved = Variable(data) * (1 - momentum) + Variable(found) * (factor * momentum);
  change_in_place(running, [&] { data.copy_from(moved.data()); });
}

void check_channels(const Variable& v, int64_t channels, std::string_view name) {
  if (v.defined() && v.numel() != channels) {
    fail(name, " should contain ", channels, " elements not ", v.numel());
  }
}

void check_floating(const Variable& input, std::string_view kernel) {
  if (!is_floating(input.dtype())) {
    fail('"', kernel, "\" not implemented for '", scalar_type_name(input.dtype()), "'");
  }
}

}  // namespace

Variable batch_norm(const Variable& input, const Variable& running_mean,
                    const Variable& running_var, const Variable& weight, const Variable& bias,
                    bool training, double momentum, double eps) {
  if (input.dim() < 2) fail("batch_norm: expected an input of at least 2 dimensions");
  const int64_t channels = input.size(1);
  check_channels(running_mean, channels, "running_mean");
  check_channels(running_var, channels, "running_var");
  check_channels(weight, channels, "weight");
  check_channels(bias, channels, "bias");
  check_floating(input, "batch_norm");
  ops::check_constant("native_batch_norm", "running_mean", running_mean);
  ops::check_constant("native_batch_norm", "running_var", running_var);
  Plan plan{"NativeBatchNormBackward0", {input.size(0), channels, 1}, {channels}, eps};
  for (int64_t d = 2; d < input.dim(); ++d) {
    plan.channels.inner *= input.size(d);
    plan.affine.push_back(1);
  }
  if (!training) {
    if (!running_mean.defined()) fail("running_mean must be defined in evaluation mode");
    if (!running_var.defined()) fail("running_var must be defined in evaluation mode");
    const Tensor mean = running_mean.data().to(input.dtype()).clone();
    const Tensor variance = running_var.data().to(input.dtype()).contiguous();
    return normalised(plan, input, weight, bias, mean, ops::inverse_deviations(variance, 1, eps),
                      false);
  }
  ops::Statistics found;
  const Variable result = with_own_statistics(plan, input, weight, bias, &found);
  GradModeGuard no_grad(false);
  const auto n = static_cast<double>(plan.channels.per_channel());
  move_running(running_mean, found.mean, 1, momentum);
  move_running(running_var, found.deviations, 1 / (n - 1), momentum);
  return result;
}

Variable instance_norm(const Variable& input, const Variable& running_mean,
                       const Variable& running_var, const Variable& weight, const Variable& bias,
                       bool use_input_stats, double momentum, double eps) {
  if (!use_input_stats && (!running_mean.defined() || !running_var.defined())) {
    fail("Expected running_mean and running_var to be defined when use_input_stats is false");
  }
  if (input.dim() < 2) fail("instance_norm: expected an input of at least 2 dimensions");
  const int64_t n = input.size(0), channels = input.size(1);
  const auto repeated = [n](const Variable& v) { return v.defined() ? repeat(v, {n}) : v; };
  Shape shape = input.shape();
  shape[0] = 1;
  shape[1] = n * channels;
  Variable mean, variance;
  {
    GradModeGuard no_grad(false);
    mean = repeated(running_mean);
    variance = repeated(running_var);
  }
  const Variable result =
      batch_norm(view(contiguous(input), shape), mean, variance, repeated(weight), repeated(bias),
                 use_input_stats, momentum, eps);
  if (use_input_stats) {
    GradModeGuard no_grad(false);
    for (const auto& [running, moved] :
         {std::pair(running_mean, mean), std::pair(running_var, variance)}) {
      if (!running.defined()) continue;
      const Variable found = gradpad::mean(view(moved, {n, channels}), Dims{0});
      change_in_place(running, [&] { running.data().copy_from(found.data()); });
    }
  }
  return view(result, input.shape());
}

Variable layer_norm(const Variable& input, const Shape& normalized_shape, const Variable& weight,
                    const Variable& bias, double eps) {
  const int64_t dims = normalized_shape.ssize();
  const std::string wanted = to_string(normalized_shape);
  if (dims == 0) {
    fail(
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
        "element, but got normalized_shape = ",
        wanted);
  }
  for (const auto& [v, name] : {std::pair(weight, "weight"), std::pair(bias, "bias")}) {
    if (v.defined() && v.shape() != normalized_shape) {
      fail("Expected ", name, " to be of same shape as normalized_shape, but got ", name,
           " of shape ", to_string(v.shape()), " and normalized_shape = ", wanted);
    }
  }
  bool fits = input.dim() >= dims;
  for (int64_t d = 0; fits && d < dims; ++d) {
    fits = input.size(d - dims) == normalized_shape[d];
  }
  if (!fits) {
    std::string sizes;
    for (int64_t size : normalized_shape) sizes += concat(", ", size);
    fail("Given normalized_shape=", wanted, ", expected input with shape [*", sizes,
         "], but got input of size", to_string(input.shape()));
  }
  check_floating(input, "LayerNormKernelImpl");
  const int64_t row = numel_of(normalized_shape);
  const Plan plan{"NativeLayerNormBackward0",
                  {1, row == 0 ? 0 : input.numel() / row, row},
                  normalized_shape,
                  eps};
  return with_own_statistics(plan, input, weight, bias);
}

Variable group_norm(const Variable& input, int64_t num_groups, const Variable& weight,
                    const Variable& bias, double eps) {
  if (input.dim() < 2) {
    fail("Expected at least 2 dimensions for input tensor but received ", input.dim());
  }
  const int64_t n = input.size(0), channels = input.size(1);
  if (num_groups <= 0) fail("Expected num groups to be greater than 0, got ", num_groups);
  if (channels % num_groups != 0) {
    fail(
        "Expected number of channels in input to be divisible by num_groups, but got input of "
        "shape ",
        to_string(input.shape()), " and num_groups=", num_groups);
  }
  for (const auto& [v, name] : {std::pair(weight, "weight"), std::pair(bias, "bias")}) {
    if (v.defined() && (v.dim() != 1 || v.numel() != channels)) {
      fail("Expected ", name,
           " to be a vector of size equal to the number of channels in input, but "
           "got ",
           name, " of shape ", to_string(v.shape()), " and input of shape ",
           to_string(input.shape()));
    }
  }
  check_floating(input, "GroupNormKernelImpl");
  const int64_t rows = n * num_groups;
  Plan plan{
      "NativeGroupNormBackward0", {1, rows, rows == 0 ? 0 : input.numel() / rows}, {channels}, eps};
  for (int64_t d = 2; d < input.dim(); ++d) plan.affine.push_back(1);
  return with_own_statistics(plan, input, weight, bias);
}

namespace {

int64_t spatial_size(const Variable& input) {
  int64_t size = 1;
  for (int64_t d = 2; d < input.dim(); ++d) size *= input.size(d);
  return size;
}

Variable batch_norm_functional(const Variable& input, const Variable& running_mean,
                               const Variable& running_var, const Variable& weight,
                               const Variable& bias, bool training, double momentum, double eps) {
  if (training && input.dim() >= 2 && input.size(0) * spatial_size(input) == 1) {
    fail(ErrorKind::Value, "Expected more than 1 value per channel when training, got input size ",
         size_repr(input.shape()));
  }
  return batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps);
}
Variable batch_norm_torch(const Variable& input, const Variable& weight, const Variable& bias,
                          const Variable& running_mean, const Variable& running_var, bool training,
                          double momentum, double eps, bool) {
  return batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps);
}
Variable instance_norm_functional(const Variable& input, const Variable& running_mean,
                                  const Variable& running_var, const Variable& weight,
                                  const Variable& bias, bool use_input_stats, double momentum,
                                  double eps) {
  if (use_input_stats && spatial_size(input) == 1) {
    fail(ErrorKind::Value, "Expected more than 1 spatial element when training, got input size ",
         size_repr(input.shape()));
  }
  return instance_norm(input, running_mean, running_var, weight, bias, use_input_stats, momentum,
                       eps);
}

constexpr std::string_view kBatchNormDoc =
    "(x - mean) / sqrt(var + eps) * weight + bias for each channel of [N, C, ...]. In training "
    "the batch's statistics, which also move the running ones by `momentum`; otherwise the "
    "running ones.\n"
    "Derivative: g * weight / sqrt(var + eps), in training without its mean and its part along "
    "the result; sums for weight and bias.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: ValueError in training on a single value for each channel; RuntimeError for "
    "parameters of another size.";

}  // namespace

GRADPAD_DEFINE_OP(
    batch_norm_functional,
    "batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight=None, "
    "Tensor? bias=None, bool training=False, float momentum=0.1, float eps=1e-5) -> Tensor",
    kBatchNormDoc,
    "T[3,2], None, None, T[2], T[2], True; T[2,2,3], None, None, T[2], T[2], True; T[2,2,2,2], "
    "None, None, training=True",
    kFunctional, boxed<&batch_norm_functional>);
GRADPAD_DEFINE_OP(
    batch_norm,
    "batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? "
    "running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor",
    kBatchNormDoc, "T[3,2], T[2], T[2], None, None, True, 0.1, 0.1, False", kTorch,
    boxed<&batch_norm_torch>);
GRADPAD_DEFINE_OP(
    instance_norm,
    "instance_norm(Tensor input, Tensor? running_mean=None, Tensor? running_var=None, Tensor? "
    "weight=None, Tensor? bias=None, bool use_input_stats=True, float momentum=0.1, float "
    "eps=1e-5) "
    "-> Tensor",
    "batch_norm for each sample and channel.\n"
    "Derivative: as batch_norm's in training, for each sample and channel.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: ValueError on a single value for each channel.",
    "T[2,2,4]; T[2,2,3], None, None, T[2], T[2], eps=0.1", kFunctional,
    boxed<&instance_norm_functional>);
GRADPAD_DEFINE_OP(
    layer_norm,
    "layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? "
    "bias=None, float "
    "eps=1e-5) -> Tensor",
    "(x - mean) / sqrt(var + eps) * weight + bias over the last dimensions, of shape "
    "`normalized_shape`, as weight and bias are.\n"
    "Derivative: g * weight / sqrt(var + eps) without its mean and its part along the result; "
    "sums for weight and bias.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError where normalized_shape is not the end of the input's shape.",
    "T[2,4], [4]; T[2,2,3], [2,3], T[2,3], T[2,3]; T[3,3], [3], T[3], None, 0.1",
    kFunctional | kTorch, boxed<&layer_norm>);
GRADPAD_DEFINE_OP(
    group_norm,
    "group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float "
    "eps=1e-5) -> Tensor",
    "(x - mean) / sqrt(var + eps) * weight + bias over groups of channels of each sample of [N, "
    "C, ...]; weight and bias are [C].\n"
    "Derivative: as batch_norm's in training, by groups.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for channels that do not divide into num_groups.",
    "T[2,4,2], 2, T[4], T[4]; T[2,4], 1", kFunctional | kTorch, boxed<&group_norm>);

}  // namespace gradpad
