// Exceptions on their way to a handler.
#include <new>

#include "lang/runtime/exception_types.h"
#include "lang/runtime/runtime.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

/// An exception raised while another is handled remembers that one.
void Interpreter::add_context(Exception& error) {
  if (!handled_ || handled_.get() == &error) return;
  // A chain that leads back to the error is cut.
  if (error.is_context) {
    // A program may have made a circle of its own: there a second walk at half the pace is met.
    const Exception* slow = handled_.get();
    bool both = false;
    for (Exception* e = handled_.get(); e->context; both = !both) {
      if (e->context.get() == &error) {
        e->context.reset();
        break;
      }
      e = e->context.get();
      if (e == slow) break;
      if (both) slow = slow->context.get();
    }
  }
  handled_->is_context = true;
  error.context = handled_;
}

void Interpreter::trace_frame(Exception& error, const Frame& frame) {
  const Code& code = *frame.code;
  const auto at = static_cast<uint32_t>(frame.pc - code.instructions.data());
  Span span = code.spans[at];
  uint32_t anchor = code.anchors[at];
  if (error.name_span.line > 0) {
    span = std::exchange(error.name_span, Span{});
    anchor = 0;
  }
  const auto add = [&](std::string function) {
    error.trace.push_back({Ref<Code>(const_cast<Code*>(&code)), std::move(function), span, anchor,
                           Ref<Module>(frame.module)});
  };
  try {
    for (const InlinedRegion& region : code.inlined) {
      if (at < region.start || at >= region.end) continue;
      add(region.name);
      span = region.span;
      anchor = 0;
    }
    add(code.name->text());
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch)
    // Without memory for its line the traceback lacks it; the exception goes on.
  }
}

bool Interpreter::unwind(Ref<Exception>& error, bool again) {
  if (!error->in_flight) {
    error->in_flight = true;
    if (!again) add_context(*error);
  }
  // A frame without end in its own recursion fills no memory with its trace.
  constexpr size_t kMostEntries = 4 * kMaxDepth;
  for (;;) {
    Frame* frame = frame_;
    const Code& code = *frame->code;
    const auto at = static_cast<uint32_t>(frame->pc - code.instructions.data());
    if (!again && error->trace.size() < kMostEntries) trace_frame(*error, *frame);
    again = false;
    if (!error->uncatchable) {
      for (const Handler& handler : code.handlers) {
        if (at < handler.start || at >= handler.end) continue;
        const uint32_t end = code.first_temporary + code.temporary_count;
        for (uint32_t i = handler.depth; i < end; ++i) frame->registers[i].clear();
        frame->registers[handler.exception] = error;
        frame->pc = code.instructions.data() + handler.target;
        error->in_flight = false;
        return true;
      }
    }
    const bool entry = frame->kind == Frame::Kind::Entry;
    if (Generator* generator = frame->generator) {
      const Ref<Generator> held(generator);
      leave_generator(*generator);
      end_generator(*generator);
      if (error->type()->is_subtype_of(rt_.types.stop_iteration)) {
        // PEP 479: a StopIteration that escapes would silently end the loop around.
        const Ref<Exception> original = error;
        try {
          error = rt_.make_exception(rt_.types.runtime_error, "generator raised StopIteration");
          error->cause = original;
          error->context = original;
          original->is_context = true;
          error->suppress_context = true;
        } catch (...) {
          error = rt_.translate_current_exception();
        }
        error->in_flight = true;
        original->in_flight = false;
      }
    } else {
      pop_frame();
    }
    if (entry) return false;
  }
}

bool Interpreter::raise_instruction(const Instruction& i) {
  Ref<Exception> error;
  bool again = false;
  try {
    if (i.op == Op::Reraise) {
      error = Ref<Exception>(frame_->registers[i.a].as<Exception>());
      frame_->registers[i.a].clear();
      again = true;
    } else if (i.x == 0) {
      if (!handled_) {
        rt_.raise(rt_.types.runtime_error, "No active exception to reraise");
      }
      error = handled_;
      again = true;
    } else {
      const Value value = operand(i.a);
      Value cause = i.x == 2 ? operand(i.b) : Value();
      error = to_exception(rt_, value);
      error->in_flight = false;
      if (cause.is_bound()) {
        if (cause.is_none()) {
          error->cause.reset();
        } else if (cause.is<Exception>() || cause.is<Type>()) {
          try {
            error->cause = to_exception(rt_, cause);
          } catch (const Error&) {
            fail(ErrorKind::Type, "exception causes must derive from BaseException");
          }
        } else {
          fail(ErrorKind::Type, "exception causes must derive from BaseException");
        }
        error->suppress_context = true;
      }
    }
  } catch (...) {
    error = rt_.translate_current_exception();
    again = false;
  }
  if (unwind(error, again)) return true;
  leaving_ = std::move(error);
  return false;
}

}  // namespace gradpad::lang
