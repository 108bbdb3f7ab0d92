// if, while, for, break, continue and return.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void Compiler::if_statement(IfStmt* s) {
  Label end;
  for (;;) {
    Label otherwise;
    jump_if(s->test, false, otherwise);
    block(s->body);
    if (s->otherwise.empty()) {
      bind(otherwise);
      break;
    }
    emit_jump(Op::Jump, end, s->span);
    bind(otherwise);
    if (s->otherwise.size() == 1 && s->otherwise[0]->kind == StmtKind::If) {
      s = s->otherwise[0]->as<IfStmt>();
      continue;
    }
    block(s->otherwise);
    break;
  }
  bind(end);
}

void Compiler::while_statement(WhileStmt* s) {
  Label body;
  Label condition;
  Label end;
  push_block({.kind = BlockEntry::Kind::Loop,
              .break_to = &end,
              .continue_to = &condition,
              .finally = {},
              .name_span = {},
              .span = s->span});
  // The condition stands behind the body, so that each round takes one jump.
  emit_jump(Op::Jump, condition, s->span);
  bind(body);
  block(s->body);
  bind(condition);
  jump_if(s->test, true, body);
  blocks_.pop_back();
  block(s->otherwise);
  bind(end);
}

/// One step of a for loop: the next item, and back to the body.
void Compiler::loop_step(uint16_t iterator, uint16_t item, Label& body, const Span& span) {
  if (!far) {
    emit_near(Op::ForIter, body, span, iterator, item);
    set_unmarked();
    return;
  }
  Label next;
  Label out;
  emit_near(Op::ForIter, next, span, iterator, item);
  set_unmarked();
  emit_jump(Op::Jump, out, span);
  bind(next);
  emit_jump(Op::Jump, body, span);
  bind(out);
}

void Compiler::for_statement(ForStmt* s) {
  const uint16_t iterator = new_temporary(3);
  {
    const uint32_t kept = mark();
    const Operand iterable = expression(s->iterable);
    emit_operand(Op::GetIter, s->iterable->span, iterator, iterable);
    set_unmarked();
    release(kept);
  }
  Label body;
  Label step;
  Label end;
  push_block({.kind = BlockEntry::Kind::Loop,
              .break_to = &end,
              .continue_to = &step,
              .iterator = iterator,
              .finally = {},
              .name_span = {},
              .span = s->span});
  emit_jump(Op::Jump, step, s->iterable->span);
  bind(body);
  auto* name = s->target->to<NameExpr>();
  uint16_t item = name ? variable_register(mangled(name->name)) : kNone;
  if (item == kNone) {
    item = new_temporary();
    store_target(s->target, {item, true}, s->target->span);
  } else if (ScopeBuilder::resolve(*scope_, mangled(name->name)).kind == Resolution::Kind::Global) {
    note_assignment(mangled(name->name), s->target->span);
  }
  block(s->body);
  bind(step);
  loop_step(iterator, item, body, s->iterable->span);
  blocks_.pop_back();
  block(s->otherwise);
  bind(end);
}

void Compiler::break_or_continue(bool is_break, const Span& span) {
  size_t loop = blocks_.size();
  while (loop > 0 && blocks_[loop - 1].kind != BlockEntry::Kind::Loop) --loop;
  if (loop == 0) {
    fail(is_break ? "'break' outside loop" : "'continue' not properly in loop", span);
  }
  const std::vector<Protection*> closed = leave_blocks(loop);
  const BlockEntry& entry = blocks_[loop - 1];
  if (is_break && entry.iterator != kNone) emit(Op::Clear, span, entry.iterator);
  emit_jump(Op::Jump, is_break ? *entry.break_to : *entry.continue_to, span);
  reopen(closed);
}

void Compiler::push_block(BlockEntry entry) {
  constexpr size_t kMostBlocks = 20;  // CPython's CO_MAXBLOCKS
  if (blocks_.size() >= kMostBlocks) fail("too many statically nested blocks", entry.span);
  blocks_.push_back(std::move(entry));
}

bool Compiler::needs_cleanup() const {
  for (const BlockEntry& entry : blocks_) {
    if (entry.kind != BlockEntry::Kind::Loop) return true;
  }
  return false;
}

void Compiler::return_statement(ReturnStmt* s) {
  const bool cleanup = needs_cleanup();
  if (!cleanup) {
    if (s->value) {
      const Operand value = expression(s->value);
      emit(Op::Return, s->span, value.reg);
      reads(value);
    } else {
      emit(Op::ReturnNone, s->span);
    }
    return;
  }
  // What runs on the way out may assign the variable returned.
  const uint16_t value = new_temporary();
  if (s->value) {
    expression_to(s->value, value);
  } else {
    load_constant(value, Value::none(), s->span);
  }
  const std::vector<Protection*> closed = leave_blocks(0);
  emit(Op::Return, s->span, value);
  reopen(closed);
}

std::vector<Compiler::Protection*> Compiler::leave_blocks(size_t depth) {
  std::vector<Protection*> closed;
  const std::vector<BlockEntry> all = blocks_;
  for (size_t i = all.size(); i-- > depth;) {
    const BlockEntry& entry = all[i];
    if (entry.protection) {
      end(*entry.protection);
      closed.push_back(entry.protection);
    }
    blocks_.resize(i);
    switch (entry.kind) {
      case BlockEntry::Kind::Loop:
        // The iterator of a loop that is left for good would otherwise live to the frame's end.
        if (entry.iterator != kNone && i > depth) emit(Op::Clear, entry.span, entry.iterator);
        break;
      case BlockEntry::Kind::Protected:
        break;
      case BlockEntry::Kind::Finally:
        block(entry.finally);
        break;
      case BlockEntry::Kind::Except:
        emit(Op::PopHandled, entry.span, entry.saved);
        if (entry.name) forget_name(entry.name, entry.name_span);
        if (entry.exit != kNone) emit(Op::Clear, entry.span, entry.exit);
        break;
      case BlockEntry::Kind::With:
        emit(Op::ExitWith, entry.span, entry.exit);
        break;
    }
  }
  blocks_ = all;
  return closed;
}

void Compiler::reopen(const std::vector<Protection*>& closed) {
  for (Protection* p : closed) p->start = here();
}

}  // namespace gradpad::lang
