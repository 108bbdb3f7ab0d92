// Variables: where they live, and when they must be read before what follows can change them.
#include <algorithm>
#include <bit>

#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void Compiler::load_global(uint16_t to, Str* name, const Span& span) {
  const uint32_t slot = shared_.module.slot_of(name);
  const int64_t builtin = rt.builtins().find_slot(name);
  if (slot >= kNone) fail("too many global names", span);
  emit(Op::LoadGlobal, span, to, static_cast<uint16_t>(slot), static_cast<uint16_t>(builtin + 1));
}

Operand Compiler::load_name(Str* plain, const Span& span) {
  Str* name = mangled(plain);
  const Resolution r = ScopeBuilder::resolve(*scope_, name);
  switch (r.kind) {
    case Resolution::Kind::Local:
      return {r.symbol->reg, false, span};
    case Resolution::Kind::Cell: {
      const uint16_t to = new_temporary();
      emit(Op::LoadCell, span, to, r.symbol->reg);
      return {to, true};
    }
    case Resolution::Kind::Free: {
      const uint16_t to = new_temporary();
      emit(Op::LoadFree, span, to, r.index);
      return {to, true};
    }
    case Resolution::Kind::Global: {
      const uint16_t direct = variable_register(name);
      if (direct != kNone) return {direct, false, span};
      const uint16_t to = new_temporary();
      load_global(to, name, span);
      return {to, true};
    }
    case Resolution::Kind::ClassName: {
      const uint16_t to = new_temporary();
      const uint32_t slot = shared_.module.slot_of(name);
      if (slot >= kNone) fail("too many global names", span);
      emit(Op::LoadName, span, to, constant16(Value(name)), static_cast<uint16_t>(slot));
      return {to, true};
    }
  }
  return {};
}

uint16_t Compiler::variable_register(Str* name) {
  const Resolution r = ScopeBuilder::resolve(*scope_, name);
  if (r.kind == Resolution::Kind::Local) return r.symbol->reg;
  if (r.kind != Resolution::Kind::Global || host_.kind != Scope::Kind::Module) return kNone;
  // In a module's own code the places of its globals are registers. A name that it never binds may
  // be a builtin.
  const Symbol* symbol = host_.find(name);
  if (!symbol || !symbol->bound) return kNone;
  return static_cast<uint16_t>(shared_.module.slot_of(name));
}

void Compiler::store_name(Str* plain, Operand value, const Span& span) {
  Str* name = mangled(plain);
  const Resolution r = ScopeBuilder::resolve(*scope_, name);
  switch (r.kind) {
    case Resolution::Kind::Local:
      move(r.symbol->reg, value, span);
      return;
    case Resolution::Kind::Cell:
      emit_operand(Op::StoreCell, span, r.symbol->reg, value);
      return;
    case Resolution::Kind::Free:
      emit_operand(Op::StoreFree, span, r.index, value);
      return;
    case Resolution::Kind::Global: {
      const uint16_t direct = variable_register(name);
      if (direct != kNone) {
        move(direct, value, span);
        note_assignment(name, span);
        return;
      }
      const uint32_t slot = shared_.module.slot_of(name);
      if (slot >= kNone) fail("too many global names", span);
      emit_operand(Op::StoreGlobal, span, static_cast<uint16_t>(slot), value);
      return;
    }
    case Resolution::Kind::ClassName:
      emit_operand(Op::StoreName, span, constant16(Value(name)), value);
      return;
  }
}

/// The page shows where each global was last assigned. Where only one place of the text does that,
/// nothing needs to be noted while running.
void Compiler::note_assignment(Str* name, const Span& span) {
  if (host_.kind != Scope::Kind::Module || shared_.source->is_library) return;
  const Symbol* symbol = host_.find(name);
  if (!symbol || scope_->kind == Scope::Kind::Comprehension) return;
  const uint32_t slot = shared_.module.slot_of(name);
  if (symbol->sites > 1 || shared_.module.find_slot(name) >= 0) {
    emit(Op::NoteAssign, span, static_cast<uint16_t>(slot));
  } else {
    code->assignments.push_back({slot, span});
  }
}

