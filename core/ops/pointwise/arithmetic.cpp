// The functions of arithmetic that take more than two operands of one kind.
#include <limits>

#include "gradpad/ops/convert.h"
#include "gradpad/ops/reduce.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/pointwise/all.h"

namespace gradpad {

using ops::def_of;
using ops::pointwise;

namespace {

void check_alpha(const Scalar& alpha, const Variable& input, const Variable& other) {
  const bool integral = !is_floating(input.dtype()) && !is_floating(other.dtype());
  if (alpha.is_float() && integral) {
    fail("For integral input tensors, argument alpha must not be a floating point number.");
  }
}

Variable scaled(const Variable& other, const Scalar& alpha) {
  return alpha.equals(1) ? other : mul(other, alpha);
}

void check_integer_divisor(const Variable& input, const Variable& other) {
  if (is_floating(input.dtype()) || is_floating(other.dtype())) return;
  if (!all(other).item().truth()) fail("ZeroDivisionError");
}

void check_subtraction(const Variable& input, const Variable& other, const Scalar& alpha) {
  if (input.dtype() == DType::Bool && other.dtype() == DType::Bool) {
    fail(
        "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
        "`logical_xor()` operator instead.");
  }
  if ((input.dtype() == DType::Bool && !input.is_number()) ||
      (other.dtype() == DType::Bool && !other.is_number())) {
    fail(
        "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to "
        "invert a mask, use the `~` or `logical_not()` operator instead.");
  }
  check_alpha(alpha, input, other);
}

/// The exponent as a number, if it is one or a tensor that no gradient can flow to.
std::optional<double> constant_exponent(const Variable& base, const Variable& exponent) {
  if (!exponent.is_number() || base.is_number()) return std::nullopt;
  if (!is_floating(base.dtype()) && !is_floating(exponent.dtype())) return std::nullopt;
  return exponent.item().to_double();
}

void check_integer_power(const Variable& exponent) {
  if (any(lt(exponent.detach(), 0)).item().truth()) {
    fail("Integers to negative integer powers are not allowed.");
  }
}

Variable clamp_bound(const Variable& bound, double missing) {
  return bound.defined() ? bound : Variable(missing);
}

}  // namespace

Variable add(const Variable& input, const Variable& other, const Scalar& alpha) {
  check_alpha(alpha, input, other);
  return pointwise(def_of<ops::Add>, {input, scaled(other, alpha)});
}

Variable sub(const Variable& input, const Variable& other, const Scalar& alpha) {
  check_subtraction(input, other, alpha);
  return pointwise(def_of<ops::Sub>, {input, scaled(other, alpha)});
}

Variable rsub(const Variable& input, const Variable& other, const Scalar& alpha) {
  check_subtraction(input, other, alpha);
  return pointwise(def_of<ops::Rsub>, {scaled(input, alpha), other});
}

Variable div(const Variable& input, const Variable& other,
             const std::optional<std::string>& rounding_mode) {
  if (!rounding_mode) return pointwise(def_of<ops::Div>, {input, other});
  if (*rounding_mode == "floor") return floor_divide(input, other);
  if (*rounding_mode != "trunc") {
    fail("div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '",
         *rounding_mode, "'");
  }
  if (is_floating(input.dtype()) || is_floating(other.dtype())) {
    return trunc(pointwise(def_of<ops::Div>, {input, other}));
  }
  // (a - fmod(a, b)) / b is exact for integers.
  return floor_divide(sub(input, fmod(input, other)), other);
}

Variable floor_divide(const Variable& input, const Variable& other) {
  check_integer_divisor(input, other);
  return pointwise(def_of<ops::FloorDivide>, {input, other});
}

Variable remainder(const Variable& input, const Variable& other) {
  check_integer_divisor(input, other);
  return pointwise(def_of<ops::Remainder>, {input, other});
}

Variable fmod(const Variable& input, const Variable& other) {
  check_integer_divisor(input, other);
  return pointwise(def_of<ops::Fmod>, {input, other});
}

Variable pow(const Variable& input, const Variable& exponent) {
  if (const auto number = constant_exponent(input, exponent)) {
    const ops::PowNumber::Params params{*number};
    const Variable base = is_floating(input.dtype()) ? input : convert(input, default_dtype());
    Variable result = pointwise(def_of<ops::PowNumber>, {base}, &params);
    trace_number(result, 1, exponent);
    return result;
  }
  if (!is_floating(input.dtype()) && !is_floating(exponent.dtype())) check_integer_power(exponent);
  return pointwise(def_of<ops::Pow>, {input, exponent});
}

Variable square(const Variable& input) { return pow(input, 2); }

Variable clamp(const Variable& input, const Variable& min, const Variable& max) {
  if (!min.defined() && !max.defined()) {
    fail("torch.clamp: At least one of 'min' or 'max' must not be None");
  }
  const bool numbers = (!min.defined() || min.is_number()) && (!max.defined() || max.is_number());
  if (!numbers) {
    return ops::fused("ClampBackward0", {input, min, max}, [](const Variables& in) {
      Variable result = in[0];
      if (in[1].defined()) result = maximum(result, in[1]);
      return in[2].defined() ? minimum(result, in[2]) : result;
    });
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Variable low = clamp_bound(min, -infinity), high = clamp_bound(max, infinity);
  Variable operand = input;
  const bool floating_bound =
      (min.defined() && is_floating(min.dtype())) || (max.defined() && is_floating(max.dtype()));
  if (floating_bound && !is_floating(input.dtype())) operand = convert(input, default_dtype());
  const ops::Clamp::Params params{low.item().to_double(), high.item().to_double()};
  return pointwise(def_of<ops::Clamp>, {operand}, &params);
}

Variable where(const Variable& condition, const Variable& input, const Variable& other) {
  return pointwise(def_of<ops::Where>, {condition, input, other});
}

GRADPAD_DEFINE_OP(
    add, "add(Tensor|Scalar input, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor",
    "input + alpha * other.\n"
    "Derivative: g for `input`, alpha * g for `other`, summed over what was broadcast.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], T[2,3]; T[2,3], T[3], alpha=2; T[2], 3", kEverywhere | kInPlace, boxed<&add>);
GRADPAD_DEFINE_OP(sub, "sub(Tensor|Scalar input, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor",
                  "input - alpha * other.\n"
                  "Derivative: g for `input`, -alpha * g for `other`.\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError where the shapes do not broadcast, and for bool.",
                  "T[2,3], T[2,1]; T[], T[2], alpha=0.5", kEverywhere | kInPlace, boxed<&sub>);
GRADPAD_DEFINE_OP(rsub, "rsub(Tensor input, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor",
                  "other - alpha * input.\n"
                  "Derivative: -alpha * g for `input`, g for `other`.\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError where the shapes do not broadcast, and for bool.",
                  "T[2,3], T[3]", kTorch, boxed<&rsub>);
GRADPAD_DEFINE_OP(
    div, "div(Tensor|Scalar input, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor",
    "input / other, integers giving floats. rounding_mode 'trunc' or 'floor' rounds the quotient "
    "and keeps integers.\n"
    "Derivative: g / other; -g * input / other²; 0 with a rounding_mode.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: floating without a rounding_mode, integers and bool becoming the default floating "
    "type; promoted with one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, for another rounding_mode, and for "
    "integer division by zero.",
    "T[2,3], P[3]; T[2], 3", kEverywhere | kInPlace, boxed<&div>);
GRADPAD_DEFINE_OP(
    floor_divide, "floor_divide(Tensor|Scalar input, Tensor|Scalar other) -> Tensor",
    "floor(input / other). RuntimeError on integer division by zero. Not differentiable.\n"
    "Derivative: none.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, and for integer division by zero.",
    "none: has no derivative", kEverywhere | kInPlace, boxed<&floor_divide>);
GRADPAD_DEFINE_OP(
    remainder, "remainder(Tensor|Scalar input, Tensor|Scalar other) -> Tensor",
    "input - other * floor(input / other): the sign of `other`, as Python's %.\n"
    "Derivative: g; -g * floor(input / other).\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, and for integer division by zero.",
    "P[2,3], P[3]; P[2], 0.7", kEverywhere | kInPlace, boxed<&remainder>);
GRADPAD_DEFINE_OP(
    fmod, "fmod(Tensor input, Tensor|Scalar other) -> Tensor",
    "The remainder with the sign of `input`, as C's fmod.\n"
    "Derivative: g; -g * trunc(input / other).\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, and for integer division by zero.",
    "P[2,3], P[3]", kEverywhere | kInPlace, boxed<&fmod>);
GRADPAD_DEFINE_OP(
    pow, "pow(Tensor|Scalar input, Tensor|Scalar exponent) -> Tensor",
    "input to the power of exponent, element by element; either may be a number. RuntimeError for "
    "integers to a negative integer power.\n"
    "Derivative: g * exponent * input^(exponent - 1); g * result * log(input).\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, and for integers to a negative "
    "integer power.",
    "P[2,3], T[3]; T[2,3], 3; P[2], -0.5; 2, T[3]; T[3], 0", kEverywhere | kInPlace, boxed<&pow>);
GRADPAD_DEFINE_OP(square, "square(Tensor input) -> Tensor",
                  "Each element times itself, input * input.\n"
                  "Derivative: 2 * g * input.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kEverywhere | kInPlace, boxed<&square>);
GRADPAD_DEFINE_OP(
    clamp, "clamp(Tensor input, Tensor|Scalar? min=None, Tensor|Scalar? max=None) -> Tensor",
    "Elements limited to [min, max]; either bound may be missing. The derivative is 1 within the "
    "bounds, 0 outside.\n"
    "Derivative: g within the bounds, 0 outside.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where both bounds are missing.",
    "T[2,3], -0.3, 0.4; T[2,3], min=0.01; T[2,3], max=T[3]", kEverywhere | kInPlace, boxed<&clamp>);
GRADPAD_DEFINE_OP(where,
                  "where(Tensor condition, Tensor|Scalar input, Tensor|Scalar other) -> Tensor",
                  "Elements of `input` where `condition` (bool) is True, of `other` where not.",
                  "B[2,3], T[2,3], T[3]; B[3], T[2,3], 1.5", kTorch, boxed<&where>);

}  // namespace gradpad
