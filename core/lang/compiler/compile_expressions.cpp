// Expressions, each into the register where its value is wanted. That register is written last, for
// it may be a variable that the expression reads.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/objects/str.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

Op binary_op(BinaryOp op) {
  return static_cast<Op>(static_cast<int>(Op::Add) + static_cast<int>(op));
}
Op inplace_op(BinaryOp op) {
  return static_cast<Op>(static_cast<int>(Op::InplaceAdd) + static_cast<int>(op));
}

/// The form with a small integer in the instruction, or Move where there is none.
Op immediate_op(BinaryOp op, bool inplace) {
  switch (op) {
    case BinaryOp::Add:
      return inplace ? Op::InplaceAddI : Op::AddI;
    case BinaryOp::Sub:
      return inplace ? Op::InplaceSubI : Op::SubI;
    case BinaryOp::Mul:
      return inplace ? Op::InplaceMulI : Op::MulI;
    default:
      return Op::Move;
  }
}

uint16_t as_field(int64_t small) { return static_cast<uint16_t>(static_cast<int16_t>(small)); }

}  // namespace

/// The value of a literal, or of a tuple of literals; unbound for anything else.
Value Compiler::constant_value(Expr* e) {
  if (auto* constant = e->to<ConstantExpr>()) {
    switch (constant->type) {
      case ConstantExpr::Type::None:
        return Value::none();
      case ConstantExpr::Type::True:
        return Value(true);
      case ConstantExpr::Type::False:
        return Value(false);
      case ConstantExpr::Type::Ellipsis:
        return rt.ellipsis();
      case ConstantExpr::Type::Int:
        if (constant->integer > static_cast<uint64_t>(INT64_MAX)) {
          fail("integer literal too large: integers have 64 bits here", e->span);
        }
        return Value(static_cast<int64_t>(constant->integer));
      case ConstantExpr::Type::Float:
        return Value(constant->real);
      case ConstantExpr::Type::Str:
        return rt.intern(constant->text);
    }
  }
  if (auto* unary = e->to<UnaryExpr>(); unary && unary->op == UnaryOp::Neg) {
    auto* constant = unary->operand->to<ConstantExpr>();
    if (!constant) return {};
    if (constant->type == ConstantExpr::Type::Float) return Value(-constant->real);
    if (constant->type == ConstantExpr::Type::Int) {
      return Value(static_cast<int64_t>(0 - constant->integer));
    }
  }
  if (auto* tuple = e->to<TupleExpr>()) {
    Values items;
    for (Expr* item : tuple->items) {
      items.push_back(constant_value(item));
      if (items.back().is_unbound()) return {};
    }
    return rt.make_tuple(std::span<const Value>(items));
  }
  return {};
}

Operand Compiler::expression(Expr* e) {
  if (auto* name = e->to<NameExpr>()) return load_name(name->name, e->span);
  if (const uint16_t constant = loop_constant(e); constant != kNone) return {constant, false};
  const uint16_t to = new_temporary();
  expression_to(e, to);
  release(to + 1u);
  return {to, true};
}

void Compiler::discard(Expr* e) {
  const uint32_t kept = mark();
  if (auto* call = e->to<CallExpr>()) {
    call_to(call, kNone);
  } else if (e->kind == ExprKind::Constant) {
    // Nothing to do: a docstring, or `...`.
  } else {
    const Operand value = expression(e);
    if (value.temporary) {
      emit(Op::Clear, e->span, value.reg);
    } else {
      const uint16_t to = new_temporary();
      move(to, value, e->span);  // reading an unbound name is an error
      emit(Op::Clear, e->span, to);
    }
  }
  release(kept);
}

