// Arithmetic of several steps under one name and in one node.
#include <cmath>
#include <limits>

#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "ops/composite.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

Variable addcmul(const Variable& input, const Variable& tensor1, const Variable& tensor2,
                 const Scalar& value) {
  return ops::fused("AddcmulBackward0", {input, tensor1, tensor2}, [value](const Variables& v) {
    const Variable product = mul(v[1], v[2]);
    return add(v[0], value.equals(1) ? product : mul(product, value));
  });
}

Variable addcdiv(const Variable& input, const Variable& tensor1, const Variable& tensor2,
                 const Scalar& value) {
  if (!is_floating(tensor1.dtype()) && !is_floating(tensor2.dtype())) {
    fail(
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv "
        "will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can "
        "be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for "
        "integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future "
        "addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), "
        "for all dtypes.");
  }
  return ops::fused("AddcdivBackward0", {input, tensor1, tensor2}, [value](const Variables& v) {
    const Variable scaled = value.equals(1) ? v[1] : mul(v[1], value);
    return add(v[0], div(scaled, v[2]));
  });
}

Variable lerp(const Variable& input, const Variable& end, const Variable& weight) {
  if (input.dtype() != end.dtype()) {
    fail("expected dtype ", c_type_name(input.dtype()), " for `end` but got dtype ",
         c_type_name(end.dtype()));
  }
  const std::string_view name = weight.is_number() ? "LerpBackward0" : "LerpBackward1";
  // From whichever end is nearer, so that both ends are exact.
  return ops::fused(name, {input, end, weight}, [](const Variables& v) {
    const Variable difference = v[1] - v[0];
    return where(lt(abs(v[2]), 0.5), v[0] + v[2] * difference, v[1] - difference * (1 - v[2]));
  });
}

Variable frac(const Variable& input) {
  return differentiable("FracBackward0", sub(input, trunc(input)).data(), {input}, {},
                        [](Backward&, const Variable& g) -> Variables { return {g}; });
}

Variable hypot(const Variable& input, const Variable& other) {
  return ops::fused("HypotBackward0", {input, other},
                    [](const Variables& v) { return sqrt(v[0] * v[0] + v[1] * v[1]); });
}

Variable copysign(const Variable& input, const Variable& other) {
  return ops::fused("CopysignBackward0", {input, other}, [](const Variables& v) {
    // Negative zero is a sign too: 1 / -0 is negative.
    const Variable negative =
        logical_or(lt(v[1], 0), logical_and(eq(v[1], 0), lt(div(1.0, v[1]), 0)));
    return where(negative, -abs(v[0]), abs(v[0]));
  });
}

Variable heaviside(const Variable& input, const Variable& values) {
  if (input.dtype() != values.dtype()) {
    fail("heaviside is not yet implemented for tensors with different dtypes.");
  }
  const Variable x = input.detach();
  return where(eq(x, 0), values.detach(), convert(gt(x, 0), input.dtype()));
}

Variable nan_to_num(const Variable& input, std::optional<double> nan, std::optional<double> posinf,
                    std::optional<double> neginf) {
  if (!is_floating(input.dtype())) return clone(input);
  const bool narrow = input.dtype() == DType::Float32;
  const double most = narrow ? static_cast<double>(std::numeric_limits<float>::max())
                             : std::numeric_limits<double>::max();
  const double infinity = std::numeric_limits<double>::infinity();
  const double instead = nan.value_or(0);
  const double highest = posinf.value_or(most);
  const double lowest = neginf.value_or(-most);
  return ops::fused("NanToNumBackward0", {input}, [=](const Variables& v) {
    const Variable finite =
        where(eq(v[0], infinity), highest, where(eq(v[0], -infinity), lowest, v[0]));
    return where(isnan(v[0]), instead, finite);
  });
}

Variable round_decimals(const Variable& input, int64_t decimals) {
  const double scale = std::pow(10.0, static_cast<double>(std::abs(decimals)));
  return decimals >= 0 ? div(round(mul(input, scale)), scale)
                       : mul(round(div(input, scale)), scale);
}

Variable float_power(const Variable& input, const Variable& exponent) {
  const Variable base = convert(input, DType::Float64);
  return exponent.is_number() ? pow(base, exponent) : pow(base, convert(exponent, DType::Float64));
}

