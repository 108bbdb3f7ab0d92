// Displays, slices, f-strings and comprehensions.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

// Longer displays are built piece by piece, so that they do not need a register for each item.
constexpr size_t kPiece = 64;

}  // namespace

void Compiler::display_to(std::span<Expr*> items, Op op, const Span& span, uint16_t to) {
  if (op == Op::BuildSet && items.size() > 2) {
    // As CPython does, a set of constants is made from a frozen one: that decides its order.
    Values values;
    for (Expr* item : items) {
      Value value = constant_value(item);
      if (value.is_unbound()) break;
      values.push_back(std::move(value));
    }
    if (values.size() == items.size()) {
      Ref<Set> frozen = rt.make_of<Set>(rt.types.frozenset);
      for (const Value& value : values) frozen->add(rt, value);
      frozen->frozen = true;
      const uint16_t result = new_temporary(2);
      const auto source = static_cast<uint16_t>(result + 1);
      emit(Op::BuildSet, span, result, 0, 0);
      load_constant(source, std::move(frozen), span);
      emit_operand(Op::SetUpdate, span, result, {source, true});
      move(to, {result, true}, span);
      return;
    }
  }
  bool starred = false;
  for (Expr* item : items) starred = starred || item->kind == ExprKind::Starred;
  if (!starred && items.size() <= kPiece) {
    const uint16_t first = new_temporary(static_cast<uint32_t>(items.size()));
    for (size_t i = 0; i < items.size(); ++i) {
      expression_to(items[i], static_cast<uint16_t>(first + i));
    }
    emit(op, span, to, first, static_cast<uint16_t>(items.size()));
    return;
  }
  const bool set = op == Op::BuildSet;
  const uint16_t result = new_temporary();
  emit(set ? Op::BuildSet : Op::BuildList, span, result, 0, 0);
  for (Expr* item : items) {
    const uint32_t kept = mark();
    if (auto* star = item->to<StarredExpr>()) {
      const Operand value = expression(star->value);
      emit_operand(set ? Op::SetUpdate : Op::ListExtend, star->value->span, result, value);
    } else {
      const Operand value = expression(item);
      emit_operand(set ? Op::SetAdd : Op::ListAppend, item->span, result, value);
    }
    release(kept);
  }
  if (op == Op::BuildTuple) {
    emit_operand(Op::ListToTuple, span, to, {result, true});
  } else {
    move(to, {result, true}, span);
  }
}

void Compiler::dict_to(DictExpr* e, uint16_t to) {
  bool spread = false;
  for (Expr* key : e->keys) spread = spread || !key;
  if (!spread && e->keys.size() <= kPiece / 2) {
    const uint16_t first = new_temporary(static_cast<uint32_t>(e->keys.size() * 2));
    for (size_t i = 0; i < e->keys.size(); ++i) {
      expression_to(e->keys[i], static_cast<uint16_t>(first + 2 * i));
      expression_to(e->values[i], static_cast<uint16_t>(first + 2 * i + 1));
    }
    emit(Op::BuildDict, e->span, to, first, static_cast<uint16_t>(e->keys.size()));
    return;
  }
  const uint16_t result = new_temporary();
  emit(Op::BuildDict, e->span, result, 0, 0);
  for (size_t i = 0; i < e->keys.size(); ++i) {
    const uint32_t kept = mark();
    if (e->keys[i]) {
      const uint16_t key = new_temporary();
      expression_to(e->keys[i], key);
      const Operand value = expression(e->values[i]);
      emit_operands(Op::DictSet, e->keys[i]->span, result, {key, true}, value);
    } else {
      const Operand value = expression(e->values[i]);
      emit_operand(Op::DictUpdate, e->values[i]->span, result, value);
    }
    release(kept);
  }
  move(to, {result, true}, e->span);
}

void Compiler::slice_to(SliceExpr* e, uint16_t to) {
  const uint16_t first = new_temporary(3);
  Expr* parts[] = {e->start, e->stop, e->step};
  for (uint16_t i = 0; i < 3; ++i) {
    if (parts[i]) {
      expression_to(parts[i], static_cast<uint16_t>(first + i));
    } else {
      load_constant(static_cast<uint16_t>(first + i), Value::none(), e->span);
    }
  }
  emit(Op::BuildSlice, e->span, to, first);
}

void Compiler::string_to(JoinedStringExpr* e, uint16_t to) {
  if (e->parts.empty()) {
    load_constant(to, rt.intern(""), e->span);
    return;
  }
  if (e->parts.size() == 1) {
    expression_to(e->parts[0], to);
    return;
  }
  join_parts(e->parts, e->span, to);
}

/// Each part has a register until they are joined: of very many, stretches are joined first.
void Compiler::join_parts(std::span<Expr* const> parts, const Span& span, uint16_t to) {
  constexpr size_t kMost = 1000;
  size_t stretch = 1;
  while (stretch * kMost < parts.size()) stretch *= kMost;
  const size_t count = (parts.size() + stretch - 1) / stretch;
  const uint16_t first = new_temporary(static_cast<uint32_t>(count));
  for (size_t i = 0; i < count; ++i) {
    const uint32_t kept = mark();
    const auto place = static_cast<uint16_t>(first + i);
    const std::span<Expr* const> part =
        parts.subspan(i * stretch, std::min(stretch, parts.size() - i * stretch));
    if (part.size() == 1) {
      expression_to(part[0], place);
    } else {
      join_parts(part, span, place);
    }
    release(kept);
  }
  emit(Op::BuildString, span, to, first, static_cast<uint16_t>(count));
}

