// Generators: their frames, and the ways in and out of them.
#include "lang/vm/generator.h"

#include <algorithm>
#include <memory>

#include "lang/runtime/garbage.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

Generator::Generator(Interpreter& interpreter_, Ref<Function> function_, Frame* frame_)
    : Container(kKind), interpreter(interpreter_), function(std::move(function_)), frame(frame_) {
  frame->generator = this;
}

Generator::~Generator() { free_frame(); }

void Generator::clear_references() noexcept {
  if (state != State::Running) {
    free_frame();
    state = State::Done;
    function.reset();
  }
  handled.reset();
  outer.reset();
}

Frame* Generator::make_frame(const Code& code) {
  const size_t bytes = sizeof(Frame) + code.register_count * sizeof(Value);
  auto* block = static_cast<char*>(heap_allocate(bytes));
  return FrameStack::begin_frame(block, code.register_count);
}

void Generator::free_frame() noexcept {
  Frame* old = std::exchange(frame, nullptr);
  if (!old) return;
  const size_t bytes = sizeof(Frame) + old->register_count * sizeof(Value);
  std::destroy_n(old->registers, old->register_count);
  Function* held = old->function;
  heap_free(old, bytes);
  if (held) held->release();
}

void Generator::visit(ReferenceVisitor& visitor) {
  function.visit(visitor);
  handled.visit(visitor);
  outer.visit(visitor);
  // The registers of one that runs are in use.
  if (!frame || state == State::Running) return;
  for (uint32_t i = 0; i < frame->register_count; ++i) frame->registers[i].visit(visitor);
  if (frame->function) visitor(frame->function);
}

/// One that stopped inside `try` or `with` still has something to do.
bool Generator::needs_finish() const noexcept {
  if (state != State::Suspended || !frame || is_finished()) return false;
  const auto at = static_cast<uint32_t>(frame->pc - frame->code->instructions.data());
  return std::ranges::any_of(frame->code->handlers, [&](const Handler& handler) {
    return at >= handler.start && at < handler.end;
  });
}

void Generator::dispose() noexcept {
  if (needs_finish() && interpreter.rt_.garbage().finish_later(*this)) return;
  Container::dispose();
}

Value Interpreter::make_generator(Function& function, const Arguments& arguments) {
  Frame* frame = Generator::make_frame(*function.code);
  function.retain();
  frame->function = &function;
  frame->code = function.code.get();
  frame->module = function.module.get();
  frame->pc = frame->code->instructions.data();
  Ref<Generator> generator = rt_.make<Generator>(*this, Ref<Function>(&function), frame);
  bind_slow(function, arguments, frame->registers);
  return generator;
}

void Interpreter::enter_generator(Generator& generator, Frame::Kind kind, Value sent) {
  if (generator.state == Generator::State::Running) {
    fail(ErrorKind::Value, "generator already executing");
  }
  enter_depth();
  Frame* frame = generator.frame;
  if (generator.state == Generator::State::Suspended && frame->pc->op == Op::Yield) {
    frame->registers[frame->pc->a] = std::move(sent);
    ++frame->pc;
  }
  generator.state = Generator::State::Running;
  frame->back = frame_;
  frame->kind = kind;
  frame_ = frame;
  generator.outer = handled_;
  if (generator.handled) handled_ = std::move(generator.handled);
}

void Interpreter::leave_generator(Generator& generator) noexcept {
  frame_ = generator.frame->back;
  generator.frame->back = nullptr;
  --depth_;
  generator.state = Generator::State::Suspended;
  if (handled_ != generator.outer) generator.handled = std::move(handled_);
  handled_ = std::move(generator.outer);
}

bool Interpreter::send_out(Value& value) noexcept {
  for (;;) {
    const Frame::Kind kind = frame_->kind;
    leave_generator(*frame_->generator);
    if (kind == Frame::Kind::Entry) return yielded_ = true;
    if (kind == Frame::Kind::ForIter) {
      frame_->registers[frame_->pc->b] = std::move(value);
      return false;
    }
  }
}

void Interpreter::end_generator(Generator& generator) noexcept {
  generator.state = Generator::State::Done;
  generator.handled.reset();
  generator.free_frame();
}

