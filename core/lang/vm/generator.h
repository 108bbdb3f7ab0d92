// Generators: functions that stop at each yield.
#pragma once

#include "lang/objects/exception.h"
#include "lang/objects/function.h"
#include "lang/vm/frame.h"

namespace gradpad::lang {

class Interpreter;

/// A generator: a frame of its own that stops at each yield.
class Generator final : public Container {
 public:
  static constexpr Kind kKind = Kind::Generator;
  Generator(Interpreter& interpreter, Ref<Function> function, Frame* frame);
  ~Generator() override;
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;
  bool needs_finish() const noexcept override;

  enum class State : uint8_t { Created, Suspended, Running, Done };
  State state = State::Created;
  Interpreter& interpreter;  // in which it runs
  Ref<Function> function;
  Frame* frame = nullptr;  // owned; null when done
  Ref<Exception> handled;  // what it was handling when it stopped
  Ref<Exception> outer;    // while it runs: what was being handled outside

  /// A heap frame for `code`.
  static Frame* make_frame(const Code& code);
  void free_frame() noexcept;

 protected:
  void dispose() noexcept override;
};

/// rt.define() for types.generator.
void define_generator_type(Runtime& rt);

}  // namespace gradpad::lang
