// Simple statements.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void Compiler::block(Block statements) {
  for (Stmt* s : statements) statement(s);
}

void Compiler::statement(Stmt* s) {
  const uint32_t kept = mark();
  switch (s->kind) {
    case StmtKind::Expression: {
      Expr* e = s->as<ExpressionStmt>()->value;
      if (shared_.interactive && host_.kind == Scope::Kind::Module) {
        const Operand value = expression(e);
        emit(Op::PrintResult, e->span, value.reg);
      } else {
        discard(e);
      }
      break;
    }
    case StmtKind::Assign:
      assign(s->as<AssignStmt>());
      break;
    case StmtKind::AugmentedAssign:
      augmented_assign(s->as<AugmentedAssignStmt>());
      break;
    case StmtKind::AnnotatedAssign:
      annotated_assign(s->as<AnnotatedAssignStmt>());
      break;
    case StmtKind::Return:
      return_statement(s->as<ReturnStmt>());
      break;
    case StmtKind::Delete:
      for (Expr* target : s->as<DeleteStmt>()->targets) delete_target(target);
      break;
    case StmtKind::Pass:
    case StmtKind::Global:
    case StmtKind::Nonlocal:
      break;
    case StmtKind::Break:
      break_or_continue(true, s->span);
      break;
    case StmtKind::Continue:
      break_or_continue(false, s->span);
      break;
    case StmtKind::Assert:
      assert_statement(s->as<AssertStmt>());
      break;
    case StmtKind::Raise:
      raise_statement(s->as<RaiseStmt>());
      break;
    case StmtKind::Import:
      import_statement(s->as<ImportStmt>());
      break;
    case StmtKind::ImportFrom:
      import_from(s->as<ImportFromStmt>());
      break;
    case StmtKind::If:
      if_statement(s->as<IfStmt>());
      break;
    case StmtKind::While:
      while_statement(s->as<WhileStmt>());
      break;
    case StmtKind::For:
      for_statement(s->as<ForStmt>());
      break;
    case StmtKind::Try:
      try_statement(s->as<TryStmt>());
      break;
    case StmtKind::With:
      with_statement(s->as<WithStmt>(), 0);
      break;
    case StmtKind::Function:
      function_statement(s->as<FunctionStmt>());
      break;
    case StmtKind::Class:
      class_statement(s->as<ClassStmt>());
      break;
  }
  release(kept);
}

namespace {

bool has_star(std::span<Expr*> items) {
  for (Expr* item : items) {
    if (item->kind == ExprKind::Starred) return true;
  }
  return false;
}

std::span<Expr*> items_of(Expr* e) {
  if (auto* tuple = e->to<TupleExpr>()) return tuple->items;
  if (auto* list = e->to<ListExpr>()) return list->items;
  return {};
}

}  // namespace

void Compiler::assign(AssignStmt* s) {
  if (s->targets.size() == 1) {
    Expr* target = s->targets[0];
    if (auto* name = target->to<NameExpr>()) {
      Str* real = mangled(name->name);
      const uint16_t direct = variable_register(real);
      if (direct != kNone) {
        expression_to(s->value, direct);
        if (ScopeBuilder::resolve(*scope_, real).kind == Resolution::Kind::Global) {
          note_assignment(real, s->span);
        }
        return;
      }
    }
    // a, b = b, a: no tuple is made.
    const auto targets = items_of(target);
    auto* values = s->value->to<TupleExpr>();
    if (!targets.empty() && values && values->items.size() == targets.size() &&
        targets.size() <= 16 && !has_star(targets) && !has_star(values->items)) {
      const auto count = static_cast<uint16_t>(targets.size());
      const uint16_t first = new_temporary(count);
      for (uint16_t i = 0; i < count; ++i) {
        expression_to(values->items[i], static_cast<uint16_t>(first + i));
      }
      for (uint16_t i = 0; i < count; ++i) {
        store_target(targets[i], {static_cast<uint16_t>(first + i), true}, s->span);
      }
      return;
    }
  }
  Operand value = expression(s->value);
  if (s->targets.size() > 1 && !value.temporary) {
    // The first target may change what the value is read from.
    const uint16_t copy = new_temporary();
    move(copy, value, s->value->span);
    value = {copy, true};
  }
  for (size_t i = 0; i < s->targets.size(); ++i) {
    const bool last = i + 1 == s->targets.size();
    store_target(s->targets[i], {value.reg, value.temporary && last}, s->span);
  }
}