void Compiler::delete_name(const Name* plain, const Span& span) {
  Str* name = mangled(plain);
  const Resolution r = ScopeBuilder::resolve(*scope_, name);
  switch (r.kind) {
    case Resolution::Kind::Local:
      emit(Op::DeleteLocal, span, r.symbol->reg);
      return;
    case Resolution::Kind::Cell:
      emit(Op::DeleteCell, span, r.symbol->reg);
      return;
    case Resolution::Kind::Free:
      emit(Op::DeleteFree, span, r.index);
      return;
    case Resolution::Kind::Global:
      emit(Op::DeleteGlobal, span, static_cast<uint16_t>(shared_.module.slot_of(name)));
      return;
    case Resolution::Kind::ClassName:
      emit(Op::DeleteName, span, constant16(Value(name)));
      return;
  }
}

/// Whether evaluating `e` could run code of the user that assigns a global. Operators are taken for
/// harmless: a special method that rebinds the very global standing to its left is no program.
bool Compiler::may_run_code(Expr* e) {
  if (!e) return false;
  switch (e->kind) {
    case ExprKind::Constant:
    case ExprKind::Name:
    case ExprKind::Lambda:
      return false;
    case ExprKind::Binary: {
      auto* b = e->as<BinaryExpr>();
      return may_run_code(b->left) || may_run_code(b->right);
    }
    case ExprKind::Unary:
      return may_run_code(e->as<UnaryExpr>()->operand);
    case ExprKind::Not:
      return may_run_code(e->as<NotExpr>()->operand);
    case ExprKind::BoolOp:
      return std::ranges::any_of(e->as<BoolOpExpr>()->values, may_run_code);
    case ExprKind::Compare:
      return may_run_code(e->as<CompareExpr>()->left) ||
             std::ranges::any_of(e->as<CompareExpr>()->rights, may_run_code);
    case ExprKind::IfElse: {
      auto* i = e->as<IfElseExpr>();
      return may_run_code(i->test) || may_run_code(i->then) || may_run_code(i->otherwise);
    }
    case ExprKind::List:
      return std::ranges::any_of(e->as<ListExpr>()->items, may_run_code);
    case ExprKind::Tuple:
      return std::ranges::any_of(e->as<TupleExpr>()->items, may_run_code);
    case ExprKind::Slice: {
      auto* s = e->as<SliceExpr>();
      return may_run_code(s->start) || may_run_code(s->stop) || may_run_code(s->step);
    }
    default:
      return true;
  }
}

Operand Compiler::settle(Operand value, Expr* rest, const Span& span) {
  if (value.temporary) return value;
  // Locals change only by an assignment expression in what follows.
  const bool at_risk = host_.kind == Scope::Kind::Module || host_.has_walrus;
  if (!at_risk || !may_run_code(rest)) return value;
  const uint16_t copy = new_temporary();
  move(copy, value, span);
  return {copy, true};
}

Operand Compiler::settle(Operand value, std::span<Expr*> rest, const Span& span) {
  if (value.temporary) return value;
  for (Expr* e : rest) {
    if (e && may_run_code(e)) return settle(value, e, span);
  }
  return value;
}

/// The register that holds this number throughout a loop, or kNone.
uint16_t Compiler::loop_constant(Expr* e) {
  auto* constant = e->to<ConstantExpr>();
  if (!constant) return kNone;
  const bool is_float = constant->type == ConstantExpr::Type::Float;
  if (!is_float && constant->type != ConstantExpr::Type::Int) return kNone;
  const LoopConstant value{is_float, is_float ? std::bit_cast<int64_t>(constant->real)
                                              : static_cast<int64_t>(constant->integer)};
  const auto found = std::ranges::find(host_.loop_constants, value);
  if (found == host_.loop_constants.end()) return kNone;
  return static_cast<uint16_t>(constants_base_ + (found - host_.loop_constants.begin()));
}

}  // namespace gradpad::lang
