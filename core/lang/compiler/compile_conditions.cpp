// Comparisons, and conditions that jump instead of making a bool.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

Op value_op(CompareKind op) {
  switch (op) {
    case CompareKind::Is:
      return Op::Is;
    case CompareKind::IsNot:
      return Op::IsNot;
    case CompareKind::In:
      return Op::In;
    case CompareKind::NotIn:
      return Op::NotIn;
    default:
      return static_cast<Op>(static_cast<int>(Op::Lt) + static_cast<int>(op));
  }
}

Op jump_op(CompareKind op, bool sense, bool immediate) {
  const Op first = immediate ? (sense ? Op::JumpIfLtI : Op::JumpUnlessLtI)
                             : (sense ? Op::JumpIfLt : Op::JumpUnlessLt);
  return static_cast<Op>(static_cast<int>(first) + static_cast<int>(op));
}

bool is_none(Expr* e) {
  auto* constant = e->to<ConstantExpr>();
  return constant && constant->type == ConstantExpr::Type::None;
}

}  // namespace

void Compiler::compare_pair(CompareKind op, const Span& span, uint16_t to, Operand a, Operand b) {
  emit_operands(value_op(op), span, to, a, b);
}

void Compiler::compare_to(CompareExpr* e, uint16_t to) {
  if (e->rights.size() == 1) {
    const Operand left = settle(expression(e->left), e->rights[0], e->left->span);
    const Operand right = expression(e->rights[0]);
    compare_pair(e->ops[0], e->span, to, left, right);
    return;
  }
  // a < b < c: b is evaluated once, and c only where a < b.
  const uint16_t result = is_temporary(to) ? to : new_temporary();
  Label end;
  // A middle is needed until the comparison behind it is done: two registers take turns.
  uint16_t middles[] = {kNone, kNone};
  Operand left = settle(expression(e->left), e->rights, e->left->span);
  for (size_t i = 0; i < e->rights.size(); ++i) {
    const bool last = i + 1 == e->rights.size();
    Operand right;
    if (last) {
      right = expression(e->rights[i]);
    } else {
      uint16_t& middle = middles[i % 2];
      if (middle == kNone) middle = new_temporary();
      right = {middle, true};
      expression_to(e->rights[i], middle);
    }
    compare_pair(e->ops[i], e->span, result, left, {right.reg, last && right.temporary});
    if (last) break;
    emit_jump(Op::JumpIfFalse, end, e->span, result);
    left = {right.reg, false};
  }
  bind(end);
  for (uint16_t middle : middles) {
    if (middle != kNone) emit(Op::Clear, e->span, middle);
  }
  if (result != to) move(to, {result, true}, e->span);
}

void Compiler::jump_on(Operand value, bool sense, Label& to, const Span& span) {
  emit_jump(sense ? Op::JumpIfTrue : Op::JumpIfFalse, to, span, value.reg,
            value.temporary ? kKillA : 0);
  reads(value);
}

void Compiler::jump_if(Expr* e, bool sense, Label& to) {
  const uint32_t kept = mark();
  switch (e->kind) {
    case ExprKind::Not:
      jump_if(e->as<NotExpr>()->operand, !sense, to);
      break;
    case ExprKind::BoolOp: {
      auto* b = e->as<BoolOpExpr>();
      if (b->is_or == sense) {
        // Any of them decides.
        for (Expr* value : b->values) jump_if(value, sense, to);
      } else {
        Label out;
        for (size_t i = 0; i < b->values.size(); ++i) {
          if (i + 1 == b->values.size()) {
            jump_if(b->values[i], sense, to);
          } else {
            jump_if(b->values[i], !sense, out);
          }
        }
        bind(out);
      }
      break;
    }
    case ExprKind::Compare:
      if (e->as<CompareExpr>()->rights.size() == 1) {
        jump_if_compare(e->as<CompareExpr>(), sense, to);
      } else {
        jump_on(expression(e), sense, to, e->span);
      }
      break;
    case ExprKind::Constant: {
      const bool truth = rt.truth(constant_value(e));
      if (truth == sense) emit_jump(Op::Jump, to, e->span);
      break;
    }
    default:
      jump_on(expression(e), sense, to, e->span);
      break;
  }
  release(kept);
}

void Compiler::jump_if_compare(CompareExpr* e, bool sense, Label& to) {
  const CompareKind op = e->ops[0];
  Expr* right_side = e->rights[0];
  if ((op == CompareKind::Is || op == CompareKind::IsNot) && is_none(right_side)) {
    const Operand value = expression(e->left);
    const bool none = (op == CompareKind::Is) == sense;
    emit_jump(none ? Op::JumpIfNone : Op::JumpIfNotNone, to, e->span, value.reg,
              value.temporary ? kKillA : 0);
    reads(value);
    return;
  }
  if (op > CompareKind::Ge || far) {
    const uint16_t result = new_temporary();
    compare_to(e, result);
    jump_on({result, true}, sense, to, e->span);
    return;
  }
  int64_t small = 0;
  Operand left = expression(e->left);
  if (is_small_integer(right_side, &small)) {
    emit_near(jump_op(op, sense, true), to, e->span, left.reg,
              static_cast<uint16_t>(static_cast<int16_t>(small)), left.temporary ? kKillA : 0);
    reads(left);
    return;
  }
  left = settle(left, right_side, e->left->span);
  const Operand right = expression(right_side);
  emit_near(jump_op(op, sense, false), to, e->span, left.reg, right.reg,
            static_cast<uint8_t>((left.temporary ? kKillA : 0) | (right.temporary ? kKillB : 0)));
  reads(left);
  reads(right);
}

}  // namespace gradpad::lang
