// Dropout, with PyTorch's stream of random numbers.
#include "gradpad/ops/dropout.h"

#include <cmath>

#include "gradpad/ops/functions.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/views.h"
#include "gradpad/tensor/random.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

void check_probability(double p) {
  if (!(p >= 0 && p <= 1)) {
    fail(ErrorKind::Value, "dropout probability has to be between 0 and 1, but got ", p);
  }
}

bool changes_nothing(const Variable& input, double p, bool train) {
  return input.numel() == 0 || p == 0 || !train;
}

Variable nothing(const Variable& input) {
  return input * Variable(Tensor::zeros({}, input.dtype(), input.device()));
}

/// The shape of one chance for each sample and channel.
Shape feature_shape(const Variable& input) {
  if (input.dim() < 2) fail("Feature dropout requires at least 2 dimensions in the input");
  Shape shape{input.size(0), input.size(1)};
  for (int64_t d = 2; d < input.dim(); ++d) shape.push_back(1);
  return shape;
}

/// A scale and a shift for every element such that mean 0 and variance 1 stay: what is dropped
/// becomes the value that selu tends to.
Variable alpha_dropped(const Variable& input, double p, const Shape& shape) {
  if (p == 1) return nothing(input);
  const double alpha = 1.7580993408473766;
  Tensor kept = Tensor::empty(shape, input.dtype(), input.device());
  fill_bernoulli(kept, 1 - p, default_generator());
  const double scale = 1 / std::sqrt((alpha * alpha * p + 1) * (1 - p));
  const Variable noise(kept);
  return input * (noise * scale) + ((noise - 1) * (alpha * scale) + alpha * scale * p);
}

}  // namespace

Variable dropout(const Variable& input, double p, bool train) {
  check_probability(p);
  if (changes_nothing(input, p, train)) return input;
  if (p == 1) return nothing(input);
  return input * Variable(dropout_noise(input.data(), p, default_generator()));
}

Variable feature_dropout(const Variable& input, double p, bool train) {
  check_probability(p);
  if (changes_nothing(input, p, train)) return input;
  if (p == 1) return nothing(input);
  const Tensor model = Tensor::empty(feature_shape(input), input.dtype(), input.device());
  return input * Variable(dropout_noise(model, p, default_generator()));
}

Variable alpha_dropout(const Variable& input, double p, bool train) {
  check_probability(p);
  if (changes_nothing(input, p, train)) return input;
  return alpha_dropped(input, p, input.shape());
}

namespace {

/// With `inplace` the result is written into the input.
Variable placed(const Variable& input, const Variable& result, bool inplace) {
  if (!inplace || result.is_same(input)) return result;
  assign_in_place(input, result);
  return input;
}

template <Variable (*function)(const Variable&, double, bool)>
Variable functional(const Variable& input, double p, bool training, bool inplace) {
  if (!inplace) return function(input, p, training);
  check_in_place(input);
  const Variable operand = in_place_operand(input);
  const Variable result = function(operand, p, training);
  return result.is_same(operand) ? input : placed(input, result, true);
}

/// [C, L] without a batch, as the modules take it.
template <int64_t spatial>
Variable channel_dropout(const Variable& input, double p, bool training, bool inplace) {
  check_probability(p);
  if (input.dim() != spatial + 1 || spatial == 2) {
    return functional<&feature_dropout>(input, p, training, inplace);
  }
  const Variable result = squeeze(feature_dropout(unsqueeze(input, 0), p, training), 0);
  return placed(input, result, inplace);
}

Variable feature_alpha_dropout(const Variable& input, double p, bool training, bool) {
  check_probability(p);
  if (changes_nothing(input, p, training)) return input;
  return alpha_dropped(input, p, feature_shape(input));
}

constexpr std::string_view kDropoutDoc =
    "While training, each element is 0 with probability p, else divided by 1 - p. ValueError "
    "unless 0 <= p <= 1.\n"
    "Derivative: g / (1 - p) where an element was kept, else 0.\n"
    "Shape: that of `input`.\n"
    "Dtypes: floating.\n"
    "Errors: ValueError unless 0 <= p <= 1.";
constexpr std::string_view kFeatureDoc =
    "While training, each channel of each sample is 0 with probability p, else divided by 1 - p.\n"
    "Derivative: g / (1 - p) where a channel was kept, else 0.\n"
    "Shape: that of `input`.\n"
    "Dtypes: floating.\n"
    "Errors: ValueError unless 0 <= p <= 1.";
constexpr std::string_view kAlphaDoc =
    "Dropout that keeps mean and variance of what selu gives: dropped elements become the value "
    "that selu tends to.\n"
    "Derivative: g times the scale where an element was kept, else 0.\n"
    "Shape: that of `input`.\n"
    "Dtypes: floating.\n"
    "Errors: ValueError unless 0 <= p <= 1.";

}  // namespace

GRADPAD_DEFINE_OP(dropout, "dropout(Tensor input, float p, bool train) -> Tensor", kDropoutDoc,
                  "T[2,3], 0.5, True; T[2,3], 0.5, False; T[2], 1, True",
                  kTorch | kInPlace | kByStrides, boxed<&dropout>);
GRADPAD_DEFINE_OP(
    dropout_functional,
    "dropout(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor",
    kDropoutDoc, "T[2,3]; T[2,3], 0.2", kFunctional | kByStrides, boxed<&functional<&dropout>>);
GRADPAD_DEFINE_OP(feature_dropout, "feature_dropout(Tensor input, float p, bool train) -> Tensor",
                  kFeatureDoc, "T[2,3,2], 0.5, True", kTorch, boxed<&feature_dropout>);
GRADPAD_DEFINE_OP(
    dropout1d,
    "dropout1d(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor",
    kFeatureDoc, "T[2,3,2]; T[3,2]", kFunctional, boxed<&channel_dropout<1>>);
GRADPAD_DEFINE_OP(
    dropout2d,
    "dropout2d(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor",
    kFeatureDoc, "T[2,3,2,1]; T[3,2,2]", kFunctional, boxed<&channel_dropout<2>>);
GRADPAD_DEFINE_OP(
    dropout3d,
    "dropout3d(Tensor input, float p=0.5, bool training=True, bool inplace=False) -> Tensor",
    kFeatureDoc, "T[2,3,1,1,2]", kFunctional, boxed<&channel_dropout<3>>);
GRADPAD_DEFINE_OP(alpha_dropout, "alpha_dropout(Tensor input, float p, bool train) -> Tensor",
                  kAlphaDoc, "T[2,3], 0.5, True", kTorch, boxed<&alpha_dropout>);
GRADPAD_DEFINE_OP(
    alpha_dropout_functional,
    "alpha_dropout(Tensor input, float p=0.5, bool training=False, bool inplace=False) -> Tensor",
    kAlphaDoc, "T[2,3], 0.5, True", kFunctional, boxed<&functional<&alpha_dropout>>);
GRADPAD_DEFINE_OP(
    feature_alpha_dropout,
    "feature_alpha_dropout(Tensor input, float p=0.5, bool training=False, bool inplace=False) -> "
    "Tensor",
    kAlphaDoc, "T[2,3,2], 0.5, True", kFunctional, boxed<&feature_alpha_dropout>);

}  // namespace gradpad