void Compiler::expression_to(Expr* e, uint16_t to) {
  const uint32_t kept = mark();
  switch (e->kind) {
    case ExprKind::Constant:
      load_constant(to, constant_value(e), e->span);
      break;
    case ExprKind::Name:
      move(to, load_name(e->as<NameExpr>()->name, e->span), e->span);
      break;
    case ExprKind::BoolOp:
      bool_to(e->as<BoolOpExpr>(), to);
      break;
    case ExprKind::Binary:
      binary_to(e->as<BinaryExpr>(), to);
      break;
    case ExprKind::Unary:
      unary_to(e->as<UnaryExpr>(), to);
      break;
    case ExprKind::Not:
      emit_operand(Op::Not, e->span, to, expression(e->as<NotExpr>()->operand));
      break;
    case ExprKind::Lambda: {
      auto* lambda = e->as<LambdaExpr>();
      make_function(lambda_code(lambda), lambda->parameters, to, e->span);
      break;
    }
    case ExprKind::IfElse: {
      auto* i = e->as<IfElseExpr>();
      Label otherwise;
      Label end;
      jump_if(i->test, false, otherwise);
      expression_to(i->then, to);
      emit_jump(Op::Jump, end, e->span);
      bind(otherwise);
      expression_to(i->otherwise, to);
      bind(end);
      break;
    }
    case ExprKind::Dict:
      dict_to(e->as<DictExpr>(), to);
      break;
    case ExprKind::Set:
      display_to(e->as<SetExpr>()->items, Op::BuildSet, e->span, to);
      break;
    case ExprKind::List:
      display_to(e->as<ListExpr>()->items, Op::BuildList, e->span, to);
      break;
    case ExprKind::Tuple: {
      Value constant = constant_value(e);
      if (constant.is_bound()) {
        load_constant(to, std::move(constant), e->span);
      } else {
        display_to(e->as<TupleExpr>()->items, Op::BuildTuple, e->span, to);
      }
      break;
    }
    case ExprKind::Comprehension: {
      auto* c = e->as<ComprehensionExpr>();
      if (c->type == ComprehensionExpr::Type::Generator) {
        generator_to(c, to);
      } else {
        comprehension_to(c, to);
      }
      break;
    }
    case ExprKind::Yield: {
      Expr* value = e->as<YieldExpr>()->value;
      Operand operand;
      if (value) {
        operand = expression(value);
      } else {
        operand = {new_temporary(), true};
        load_constant(operand.reg, Value::none(), e->span);
      }
      emit_operand(Op::Yield, e->span, to, operand);
      break;
    }
    case ExprKind::YieldFrom: {
      const uint16_t iterator = new_temporary();
      const Operand value = expression(e->as<YieldFromExpr>()->value);
      emit_operand(Op::Iter, e->span, iterator, value, 1);
      emit_operand(Op::YieldFrom, e->span, to, {iterator, true});
      break;
    }
    case ExprKind::Compare:
      compare_to(e->as<CompareExpr>(), to);
      break;
    case ExprKind::Call:
      call_to(e->as<CallExpr>(), to);
      break;
    case ExprKind::JoinedString:
      string_to(e->as<JoinedStringExpr>(), to);
      break;
    case ExprKind::FormattedValue:
      formatted_to(e->as<FormattedValueExpr>(), to);
      break;
    case ExprKind::Attribute: {
      auto* a = e->as<AttributeExpr>();
      const Operand object = expression(a->object);
      emit_operand(Op::LoadAttr, e->span, to, object, add_site(mangled(a->name)));
      break;
    }
    case ExprKind::Subscript: {
      auto* s = e->as<SubscriptExpr>();
      const Operand object = settle(expression(s->object), s->index, s->object->span);
      const Operand index = expression(s->index);
      emit_operands(Op::GetItem, e->span, to, object, index);
      mark_subscript(s);
      break;
    }
    case ExprKind::Starred:
      fail("can't use starred expression here", e->span);
    case ExprKind::Slice:
      slice_to(e->as<SliceExpr>(), to);
      break;
    case ExprKind::Walrus: {
      auto* w = e->as<WalrusExpr>();
      if (is_temporary(to)) {
        expression_to(w->value, to);
        store_name(w->target->name, {to, false}, e->span);
      } else {
        const uint16_t value = new_temporary();
        expression_to(w->value, value);
        store_name(w->target->name, {value, false}, e->span);
        move(to, {value, true}, e->span);
      }
      break;
    }
  }
  release(kept);
}