void Compiler::store_target(Expr* target, Operand value, const Span& span) {
  const uint32_t kept = mark();
  switch (target->kind) {
    case ExprKind::Name:
      store_name(target->as<NameExpr>()->name, value, span);
      break;
    case ExprKind::Attribute: {
      auto* a = target->as<AttributeExpr>();
      const Operand object = expression(a->object);
      const uint8_t kill =
          static_cast<uint8_t>((object.temporary ? kKillA : 0) | (value.temporary ? kKillB : 0));
      emit(Op::StoreAttr, target->span, object.reg, value.reg, add_site(mangled(a->name)), kill);
      reads(object);
      reads(value);
      break;
    }
    case ExprKind::Subscript: {
      auto* s = target->as<SubscriptExpr>();
      const Operand object = settle(expression(s->object), s->index, s->object->span);
      const Operand index = expression(s->index);
      const uint8_t kill =
          static_cast<uint8_t>((object.temporary ? kKillA : 0) | (index.temporary ? kKillB : 0) |
                               (value.temporary ? kKillC : 0));
      emit(Op::SetItem, target->span, object.reg, index.reg, value.reg, kill);
      reads(object);
      reads(index);
      reads(value);
      mark_subscript(s);
      break;
    }
    case ExprKind::Tuple:
    case ExprKind::List:
      unpack(items_of(target), value, target->span);
      break;
    default:
      fail("cannot assign here", target->span);
  }
  release(kept);
}

void Compiler::unpack(std::span<Expr*> targets, Operand value, const Span& span) {
  size_t star = targets.size();
  for (size_t i = 0; i < targets.size(); ++i) {
    if (targets[i]->kind == ExprKind::Starred) star = i;
  }
  const uint16_t first = new_temporary(static_cast<uint32_t>(targets.size()));
  if (star == targets.size()) {
    emit_operand(Op::Unpack, span, first, value, static_cast<uint16_t>(targets.size()));
  } else {
    const size_t behind = targets.size() - star - 1;
    if (star > 255 || behind > 255) {
      fail("too many expressions in star-unpacking assignment", span);
    }
    emit_operand(Op::UnpackEx, span, first, value, static_cast<uint16_t>(star | behind << 8));
  }
  for (size_t i = 0; i < targets.size(); ++i) {
    Expr* target = i == star ? targets[i]->as<StarredExpr>()->value : targets[i];
    store_target(target, {static_cast<uint16_t>(first + i), true}, span);
  }
}

void Compiler::augmented_assign(AugmentedAssignStmt* s) {
  const Span& span = s->span;
  switch (s->target->kind) {
    case ExprKind::Name: {
      auto* name = s->target->as<NameExpr>();
      Str* real = mangled(name->name);
      const uint16_t direct = variable_register(real);
      if (direct != kNone) {
        inplace(s->op, span, direct, {direct, false, name->span}, s->value);
        if (ScopeBuilder::resolve(*scope_, real).kind == Resolution::Kind::Global) {
          note_assignment(real, span);
        }
        return;
      }
      const Operand old = load_name(name->name, name->span);
      const uint16_t result = new_temporary();
      inplace(s->op, span, result, old, s->value);
      store_name(name->name, {result, true}, span);
      return;
    }
    case ExprKind::Attribute: {
      auto* a = s->target->as<AttributeExpr>();
      const Operand object = settle(expression(a->object), s->value, a->object->span);
      const uint16_t value = new_temporary();
      Str* name = mangled(a->name);
      emit(Op::LoadAttr, a->span, value, object.reg, add_site(name));
      reads(object);
      inplace(s->op, span, value, {value, true}, s->value);
      const uint8_t kill = static_cast<uint8_t>((object.temporary ? kKillA : 0) | kKillB);
      emit(Op::StoreAttr, a->span, object.reg, value, add_site(name), kill);
      return;
    }
    case ExprKind::Subscript: {
      auto* t = s->target->as<SubscriptExpr>();
      Expr* rest[] = {t->index, s->value};
      const Operand object = settle(expression(t->object), rest, t->object->span);
      const Operand index = settle(expression(t->index), s->value, t->index->span);
      const uint16_t value = new_temporary();
      emit(Op::GetItem, t->span, value, object.reg, index.reg);
      reads(object);
      reads(index);
      mark_subscript(t);
      inplace(s->op, span, value, {value, true}, s->value);
      const uint8_t kill = static_cast<uint8_t>((object.temporary ? kKillA : 0) |
                                                (index.temporary ? kKillB : 0) | kKillC);
      emit(Op::SetItem, t->span, object.reg, index.reg, value, kill);
      mark_subscript(t);
      return;
    }
    default:
      fail("illegal target for augmented assignment", s->target->span);
  }
}