void Compiler::formatted_to(FormattedValueExpr* e, uint16_t to) {
  const Operand value =
      e->format ? settle(expression(e->value), e->format, e->value->span) : expression(e->value);
  Operand spec;
  if (e->format) spec = expression(e->format);
  const int conversion = e->conversion == 's'   ? 1
                         : e->conversion == 'r' ? 2
                         : e->conversion == 'a' ? 3
                                                : 0;
  emit_operands(Op::FormatValue, e->span, to, value, spec, static_cast<uint8_t>(conversion << 4));
}

/// Compiled in place: its variables are temporaries of the function around it.
void Compiler::comprehension_to(ComprehensionExpr* e, uint16_t to) {
  const uint16_t result = new_temporary();
  const Operand first = expression(e->clauses[0].iterable);
  Op build = Op::BuildList;
  const char* name = "<listcomp>";
  if (e->type == ComprehensionExpr::Type::Set) build = Op::BuildSet, name = "<setcomp>";
  if (e->type == ComprehensionExpr::Type::Dict) build = Op::BuildDict, name = "<dictcomp>";
  const uint16_t iterator = new_temporary(3);
  emit_operand(Op::GetIter, e->span, iterator, first);
  const uint32_t start = here();
  emit(build, e->span, result, 0, 0);

  Scope* const outer = scope_;
  scope_ = &shared_.scopes.of(e->scope);
  for (const auto& symbol : scope_->symbols) {
    if (!symbol->bound || symbol->global || symbol->nonlocal) continue;
    symbol->reg = new_temporary();
    // Each run of the comprehension has variables of its own.
    emit(Op::Clear, e->span, symbol->reg);
    if (symbol->captured) emit(Op::MakeCell, e->span, symbol->reg);
  }
  comprehension_clauses(e, 0, result, iterator);
  for (const auto& symbol : scope_->symbols) {
    if (symbol->reg != kNone && symbol->bound && !symbol->global && !symbol->nonlocal) {
      emit(Op::Clear, e->span, symbol->reg);
    }
  }
  scope_ = outer;
  code->inlined.push_back({start, here(), name, e->span});
  move(to, {result, true}, e->span);
}

/// `iterator` is that of the first clause, which is evaluated outside.
void Compiler::comprehension_clauses(ComprehensionExpr* e, size_t index, uint16_t result,
                                     uint16_t iterator) {
  if (index == e->clauses.size()) {
    const uint32_t kept = mark();
    if (e->type == ComprehensionExpr::Type::Dict) {
      const uint16_t key = new_temporary();
      expression_to(e->item, key);
      const Operand value = expression(e->value);
      emit_operands(Op::DictSet, e->item->span, result, {key, true}, value);
    } else {
      const Operand item = expression(e->item);
      const bool set = e->type == ComprehensionExpr::Type::Set;
      emit_operand(set ? Op::SetAdd : Op::ListAppend, e->item->span, result, item);
    }
    release(kept);
    return;
  }
  const ForClause& clause = e->clauses[index];
  const uint32_t kept = mark();
  if (index > 0) {
    iterator = new_temporary(3);
    const Operand iterable = expression(clause.iterable);
    emit_operand(Op::GetIter, clause.iterable->span, iterator, iterable);
  }
  Label body;
  Label step;
  emit_jump(Op::Jump, step, clause.iterable->span);
  bind(body);
  auto* name = clause.target->to<NameExpr>();
  uint16_t item = name ? variable_register(mangled(name->name)) : kNone;
  if (item == kNone) {
    item = new_temporary();
    store_target(clause.target, {item, true}, clause.target->span);
  }
  for (Expr* condition : clause.conditions) jump_if(condition, false, step);
  comprehension_clauses(e, index + 1, result, kNone);
  bind(step);
  loop_step(iterator, item, body, clause.iterable->span);
  release(kept);
}

/// A generator expression is a function of one argument, the first iterator.
void Compiler::generator_to(ComprehensionExpr* e, uint16_t to) {
  const uint16_t callee = new_temporary(2);
  const auto argument = static_cast<uint16_t>(callee + 1);
  const Span& where = e->span;
  {
    const uint32_t kept = mark();
    const Operand first = expression(e->clauses[0].iterable);
    emit_operand(Op::Iter, where, argument, first);
    release(kept);
  }
  make_function(generator_code(e), Parameters{}, callee, e->span);
  emit(Op::Call, e->span, callee, 0, to, 1);
}

void Compiler::generator_clauses(ComprehensionExpr* e, size_t index) {
  if (index == e->clauses.size()) {
    const uint32_t kept = mark();
    const Operand item = expression(e->item);
    const uint16_t sent = new_temporary();
    emit_operand(Op::Yield, e->item->span, sent, item);
    release(kept);
    return;
  }
  const ForClause& clause = e->clauses[index];
  const uint32_t kept = mark();
  const uint16_t iterator = new_temporary(3);
  if (index == 0) {
    emit_operand(Op::GetIter, clause.iterable->span, iterator, {0, true});
  } else {
    const Operand iterable = expression(clause.iterable);
    emit_operand(Op::GetIter, clause.iterable->span, iterator, iterable);
  }
  Label body;
  Label step;
  emit_jump(Op::Jump, step, clause.iterable->span);
  bind(body);
  auto* name = clause.target->to<NameExpr>();
  uint16_t item = name ? variable_register(mangled(name->name)) : kNone;
  if (item == kNone) {
    item = new_temporary();
    store_target(clause.target, {item, true}, clause.target->span);
  }
  for (Expr* condition : clause.conditions) jump_if(condition, false, step);
  generator_clauses(e, index + 1);
  bind(step);
  loop_step(iterator, item, body, clause.iterable->span);
  release(kept);
}

}  // namespace gradpad::lang