void Compiler::unary_to(UnaryExpr* e, uint16_t to) {
  Value constant = constant_value(e);
  if (constant.is_bound()) {
    load_constant(to, std::move(constant), e->span);
    return;
  }
  const Op op = e->op == UnaryOp::Neg ? Op::Neg : e->op == UnaryOp::Pos ? Op::Pos : Op::Invert;
  emit_operand(op, e->span, to, expression(e->operand));
}

void Compiler::bool_to(BoolOpExpr* e, uint16_t to) {
  const uint16_t value = is_temporary(to) ? to : new_temporary();
  Label end;
  for (size_t i = 0; i < e->values.size(); ++i) {
    expression_to(e->values[i], value);
    if (i + 1 == e->values.size()) break;
    emit_jump(e->is_or ? Op::JumpIfTrue : Op::JumpIfFalse, end, e->values[i]->span, value);
  }
  bind(end);
  if (value != to) move(to, {value, true}, e->span);
}

void Compiler::binary_to(BinaryExpr* whole, uint16_t to) {
  // The left side may be a chain of any length: a + b + c + ...
  std::vector<BinaryExpr*> chain;
  Expr* e = whole;
  while (e->kind == ExprKind::Binary) {
    chain.push_back(e->as<BinaryExpr>());
    e = chain.back()->left;
  }
  const uint32_t kept = mark();
  Operand left = expression(e);
  for (size_t i = chain.size(); i-- > 0;) {
    BinaryExpr* b = chain[i];
    int64_t small = 0;
    const Op immediate = immediate_op(b->op, false);
    const bool use_immediate = immediate != Op::Move && is_small_integer(b->right, &small);
    Operand right;
    if (!use_immediate) {
      left = settle(left, b->right, b->left->span);
      right = expression(b->right);
    }
    uint16_t result = to;
    if (i > 0) {
      release(kept);
      result = new_temporary();
    }
    if (use_immediate) {
      emit_operand(immediate, b->span, result, left, as_field(small));
    } else {
      emit_operands(binary_op(b->op), b->span, result, left, right);
    }
    mark_operator(b);
    left = {result, true};
  }
}

/// Tracebacks show a + b as ~~^~~. As in CPython the mark begins at the first character behind the
/// left operand, bracket or not, and is two wide where the next is no space.
void Compiler::mark_operator(BinaryExpr* e) {
  const Span& left = e->left->span;
  const Span& right = e->right->span;
  if (e->span.line != e->span.end_line) return;
  const std::string_view line = shared_.source->line(left.line);
  // Brackets, spaces and the operator, all ASCII, so bytes and columns go together.
  size_t i = shared_.columns.byte_of(left.line, left.end_column);
  for (int32_t column = left.end_column; column < right.column; ++column, ++i) {
    if (line[i] == ' ' || line[i] == '\t' || line[i] == '\f') continue;
    const bool wide = column + 1 < right.column && line[i + 1] != ' ' && line[i + 1] != '\t';
    set_anchor({left.line, column, left.line, column + (wide ? 2 : 1)});
    return;
  }
}

/// ... and a[i] as ~^^^.
void Compiler::mark_subscript(SubscriptExpr* e) {
  const Span& object = e->object->span;
  if (e->span.line != e->span.end_line) return;
  set_anchor({object.line, object.end_column, object.line, e->index->span.end_column + 1});
}

void Compiler::inplace(BinaryOp op, const Span& span, uint16_t to, Operand a, Expr* right) {
  int64_t small = 0;
  const Op immediate = immediate_op(op, true);
  if (immediate != Op::Move && is_small_integer(right, &small)) {
    emit_operand(immediate, span, to, a, as_field(small));
  } else {
    a = settle(a, right, span);
    emit_operands(inplace_op(op), span, to, a, expression(right));
  }
}

}  // namespace gradpad::lang