void Compiler::annotated_assign(AnnotatedAssignStmt* s) {
  if (s->value) {
    const Operand value = expression(s->value);
    store_target(s->target, value, s->span);
  }
  if (host_.kind == Scope::Kind::Function) return;  // Python does not look at it there
  const uint32_t kept = mark();
  auto* name = s->target->to<NameExpr>();
  if (!name || name->parenthesised || host_.kind != Scope::Kind::Class) {
    annotation_to(s->annotation, new_temporary());
    release(kept);
    return;
  }
  const uint16_t dict = new_temporary(3);
  const auto key = static_cast<uint16_t>(dict + 1);
  const auto value = static_cast<uint16_t>(dict + 2);
  annotation_to(s->annotation, value);
  move(dict, load_name(rt.names.annotations.get(), s->span), s->span);
  load_constant(key, Value(mangled(name->name)), s->span);
  emit(Op::SetItem, s->span, dict, key, value, kKillA | kKillB | kKillC);
  release(kept);
}

void Compiler::delete_target(Expr* target) {
  const uint32_t kept = mark();
  switch (target->kind) {
    case ExprKind::Name:
      delete_name(target->as<NameExpr>()->name, target->span);
      break;
    case ExprKind::Attribute: {
      auto* a = target->as<AttributeExpr>();
      const Operand object = expression(a->object);
      emit(Op::DeleteAttr, target->span, object.reg, 0, add_site(mangled(a->name)),
           object.temporary ? kKillA : 0);
      reads(object);
      break;
    }
    case ExprKind::Subscript: {
      auto* s = target->as<SubscriptExpr>();
      const Operand object = settle(expression(s->object), s->index, s->object->span);
      const Operand index = expression(s->index);
      const uint8_t kill =
          static_cast<uint8_t>((object.temporary ? kKillA : 0) | (index.temporary ? kKillB : 0));
      emit(Op::DeleteItem, target->span, object.reg, index.reg, 0, kill);
      reads(object);
      reads(index);
      mark_subscript(s);
      break;
    }
    default:
      for (Expr* item : items_of(target)) delete_target(item);
      break;
  }
  release(kept);
}

void Compiler::raise_statement(RaiseStmt* s) {
  if (!s->value) {
    emit(Op::Raise, s->span);
    return;
  }
  const Operand value = expression(s->value);
  if (!s->cause) {
    emit(Op::Raise, s->span, value.reg, 0, 0, 1);
    reads(value);
    return;
  }
  const Operand settled = settle(value, s->cause, s->value->span);
  const Operand cause = expression(s->cause);
  emit(Op::Raise, s->span, settled.reg, cause.reg, 0, 2);
  reads(settled);
  reads(cause);
}

void Compiler::assert_statement(AssertStmt* s) {
  Label holds;
  jump_if(s->test, true, holds);
  uint16_t message = kNone;
  if (s->message) {
    const Operand text = expression(s->message);
    message = text.reg;
  }
  emit(Op::AssertFail, s->test->span, message);
  bind(holds);
}

void Compiler::import_statement(ImportStmt* s) {
  for (const ImportName& name : s->names) {
    const uint32_t kept = mark();
    const uint16_t module = new_temporary();
    const uint16_t path = constant16(rt.intern(name.path));
    emit(Op::Import, s->span, module, path, name.as ? 1 : 0);
    const std::string_view first = name.path.substr(0, name.path.find('.'));
    store_name(name.as ? str(name.as) : rt.intern(first).get(), {module, true}, s->span);
    release(kept);
  }
}

void Compiler::import_from(ImportFromStmt* s) {
  std::string module(s->module);
  if (s->level > 0) {
    if (!shared_.source->is_library) {
      fail("relative imports are not supported", s->span);
    }
    // Inside the library: relative to the module's own package.
    std::string package = shared_.module.name->text();
    for (uint32_t i = shared_.module.is_package ? 1 : 0; i < s->level; ++i) {
      const size_t dot = package.rfind('.');
      package = dot == std::string::npos ? "" : package.substr(0, dot);
    }
    module = module.empty() ? package : package + "." + module;
  }
  if (module == "__future__") {
    for (const ImportName& name : s->names) {
      if (name.path == "annotations") shared_.annotations_as_text = true;
      if (name.path == "annotations" || name.path == "division" || name.path == "print_function") {
        continue;
      }
      fail(concat("future feature ", name.path, " is not defined"), s->span);
    }
    return;
  }
  const uint16_t from = new_temporary();
  emit(Op::Import, s->span, from, constant16(rt.intern(module)), 1);
  if (s->star.line > 0) {
    emit(Op::ImportStar, s->span, from);
    return;
  }
  for (const ImportName& name : s->names) {
    const uint32_t kept = mark();
    const uint16_t value = new_temporary();
    const Ref<Str> what = rt.intern(name.path);
    emit(Op::ImportFrom, s->span, value, from, constant16(Value(what)));
    store_name(name.as ? str(name.as) : what.get(), {value, true}, s->span);
    release(kept);
  }
  emit(Op::Clear, s->span, from);
}

}  // namespace gradpad::lang
