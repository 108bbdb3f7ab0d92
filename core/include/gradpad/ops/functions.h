// Element-wise functions and operators of Variables. Operands broadcast to a common shape and are
// promoted to a common type; Python numbers are weak in promotion, as in PyTorch. What each
// function computes, its shapes and errors stand with the op (ops/pointwise/*.h).
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"

namespace gradpad {

#define GRADPAD_UNARY(name, Op) Variable name(const Variable& input);
#define GRADPAD_BINARY(name, Op) Variable name(const Variable& input, const Variable& other);
#define GRADPAD_KERNEL(Op)
#define GRADPAD_OP(entry)
#include "gradpad/ops/list.h"
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY
#undef GRADPAD_KERNEL
#undef GRADPAD_OP

/// input + alpha * other.
Variable add(const Variable& input, const Variable& other, const Scalar& alpha = 1);
/// input - alpha * other.
Variable sub(const Variable& input, const Variable& other, const Scalar& alpha = 1);
/// other - alpha * input.
Variable rsub(const Variable& input, const Variable& other, const Scalar& alpha = 1);
/// input / other; rounding_mode "trunc" or "floor" rounds the quotient.
Variable div(const Variable& input, const Variable& other,
             const std::optional<std::string>& rounding_mode = {});
/// floor(input / other). RuntimeError on integer division by zero.
Variable floor_divide(const Variable& input, const Variable& other);
/// input - other * floor(input / other): the sign of `other`, as Python's %.
Variable remainder(const Variable& input, const Variable& other);
/// The remainder with the sign of `input`, as C's fmod.
Variable fmod(const Variable& input, const Variable& other);
/// input to the power of exponent. RuntimeError for integers to a negative integer power.
Variable pow(const Variable& input, const Variable& exponent);
Variable square(const Variable& input);
/// Elements limited to [min, max]; either may be missing, not both.
Variable clamp(const Variable& input, const Variable& min, const Variable& max);
/// Elements of `input` where `condition` is true, of `other` where not.
Variable where(const Variable& condition, const Variable& input, const Variable& other);

Variable leaky_relu(const Variable& input, double negative_slope = 0.01);
Variable elu(const Variable& input, double alpha = 1.0);
Variable selu(const Variable& input);
Variable softplus(const Variable& input, double beta = 1, double threshold = 20);
/// approximate: "none" or "tanh".
Variable gelu(const Variable& input, const std::string& approximate = "none");

inline Variable operator+(const Variable& a, const Variable& b) { return add(a, b); }
inline Variable operator-(const Variable& a, const Variable& b) { return sub(a, b); }
inline Variable operator*(const Variable& a, const Variable& b) { return mul(a, b); }
inline Variable operator/(const Variable& a, const Variable& b) { return div(a, b); }
inline Variable operator-(const Variable& a) { return neg(a); }
inline Variable operator==(const Variable& a, const Variable& b) { return eq(a, b); }
inline Variable operator!=(const Variable& a, const Variable& b) { return ne(a, b); }
inline Variable operator<(const Variable& a, const Variable& b) { return lt(a, b); }
inline Variable operator<=(const Variable& a, const Variable& b) { return le(a, b); }
inline Variable operator>(const Variable& a, const Variable& b) { return gt(a, b); }
inline Variable operator>=(const Variable& a, const Variable& b) { return ge(a, b); }

}  // namespace gradpad
