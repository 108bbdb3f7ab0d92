// Instructions, constants and jumps.
#include "lang/compiler/emitter.h"

#include <bit>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

Emitter::Emitter(Runtime& runtime, Ref<Code> code_) : rt(runtime), code(std::move(code_)) {}

void Emitter::fail(std::string message, const Span& span) const {
  throw SyntaxFailure{SyntaxFailure::Kind::Syntax, std::move(message), span, {}};
}

Instruction& Emitter::emit(Op op, const Span& span, uint16_t a, uint16_t b, uint16_t c, uint8_t x) {
  // The code of a finally block stands on every way out of it: nested, they double each time.
  constexpr size_t kMostInstructions = 4'000'000;
  if (code->instructions.size() >= kMostInstructions) fail("too many instructions", span);
  code->instructions.push_back({op, x, a, b, c});
  code->spans.push_back(span);
  code->anchors.push_back(0);
  return code->instructions.back();
}

Instruction& Emitter::emit_operands(Op op, const Span& span, uint16_t a, Operand b, Operand c,
                                    uint8_t x) {
  if (b.temporary) x |= kKillB;
  if (c.temporary) x |= kKillC;
  emit(op, span, a, b.reg, c.reg, x);
  reads(b);
  reads(c);
  return code->instructions.back();
}

Instruction& Emitter::emit_operand(Op op, const Span& span, uint16_t a, Operand b, uint16_t c) {
  emit(op, span, a, b.reg, c, b.temporary ? kKillB : 0);
  reads(b);
  return code->instructions.back();
}

void Emitter::reads(const Operand& operand) {
  if (operand.temporary || operand.name.line == 0) return;
  code->name_spans.push_back({here() - 1, operand.reg, operand.name});
}

void Emitter::move(uint16_t to, Operand from, const Span& span) {
  if (to == from.reg) return;
  emit_operand(Op::Move, span, to, from);
}

void Emitter::load_constant(uint16_t to, Value value, const Span& span) {
  const uint32_t index = add_constant(std::move(value));
  emit(Op::LoadConst, span, to).set_bc(static_cast<int32_t>(index));
}

void Emitter::set_anchor(const Span& span) {
  code->anchor_spans.push_back(span);
  code->anchors.back() = static_cast<uint32_t>(code->anchor_spans.size());
}

bool Emitter::is_near(Op op) noexcept {
  return (op >= Op::JumpIfLt && op <= Op::JumpUnlessGeI) || op == Op::ForIter;
}

void Emitter::patch(uint32_t jump, int32_t target) {
  Instruction& i = code->instructions[jump];
  const int32_t offset = target - static_cast<int32_t>(jump) - 1;
  if (!is_near(i.op)) {
    i.set_bc(offset);
    return;
  }
  if (offset < INT16_MIN || offset > INT16_MAX) throw TooFar{};
  i.c = static_cast<uint16_t>(static_cast<int16_t>(offset));
}

void Emitter::emit_jump(Op op, Label& to, const Span& span, uint16_t a, uint8_t x) {
  emit(op, span, a, 0, 0, x);
  if (to.position >= 0) {
    patch(here() - 1, to.position);
  } else {
    to.jumps.push_back(here() - 1);
  }
}

void Emitter::emit_near(Op op, Label& to, const Span& span, uint16_t a, uint16_t b, uint8_t x) {
  emit(op, span, a, b, 0, x);
  if (to.position >= 0) {
    patch(here() - 1, to.position);
  } else {
    to.jumps.push_back(here() - 1);
  }
}

void Emitter::bind(Label& label) {
  label.position = static_cast<int32_t>(here());
  for (uint32_t jump : label.jumps) patch(jump, label.position);
  label.jumps.clear();
}

uint32_t Emitter::add_constant(Value value) {
  int64_t bits = 0;
  bool known_kind = true;
  switch (value.tag()) {
    case Tag::None:
      break;
    case Tag::Bool:
    case Tag::Int:
      bits = value.as_int();
      break;
    case Tag::Float:
      bits = std::bit_cast<int64_t>(value.as_float());
      break;
    case Tag::Object:
      // Interned strings are equal where they are the same.
      known_kind = value.is<Str>();
      bits = static_cast<int64_t>(reinterpret_cast<uintptr_t>(value.as_object()));
      break;
    default:
      known_kind = false;
      break;
  }
  const auto fresh = static_cast<uint32_t>(code->constants.size());
  if (known_kind) {
    const auto [entry, is_new] =
        known_constants_.try_emplace({static_cast<uint8_t>(value.tag()), bits}, fresh);
    if (!is_new) return entry->second;
  }
  code->constants.push_back(std::move(value));
  return fresh;
}

uint16_t Emitter::constant16(Value value) {
  const uint32_t index = add_constant(std::move(value));
  if (index >= kNone) fail("too many constants in one function", code->spans.back());
  return static_cast<uint16_t>(index);
}

uint16_t Emitter::add_site(Str* name) {
  AttributeSite site;
  site.name = Ref<Str>(name);
  code->sites.push_back(std::move(site));
  if (code->sites.size() >= kNone) {
    fail("too many attributes in one function",
         code->spans.empty() ? Span{1, 0, 1, 0} : code->spans.back());
  }
  return static_cast<uint16_t>(code->sites.size() - 1);
}

uint16_t Emitter::new_temporary(uint32_t count) {
  const uint32_t first = top_;
  top_ += count;
  if (top_ > most_) most_ = top_;
  if (top_ >= kNone) {
    fail("too many variables in one function",
         code->spans.empty() ? Span{1, 0, 1, 0} : code->spans.back());
  }
  return static_cast<uint16_t>(first);
}

}  // namespace gradpad::lang