Variable scaled(std::string_view name, const Variable& input, double factor) {
  return ops::fused(name, {input}, [factor](const Variables& v) { return mul(v[0], factor); });
}
Variable deg2rad(const Variable& input) {
  return scaled("Deg2RadBackward0", input, 0.017453292519943295);
}
Variable rad2deg(const Variable& input) {
  return scaled("Rad2DegBackward0", input, 57.29577951308232);
}

}  // namespace

GRADPAD_DEFINE_OP(addcmul,
                  "addcmul(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> "
                  "Tensor",
                  "input + value * tensor1 * tensor2.\n"
                  "Derivative: g; value * g * tensor2; value * g * tensor1.\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "T[2,3], T[3], T[2,1], value=0.5; T[2], T[2], T[2]", kEverywhere | kInPlace,
                  boxed<&addcmul>);
GRADPAD_DEFINE_OP(
    addcdiv,
    "addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> "
    "Tensor",
    "input + value * tensor1 / tensor2.\n"
    "Derivative: g; value * g / tensor2; -value * g * tensor1 / tensor2².\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, or for integers throughout.",
    "T[2,3], T[3], P[2,1], value=0.5; T[2], T[2], P[2]", kEverywhere | kInPlace, boxed<&addcdiv>);
GRADPAD_DEFINE_OP(lerp, "lerp(Tensor input, Tensor end, Tensor|Scalar weight) -> Tensor",
                  "input + weight * (end - input).\n"
                  "Derivative: g * (1 - weight); g * weight; g * (end - input).\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: floating.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "T[2,3], T[2,3], 0.3; T[2,3], T[3], P[3]", kEverywhere | kInPlace, boxed<&lerp>);
GRADPAD_DEFINE_OP(frac, "frac(Tensor input) -> Tensor",
                  "The part behind the point.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: none beside wrong types of arguments.",
                  "D[2,3]", kEverywhere | kInPlace, boxed<&frac>);
GRADPAD_DEFINE_OP(hypot, "hypot(Tensor input, Tensor other) -> Tensor",
                  "sqrt(input² + other²).\n"
                  "Derivative: g * input / result; g * other / result.\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: floating.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "P[2,3], P[3]", kEverywhere | kInPlace, boxed<&hypot>);
GRADPAD_DEFINE_OP(copysign, "copysign(Tensor input, Tensor|Scalar other) -> Tensor",
                  "The magnitude of input with the sign of other.\n"
                  "Derivative: g * sign(input) * sign(result); 0 for `other`.\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: floating.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "P[2,3], D[2,3]", kEverywhere | kInPlace, boxed<&copysign>);
GRADPAD_DEFINE_OP(
    heaviside, "heaviside(Tensor input, Tensor values) -> Tensor",
    "0 below 0, 1 above, `values` at 0.\n"
    "Derivative: none.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: one for both.\n"
    "Errors: RuntimeError where the shapes do not broadcast, or for different dtypes.",
    "none: has no derivative", kEverywhere | kInPlace, boxed<&heaviside>);
GRADPAD_DEFINE_OP(nan_to_num,
                  "nan_to_num(Tensor input, float? nan=None, float? posinf=None, float? "
                  "neginf=None) -> Tensor",
                  "NaN and the infinities replaced: by 0 and the largest finite numbers.\n"
                  "Derivative: g where the element was finite, else 0.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kEverywhere | kInPlace, boxed<&nan_to_num>);
GRADPAD_DEFINE_OP(round_decimals, "round(Tensor input, *, int decimals) -> Tensor",
                  "Rounded to so many decimals.\n"
                  "Derivative: 0.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: the derivative is 0", kEverywhere | kInPlace, boxed<&round_decimals>);
GRADPAD_DEFINE_OP(float_power, "float_power(Tensor|Scalar input, Tensor|Scalar exponent) -> Tensor",
                  "The power, computed in float64.\n"
                  "Derivative: g * exponent * input^(exponent - 1); g * result * log(input).\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: any; the result is float64.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "P[2,3], T[3]; P[2], 2", kEverywhere, boxed<&float_power>);
GRADPAD_DEFINE_OP(deg2rad, "deg2rad(Tensor input) -> Tensor",
                  "Angles in degrees as radians.\n"
                  "Derivative: g * pi / 180.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating; integers and bool become the default floating type.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kEverywhere | kInPlace, boxed<&deg2rad>);
GRADPAD_DEFINE_OP(rad2deg, "rad2deg(Tensor input) -> Tensor",
                  "Angles in radians as degrees.\n"
                  "Derivative: g * 180 / pi.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating; integers and bool become the default floating type.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kEverywhere | kInPlace, boxed<&rad2deg>);

}  // namespace gradpad
