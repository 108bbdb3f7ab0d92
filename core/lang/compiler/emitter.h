// Instructions being put together: registers, constants, labels, spans.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "lang/objects/code.h"
#include "lang/syntax/syntax_failure.h"

namespace gradpad::lang {

class Runtime;

/// A register to read from. A temporary is read once.
struct Operand {
  uint16_t reg = kNone;
  bool temporary = false;
  Span name{};  // where a variable stands in the text: an error that it is unbound points there
};

struct Label {
  int32_t position = -1;
  std::vector<uint32_t> jumps;
};

class Emitter {
 public:
  Emitter(Runtime& rt, Ref<Code> code);

  Runtime& rt;
  const Ref<Code> code;

  /// Thrown where a fused jump does not reach: the code is made again with `far` set.
  struct TooFar {};
  bool far = false;

  uint32_t here() const noexcept { return static_cast<uint32_t>(code->instructions.size()); }
  Instruction& emit(Op op, const Span& span, uint16_t a = 0, uint16_t b = 0, uint16_t c = 0,
                    uint8_t x = 0);
  /// a = b op c with the temporaries among b and c ended.
  Instruction& emit_operands(Op op, const Span& span, uint16_t a, Operand b, Operand c,
                             uint8_t x = 0);
  Instruction& emit_operand(Op op, const Span& span, uint16_t a, Operand b, uint16_t c = 0);
  void move(uint16_t to, Operand from, const Span& span);
  void load_constant(uint16_t to, Value value, const Span& span);
  /// The operator's own place, for the marks in a traceback.
  void set_anchor(const Span& span);
  /// Tracebacks show the line of the instruction just emitted without marks.
  void set_unmarked() { code->anchors.back() = kNoMarks; }
  /// The instruction just emitted reads this operand.
  void reads(const Operand& operand);

  // Jumps. `emit_jump` uses the 32-bit field, `emit_near` the 16-bit one.
  void emit_jump(Op op, Label& to, const Span& span, uint16_t a = 0, uint8_t x = 0);
  void emit_near(Op op, Label& to, const Span& span, uint16_t a, uint16_t b, uint8_t x = 0);
  void bind(Label& label);

  uint32_t add_constant(Value value);
  /// As operand of 16 bits.
  uint16_t constant16(Value value);
  uint16_t add_site(Str* name);

  // Temporaries: a stack.
  uint16_t new_temporary(uint32_t count = 1);
  uint32_t mark() const noexcept { return top_; }
  void release(uint32_t mark) noexcept { top_ = mark; }
  void set_base(uint32_t base) noexcept { base_ = top_ = most_ = base; }
  uint32_t base() const noexcept { return base_; }
  uint32_t most() const noexcept { return most_; }

  [[noreturn]] void fail(std::string message, const Span& span) const;

 private:
  void patch(uint32_t jump, int32_t target);
  static bool is_near(Op op) noexcept;

  uint32_t base_ = 0;
  uint32_t top_ = 0;
  uint32_t most_ = 0;
  std::map<std::pair<uint8_t, int64_t>, uint32_t> known_constants_;
};

}  // namespace gradpad::lang
