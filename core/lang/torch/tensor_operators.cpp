// Operators on tensors, straight to the typed functions: an operator costs no search and no list
// of arguments.
#include "gradpad/ops/functions.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "lang/torch/convert.h"
#include "lang/torch/tensor_slots.h"

namespace gradpad::lang {

namespace {

bool is_operand(const Value& v) { return v.is_tensor() || v.is_number(); }

/// x << n and x >> n of integers, as multiplication and division by a power of two.
Variable shift(const Variable& x, const Variable& n, bool left) {
  if (is_floating(x.dtype()) || is_floating(n.dtype())) {
    fail('"', left ? "lshift_cpu" : "rshift_cpu", "\" not implemented for '",
         scalar_type_name(is_floating(x.dtype()) ? x.dtype() : n.dtype()), "'");
  }
  const Variable factor = n.is_number() ? Variable(int64_t{1} << (n.item().to_int() & 63))
                                        : pow(Variable(Tensor::full({}, 2, n.dtype())), n);
  return left ? mul(x, factor) : floor_divide(x, factor);
}

/// The result of an operator; undefined where tensors have none such. `reflected`: a number stands
/// on the left, which PyTorch computes by the tensor's reflected method.
Variable apply(BinaryOp op, const Variable& a, const Variable& b, bool reflected) {
  switch (op) {
    case BinaryOp::Add:
      return reflected ? add(b, a) : add(a, b);
    case BinaryOp::Sub:
      return reflected ? rsub(b, a) : sub(a, b);
    case BinaryOp::Mul:
      return reflected ? mul(b, a) : mul(a, b);
    case BinaryOp::MatMul:
      return a.is_number() || b.is_number() ? Variable() : matmul(a, b);
    case BinaryOp::TrueDiv:
      return reflected ? mul(reciprocal(b), a) : div(a, b);
    case BinaryOp::FloorDiv:
      return floor_divide(a, b);
    case BinaryOp::Mod:
      return remainder(a, b);
    case BinaryOp::Pow:
      return pow(a, b);
    case BinaryOp::LShift:
      return shift(a, b, true);
    case BinaryOp::RShift:
      return shift(a, b, false);
    case BinaryOp::And:
      return reflected ? bitwise_and(b, a) : bitwise_and(a, b);
    case BinaryOp::Xor:
      return reflected ? bitwise_xor(b, a) : bitwise_xor(a, b);
    case BinaryOp::Or:
      return reflected ? bitwise_or(b, a) : bitwise_or(a, b);
  }
  return {};
}

Variable compared(CompareOp op, const Variable& a, const Variable& b) {
  switch (op) {
    case CompareOp::Lt:
      return lt(a, b);
    case CompareOp::Le:
      return le(a, b);
    case CompareOp::Eq:
      return eq(a, b);
    case CompareOp::Ne:
      return ne(a, b);
    case CompareOp::Gt:
      return gt(a, b);
    case CompareOp::Ge:
      break;
  }
  return ge(a, b);
}

}  // namespace

Value tensor_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (!is_operand(a) || !is_operand(b)) return rt.not_implemented();
  const Variable result = apply(op, to_operand(a), to_operand(b), !a.is_tensor());
  return result.defined() ? from_variable(result) : rt.not_implemented();
}

Value tensor_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  if (!is_operand(other)) return rt.not_implemented();
  const Variable target = to_variable(self), operand = to_operand(other);
  switch (op) {
    case BinaryOp::Add:
      add_(target, operand);
      break;
    case BinaryOp::Sub:
      sub_(target, operand);
      break;
    case BinaryOp::Mul:
      mul_(target, operand);
      break;
    case BinaryOp::TrueDiv:
      div_(target, operand);
      break;
    case BinaryOp::MatMul:
      return rt.not_implemented();
    default:
      check_in_place(target);
      assign_in_place(target, apply(op, in_place_operand(target), operand, false));
  }
  return self;
}

Value tensor_unary(Runtime&, UnaryOp op, const Value& self) {
  const Variable x = to_variable(self);
  switch (op) {
    case UnaryOp::Neg:
      if (x.dtype() == DType::Bool) {
        fail(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead.");
      }
      return from_variable(neg(x));
    case UnaryOp::Pos:
      return self;
    case UnaryOp::Invert:
      break;
  }
  if (is_floating(x.dtype())) {
    fail(ErrorKind::Type,
         "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
  }
  return from_variable(bitwise_not(x));
}

Value tensor_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if (!is_operand(other)) return rt.not_implemented();
  return from_variable(compared(op, to_variable(self), to_operand(other)));
}

bool tensor_contains(Runtime& rt, const Value& self, const Value& item) {
  if (!is_operand(item)) {
    fail("Tensor.__contains__ only supports Tensor or scalar, but you passed in a ",
         rt.repr(Value(rt.type_of(item)))->view(), ".");
  }
  return any(eq(to_variable(self), to_operand(item))).item().truth();
}

}  // namespace gradpad::lang
