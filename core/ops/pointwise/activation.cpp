// Activation functions with parameters.
#include "gradpad/ops/convert.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/pointwise/all.h"

namespace gradpad {

using ops::def_of;
using ops::pointwise;

Variable leaky_relu(const Variable& input, double negative_slope) {
  const ops::LeakyRelu::Params params{negative_slope};
  return pointwise(def_of<ops::LeakyRelu>, {input}, &params);
}

Variable elu(const Variable& input, double alpha) {
  const ops::Elu::Params params{alpha, 1};
  return pointwise(def_of<ops::Elu>, {input}, &params);
}

Variable selu(const Variable& input) {
  const ops::Elu::Params params{1.6732632423543772848170429916717,
                                1.0507009873554804934193349852946};
  return pointwise(def_of<ops::Elu>, {input}, &params);
}

Variable softplus(const Variable& input, double beta, double threshold) {
  const ops::Softplus::Params params{beta, threshold};
  return pointwise(def_of<ops::Softplus>, {input}, &params);
}

Variable gelu(const Variable& input, const std::string& approximate) {
  if (approximate == "none") return pointwise(def_of<ops::Gelu>, {input});
  if (approximate != "tanh") fail("approximate argument must be either none or tanh.");
  return ops::fused("GeluBackward0", {input}, [](const Variables& in) {
    const Variable inner = 0.7978845608028654 * (in[0] + 0.044715 * pow(in[0], 3));
    return 0.5 * in[0] * (1 + tanh(inner));
  });
}

namespace {

Variable number_like(double value, const Variable& v) {
  return convert(Variable(value), v.dtype());
}

Variable hardtanh(const Variable& input, double min_val, double max_val) {
  return ops::fused("HardtanhBackward0", {input},
                    [=](const Variables& in) { return clamp(in[0], min_val, max_val); });
}
Variable relu6(const Variable& input) { return hardtanh(input, 0, 6); }
Variable hardsigmoid(const Variable& input) {
  return ops::fused("HardsigmoidBackward0", {input},
                    [](const Variables& in) { return clamp(in[0] + 3, 0, 6) / 6; });
}
Variable hardswish(const Variable& input) {
  return ops::fused("HardswishBackward0", {input},
                    [](const Variables& in) { return in[0] * clamp(in[0] + 3, 0, 6) / 6; });
}
Variable mish(const Variable& input) {
  return ops::fused("MishBackward0", {input},
                    [](const Variables& in) { return in[0] * tanh(softplus(in[0])); });
}
Variable softsign(const Variable& input) { return input / (1 + abs(input)); }
Variable tanhshrink(const Variable& input) { return input - tanh(input); }
Variable threshold(const Variable& input, double limit, double value) {
  return ops::fused("ThresholdBackward0", {input}, [=](const Variables& in) {
    return where(gt(in[0], limit), in[0], number_like(value, in[0]));
  });
}
Variable celu(const Variable& input, double alpha) {
  return ops::fused("CeluBackward0", {input}, [=](const Variables& in) {
    const Variable below = alpha * expm1(minimum(in[0], number_like(0, in[0])) / alpha);
    return where(gt(in[0], 0), in[0], below);
  });
}
Variable prelu(const Variable& input, const Variable& weight) {
  Shape shape;
  if (weight.numel() != 1) {
    shape = Shape(static_cast<size_t>(input.dim()), 1);
    if (input.dim() > 1) shape[1] = weight.numel();
  }
  return ops::fused("PreluBackward0", {input, weight}, [=](const Variables& in) {
    return where(gt(in[0], 0), in[0], reshape(in[1], shape) * in[0]);
  });
}

}  // namespace

GRADPAD_DEFINE_OP(leaky_relu, "leaky_relu(Tensor input, float negative_slope=0.01) -> Tensor",
                  "input above 0, negative_slope * input below.\n"
                  "Derivative: g above 0, negative_slope * g below.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for integers and bool.",
                  "T[2,3]; T[3], 0.2", kFunctional | kInPlace, boxed<&leaky_relu>);
GRADPAD_DEFINE_OP(elu, "elu(Tensor input, float alpha=1.0) -> Tensor",
                  "input above 0, alpha * (exp(input) - 1) below.\n"
                  "Derivative: g above 0, alpha * g * exp(input) below.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for integers and bool.",
                  "T[2,3]; T[3], 0.5", kFunctional | kInPlace, boxed<&elu>);
GRADPAD_DEFINE_OP(selu, "selu(Tensor input) -> Tensor",
                  "scale * elu(input, alpha) with the self-normalising constants.\n"
                  "Derivative: scale * g above 0, scale * alpha * g * exp(input) below.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for integers and bool.",
                  "T[2,3]", kTorch | kFunctional | kInPlace, boxed<&selu>);
GRADPAD_DEFINE_OP(celu, "celu(Tensor input, float alpha=1.0) -> Tensor",
                  "max(0, input) + min(0, alpha * (exp(input / alpha) - 1)).\n"
                  "Derivative: g above 0, g * exp(input / alpha) below.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: RuntimeError for alpha 0.",
                  "T[2,3]; T[3], 0.5", kTorch | kFunctional | kInPlace, boxed<&celu>);
GRADPAD_DEFINE_OP(
    softplus, "softplus(Tensor input, float beta=1, float threshold=20) -> Tensor",
    "log(1 + exp(beta * input)) / beta; input itself where beta * input is above threshold.\n"
    "Derivative: g * sigmoid(beta * input); g above the threshold.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool.",
    "T[2,3]; T[3], 2", kFunctional, boxed<&softplus>);
GRADPAD_DEFINE_OP(
    gelu, "gelu(Tensor input, *, str approximate='none') -> Tensor",
    "input times the normal distribution's cumulative function; 'tanh' approximates it.\n"
    "Derivative: g * (Φ(input) + input * φ(input)).\n"
    "Shape: that of `input`.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for another approximate.",
    "T[2,3]; T[3], approximate='tanh'", kFunctional, boxed<&gelu>);
GRADPAD_DEFINE_OP(relu6, "relu6(Tensor input) -> Tensor",
                  "min(max(input, 0), 6).\n"
                  "Derivative: g within (0, 6), else 0.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any but bool; the result has that of `input`.\n"
                  "Errors: RuntimeError for bool.",
                  "P[2,3]", kFunctional, boxed<&relu6>);
GRADPAD_DEFINE_OP(hardtanh, "hardtanh(Tensor input, float min_val=-1, float max_val=1) -> Tensor",
                  "input limited to [min_val, max_val].\n"
                  "Derivative: g within the bounds, 0 outside.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any but bool; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "U[2,3]", kFunctional | kInPlace, boxed<&hardtanh>);
GRADPAD_DEFINE_OP(hardsigmoid, "hardsigmoid(Tensor input) -> Tensor",
                  "min(max(input + 3, 0), 6) / 6.\n"
                  "Derivative: g / 6 within (-3, 3), else 0.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3] ~1e-7", kFunctional, boxed<&hardsigmoid>);
GRADPAD_DEFINE_OP(hardswish, "hardswish(Tensor input) -> Tensor",
                  "input * min(max(input + 3, 0), 6) / 6.\n"
                  "Derivative: g * (2 * input + 3) / 6 within (-3, 3), g above, 0 below.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kFunctional, boxed<&hardswish>);
GRADPAD_DEFINE_OP(mish, "mish(Tensor input) -> Tensor",
                  "input * tanh(softplus(input)).\n"
                  "Derivative: g * (tanh(s) + input * sigmoid(input) * (1 - tanh(s)²)) for s = "
                  "softplus(input).\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for integers and bool.",
                  "T[2,3]", kFunctional, boxed<&mish>);
GRADPAD_DEFINE_OP(softsign, "softsign(Tensor input) -> Tensor",
                  "input / (1 + |input|).\n"
                  "Derivative: g / (1 + |input|)².\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kFunctional, boxed<&softsign>);
GRADPAD_DEFINE_OP(tanhshrink, "tanhshrink(Tensor input) -> Tensor",
                  "input - tanh(input).\n"
                  "Derivative: g * tanh(input)².\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kFunctional, boxed<&tanhshrink>);
GRADPAD_DEFINE_OP(threshold, "threshold(Tensor input, float threshold, float value) -> Tensor",
                  "input above `threshold`, else `value`.\n"
                  "Derivative: g above `threshold`, else 0.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any but bool; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3], 0.1, 20", kTorch | kFunctional, boxed<&threshold>);
GRADPAD_DEFINE_OP(
    prelu, "prelu(Tensor input, Tensor weight) -> Tensor",
    "input above 0, weight * input below; one weight, or one for each channel (dimension 1).\n"
    "Derivative: g above 0, weight * g below; g * input below for weight.\n"
    "Shape: that of `input`.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for a number of weights that is neither 1 nor that of the channels.",
    "T[2,3], T[1]; T[2,3], T[3]", kTorch | kFunctional, boxed<&prelu>);

}  // namespace gradpad