Interpreter::Outcome Interpreter::resume(Generator& generator, Value sent, Value& out) {
  const Runtime::Nesting nesting(rt_);
  const Ref<Generator> held(&generator);
  if (generator.state == Generator::State::Running) {
    fail(ErrorKind::Value, "generator already executing");
  }
  if (generator.state == Generator::State::Done) {
    out = Value::none();
    return Outcome::Returned;
  }
  if (generator.state == Generator::State::Created && !sent.is_none()) {
    fail(ErrorKind::Type, "can't send non-None value to a just-started generator");
  }
  Frame* frame = generator.frame;
  if (generator.state == Generator::State::Suspended && frame->pc->op == Op::YieldFrom &&
      !sent.is_none()) {
    // What is sent goes to the iterator delegated to.
    const Value inner = frame->registers[frame->pc->b];
    Value result;
    bool yielded = true;
    try {
      if (Generator* delegate = inner.to<Generator>()) {
        yielded = resume(*delegate, sent, result) == Outcome::Yielded;
      } else {
        result = rt_.call_method(inner, rt_.names.send.get(), {sent});
      }
    } catch (Raised& raised) {
      Exception& e = *raised.exception;
      if (!e.type()->is_subtype_of(rt_.types.stop_iteration)) {
        return resume_with_error(generator, std::move(raised.exception), out);
      }
      yielded = false;
      result = e.args->size() > 0 ? (*e.args)[0] : Value::none();
    }
    if (yielded) {
      out = std::move(result);
      return Outcome::Yielded;
    }
    frame->registers[frame->pc->b].clear();
    frame->registers[frame->pc->a] = std::move(result);
    ++frame->pc;
  }
  enter_generator(generator, Frame::Kind::Entry, std::move(sent));
  out = execute();
  return std::exchange(yielded_, false) ? Outcome::Yielded : Outcome::Returned;
}

Interpreter::Outcome Interpreter::resume_with_error(Generator& generator, Ref<Exception> error,
                                                    Value& out) {
  const Runtime::Nesting nesting(rt_);
  const Ref<Generator> held(&generator);
  if (generator.state == Generator::State::Running) {
    fail(ErrorKind::Value, "generator already executing");
  }
  if (generator.state != Generator::State::Suspended) {
    if (generator.state == Generator::State::Created) end_generator(generator);
    error->in_flight = false;
    throw Raised{std::move(error)};
  }
  Frame* frame = generator.frame;
  if (frame->pc->op == Op::YieldFrom) {
    // The iterator delegated to hears of it first.
    const Value inner = frame->registers[frame->pc->b];
    const bool closing = error->type()->is_subtype_of(rt_.types.generator_exit);
    try {
      if (Generator* delegate = inner.to<Generator>()) {
        if (closing) {
          close(*delegate);
        } else {
          Value result;
          if (resume_with_error(*delegate, error, result) == Outcome::Yielded) {
            out = std::move(result);
            return Outcome::Yielded;
          }
          frame->registers[frame->pc->b].clear();
          frame->registers[frame->pc->a] = std::move(result);
          ++frame->pc;
          enter_generator(generator, Frame::Kind::Entry, Value::none());
          out = execute();
          return std::exchange(yielded_, false) ? Outcome::Yielded : Outcome::Returned;
        }
      }
    } catch (Raised& raised) {
      error = std::move(raised.exception);
    }
  }
  // As if the yield itself had raised it.
  const Instruction* at = frame->pc;
  enter_generator(generator, Frame::Kind::Entry, Value::none());
  frame->pc = at;
  error->in_flight = false;
  if (!unwind(error)) throw Raised{std::move(error)};
  out = execute();
  return std::exchange(yielded_, false) ? Outcome::Yielded : Outcome::Returned;
}

void Interpreter::close(Generator& generator) {
  if (generator.state == Generator::State::Created) end_generator(generator);
  if (generator.state == Generator::State::Done) return;
  Value out;
  try {
    if (resume_with_error(generator, rt_.make_exception(rt_.types.generator_exit, ""), out) ==
        Outcome::Yielded) {
      rt_.raise(rt_.types.runtime_error, "generator ignored GeneratorExit");
    }
  } catch (Raised& raised) {
    Type* type = raised.exception->type();
    if (!type->is_subtype_of(rt_.types.generator_exit) &&
        !type->is_subtype_of(rt_.types.stop_iteration)) {
      throw;
    }
  }
}

}  // namespace gradpad::lang
