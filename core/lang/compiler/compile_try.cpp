// try and with: protected instructions, handlers, and clean-up on every way out.
#include "lang/compiler/compiler.h"
#include "lang/objects/function.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void Compiler::begin(Protection& p) {
  p.depth = static_cast<uint16_t>(mark());
  p.start = here();
}

void Compiler::end(Protection& p) {
  if (here() > p.start) p.ranges.emplace_back(p.start, here());
  p.start = here();
}

/// The handler begins here.
void Compiler::handle(Protection& p) {
  for (const auto& [from, to] : p.ranges) {
    code->handlers.push_back({from, to, here(), p.exception, p.depth});
  }
}

void Compiler::forget_name(const Name* name, const Span& span) {
  const uint32_t kept = mark();
  const uint16_t none = new_temporary();
  load_constant(none, Value::none(), span);
  store_name(name, {none, true}, span);
  delete_name(name, span);
  release(kept);
}

/// try/finally: the finally block stands once behind the body, once in the handler, and once on
/// every way out of the body by return, break or continue.
void Compiler::try_statement(TryStmt* s) {
  if (s->finally.empty()) {
    try_except(s);
    return;
  }
  const uint16_t exception = new_temporary(2);
  const auto saved = static_cast<uint16_t>(exception + 1);
  Protection body;
  body.exception = exception;
  begin(body);
  push_block({.kind = BlockEntry::Kind::Finally,
              .protection = &body,
              .finally = s->finally,
              .name_span = {},
              .span = s->span});
  try_except(s);
  blocks_.pop_back();
  end(body);
  block(s->finally);
  Label done;
  emit_jump(Op::Jump, done, s->span);

  handle(body);
  Protection again;
  again.exception = new_temporary();
  emit(Op::PushHandled, s->span, exception, saved);
  begin(again);
  push_block({.kind = BlockEntry::Kind::Except,
              .protection = &again,
              .finally = {},
              .saved = saved,
              .name_span = {},
              .exit = exception,
              .span = s->span});
  block(s->finally);
  blocks_.pop_back();
  end(again);
  emit(Op::PopHandled, s->span, saved);
  emit(Op::Reraise, s->span, exception);
  handle(again);
  emit(Op::PopHandled, s->span, saved);
  emit(Op::Reraise, s->span, again.exception);
  bind(done);
}

void Compiler::try_except(TryStmt* s) {
  if (s->handlers.empty()) {
    block(s->body);
    return;
  }
  const uint32_t kept = mark();
  const uint16_t exception = new_temporary(2);
  const auto saved = static_cast<uint16_t>(exception + 1);
  Protection body;
  body.exception = exception;
  begin(body);
  push_block({.kind = BlockEntry::Kind::Protected,
              .protection = &body,
              .finally = {},
              .name_span = {},
              .span = s->span});
  block(s->body);
  blocks_.pop_back();
  end(body);
  block(s->otherwise);
  Label done;
  emit_jump(Op::Jump, done, s->span);

  handle(body);
  emit(Op::PushHandled, s->span, exception, saved);
  // What the clauses themselves raise first puts the exception handled before back.
  Protection matching;
  matching.exception = new_temporary();
  std::vector<std::pair<uint32_t, uint32_t>> ranges;
  for (const ExceptClause& clause : s->handlers) {
    Label next;
    begin(matching);
    if (clause.type) {
      const uint32_t inner = mark();
      const uint16_t matches = new_temporary();
      const Operand type = expression(clause.type);
      emit_operands(Op::MatchException, clause.span, matches, {exception, false}, type);
      emit_jump(Op::JumpIfFalse, next, clause.span, matches, kKillA);
      release(inner);
    }
    end(matching);
    except_clause(clause, exception, saved, done);
    bind(next);
    if (!clause.type) break;
  }
  if (s->handlers.back().type) {
    emit(Op::PopHandled, s->span, saved);
    emit(Op::Reraise, s->span, exception);
  }
  handle(matching);
  emit(Op::PopHandled, s->span, saved);
  emit(Op::Reraise, s->span, matching.exception);
  bind(done);
  release(kept);
}

void Compiler::except_clause(const ExceptClause& clause, uint16_t exception, uint16_t saved,
                             Label& done) {
  const uint32_t kept = mark();
  Protection body;
  body.exception = new_temporary();
  if (clause.name) store_name(clause.name, {exception, false}, clause.name_span);
  begin(body);
  push_block({.kind = BlockEntry::Kind::Except,
              .protection = &body,
              .finally = {},
              .saved = saved,
              .name = clause.name,
              .name_span = clause.name_span,
              .exit = exception,
              .span = clause.span});
  block(clause.body);
  blocks_.pop_back();
  end(body);
  emit(Op::PopHandled, clause.span, saved);
  if (clause.name) forget_name(clause.name, clause.name_span);
  emit(Op::Clear, clause.span, exception);
  emit_jump(Op::Jump, done, clause.span);

  handle(body);
  emit(Op::PopHandled, clause.span, saved);
  if (clause.name) forget_name(clause.name, clause.name_span);
  emit(Op::Reraise, clause.span, body.exception);
  release(kept);
}

void Compiler::with_statement(WithStmt* s, size_t item) {
  if (item == s->items.size()) {
    block(s->body);
    return;
  }
  const WithItem& entry = s->items[item];
  const uint32_t kept = mark();
  const uint16_t exit = new_temporary();
  expression_to(entry.manager, exit);
  const uint16_t exception = new_temporary(2);
  const auto saved = static_cast<uint16_t>(exception + 1);
  const uint16_t entered = new_temporary();
  const Span& span = entry.manager->span;
  emit(Op::EnterWith, span, exit, entered);
  set_unmarked();
  Protection body;
  body.exception = exception;
  begin(body);
  push_block({.kind = BlockEntry::Kind::With,
              .protection = &body,
              .finally = {},
              .name_span = {},
              .exit = exit,
              .span = span});
  if (entry.target) {
    store_target(entry.target, {entered, true}, entry.target->span);
  } else {
    emit(Op::Clear, span, entered);
  }
  with_statement(s, item + 1);
  blocks_.pop_back();
  end(body);
  emit(Op::ExitWith, span, exit);
  Label done;
  emit_jump(Op::Jump, done, span);

  handle(body);
  Protection exiting;
  exiting.exception = new_temporary();
  const uint16_t suppressed = new_temporary();
  emit(Op::PushHandled, span, exception, saved);
  begin(exiting);
  emit(Op::ExitWithError, span, exit, exception, suppressed);
  end(exiting);
  emit(Op::PopHandled, span, saved);
  Label swallowed;
  emit_jump(Op::JumpIfTrue, swallowed, span, suppressed, kKillA);
  emit(Op::Reraise, span, exception);
  handle(exiting);
  emit(Op::PopHandled, span, saved);
  emit(Op::Reraise, span, exiting.exception);
  bind(swallowed);
  emit(Op::Clear, span, exception);
  bind(done);
  release(kept);
}

}  // namespace gradpad::lang
