// Calls: arguments go into consecutive temporaries behind the callee.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

constexpr size_t kMostDirect = 200;

}  // namespace

/// `super()` in a method is super(__class__, self).
bool Compiler::super_arguments(CallExpr* e, uint16_t first) {
  auto* name = e->callee->to<NameExpr>();
  if (!name || name->name->text != "super" || !e->arguments.empty() || !e->keywords.empty()) {
    return false;
  }
  if (host_.kind != Scope::Kind::Function || code->positional == 0) return false;
  const Resolution r = ScopeBuilder::resolve(*scope_, rt.names.class_.get());
  if (r.kind != Resolution::Kind::Free) return false;
  const auto second = static_cast<uint16_t>(first + 1);
  emit(Op::LoadFree, e->span, first, r.index);
  Symbol* self = host_.find(code->local_names[0].get());
  if (self && self->captured) {
    emit(Op::LoadCell, e->span, second, 0);
  } else {
    move(second, {0, false}, e->span);
  }
  return true;
}

void Compiler::call_to(CallExpr* e, uint16_t to) {
  bool spread = e->arguments.size() + e->keywords.size() > kMostDirect;
  for (Expr* argument : e->arguments) spread = spread || argument->kind == ExprKind::Starred;
  for (const Keyword& keyword : e->keywords) spread = spread || !keyword.name;
  if (spread) {
    call_spread(e, to);
    return;
  }
  const uint32_t kept = mark();
  auto* attribute = e->callee->to<AttributeExpr>();
  uint16_t callee = 0;
  if (attribute) {
    const Operand object = expression(attribute->object);
    release(kept);
    callee = new_temporary(2);
    emit_operand(Op::LoadMethod, attribute->span, callee, object,
                 add_site(mangled(attribute->name)));
  } else {
    callee = new_temporary();
    expression_to(e->callee, callee);
  }
  size_t count = e->arguments.size() + e->keywords.size();
  std::vector<Value> names;
  if (count == 0 && !attribute) {
    const uint16_t pair = new_temporary(2);
    if (super_arguments(e, pair)) count = 2;
  }
  for (Expr* argument : e->arguments) {
    const uint16_t place = new_temporary();
    expression_to(argument, place);
  }
  for (const Keyword& keyword : e->keywords) {
    const uint16_t place = new_temporary();
    expression_to(keyword.value, place);
    names.emplace_back(str(keyword.name));
  }
  const auto x = static_cast<uint8_t>(count);
  if (names.empty()) {
    emit(attribute ? Op::CallMethod : Op::Call, e->span, callee, 0, to, x);
  } else {
    const Ref<Tuple> tuple = rt.make_tuple(std::span<const Value>(names.data(), names.size()));
    emit(attribute ? Op::CallMethodKeywords : Op::CallKeywords, e->span, callee,
         constant16(Value(tuple)), to, x);
  }
  release(kept);
}

/// f(*a, b, **c): the arguments are gathered in a list and a dict.
void Compiler::call_spread(CallExpr* e, uint16_t to) {
  const uint32_t kept = mark();
  const uint16_t callee = new_temporary(3);
  const auto list = static_cast<uint16_t>(callee + 1);
  const auto dict = static_cast<uint16_t>(callee + 2);
  expression_to(e->callee, callee);
  emit(Op::BuildList, e->span, list, 0, 0);
  for (Expr* argument : e->arguments) {
    const uint32_t inner = mark();
    if (auto* star = argument->to<StarredExpr>()) {
      const Operand value = expression(star->value);
      // c: 1 + the callee, for the error.
      emit_operand(Op::ListExtend, e->span, list, value, static_cast<uint16_t>(callee + 1));
    } else {
      const Operand value = expression(argument);
      emit_operand(Op::ListAppend, argument->span, list, value);
    }
    release(inner);
  }
  if (!e->keywords.empty()) {
    emit(Op::BuildDict, e->span, dict, 0, 0);
    for (const Keyword& keyword : e->keywords) {
      const uint32_t inner = mark();
      const uint16_t pair = new_temporary(2);
      const auto value = static_cast<uint16_t>(pair + 1);
      if (keyword.name) {
        // As a dict of one, so that a name given twice is noticed.
        load_constant(pair, Value(str(keyword.name)), keyword.span);
        expression_to(keyword.value, value);
        emit(Op::BuildDict, keyword.span, pair, pair, 1);
        emit_operands(Op::DictMerge, e->span, dict, {pair, true}, {callee, false});
      } else {
        const Operand mapping = expression(keyword.value);
        emit_operands(Op::DictMerge, e->span, dict, mapping, {callee, false});
      }
      release(inner);
    }
  }
  emit(Op::CallSpread, e->span, callee, 0, to, e->keywords.empty() ? 0 : 1);
  release(kept);
}

}  // namespace gradpad::lang
