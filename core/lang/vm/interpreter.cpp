// The interpreter's life, its budgets and where it stands.
#include "lang/vm/interpreter.h"

#include <algorithm>

#include "lang/compiler/compiler.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/memory_limits.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

namespace {

constexpr int32_t kFewestTicks = 50;
constexpr int32_t kMostTicks = 200'000;

Span span_of(const Frame& frame) {
  return frame.code->spans[static_cast<size_t>(frame.pc - frame.code->instructions.data())];
}

}  // namespace

Interpreter::Interpreter(Runtime& rt) : rt_(rt) {}

Interpreter::~Interpreter() = default;

void Interpreter::run_source(const Ref<Source>& source, Module& module, bool interactive) {
  const Ref<Code> code = compile_module(rt_, source, module, interactive);
  if (code->doc.is_bound()) module.set(rt_.names.doc.get(), code->doc);
  run_module(*code, module);
}

void Interpreter::shut_down() noexcept {
  handled_.reset();
  leaving_.reset();
}

void Interpreter::start_budget(const Budget& budget) {
  budget_ = budget;
  started_ = checked_ = std::chrono::steady_clock::now();
  steps_ = 0;
  interval_ = kFewestTicks * 20;
  ticks_ = interval_;
}

void Interpreter::stop(Type* type, std::string message) {
  // A program that has used up its memory is stopped nonetheless.
  const MemoryLimits none(0);
  const Ref<Exception> error = rt_.make_exception(type, std::move(message));
  error->uncatchable = true;
  rt_.raise(error);
}

/// The clock is read about every two milliseconds, whatever one tick costs.
void Interpreter::check_budget() {
  using std::chrono::duration;
  const auto now = std::chrono::steady_clock::now();
  const double since = duration<double>(now - checked_).count();
  checked_ = now;
  steps_ += interval_ - std::max(ticks_, 0);
  if (since < 0.001) {
    interval_ = std::min(interval_ * 2, kMostTicks);
  } else if (since > 0.004) {
    interval_ = std::max(interval_ / 4, kFewestTicks);
  }
  if (budget_.steps > 0) {
    const int64_t left = std::max<int64_t>(budget_.steps - steps_, 0);
    interval_ = static_cast<int32_t>(std::min<int64_t>(interval_, left + 1));
  }
  ticks_ = interval_;

  if (budget_.interrupted && budget_.interrupted->exchange(false, std::memory_order_relaxed)) {
    stop(rt_.types.keyboard_interrupt, "");
  }
  if (budget_.steps > 0 && steps_ > budget_.steps) {
    stop(rt_.types.timeout_error, concat("stopped after ", budget_.steps, " steps"));
  }
  if (budget_.seconds > 0 && duration<double>(now - started_).count() > budget_.seconds) {
    stop(rt_.types.timeout_error,
         concat("stopped after ", budget_.seconds, budget_.seconds == 1 ? " second" : " seconds"));
  }
  // A native loop looks at the budget, too, but only a safe point does what waits.
  if (rt_.garbage().is_due()) wake();
}

void Interpreter::safe_point() {
  rt_.garbage().at_safe_point();
  check_budget();
}

Span Interpreter::current_span() const noexcept {
  for (const Frame* frame = frame_; frame; frame = frame->back) {
    if (!frame->code->source->is_library) return span_of(*frame);
  }
  return {};
}

void Interpreter::walk_frames(const std::function<bool(const FrameView&)>& visit) const {
  for (const Frame* frame = frame_; frame; frame = frame->back) {
    const FrameView view{frame->code,      frame->module,         frame->function,
                         frame->registers, frame->register_count, span_of(*frame)};
    if (!visit(view)) return;
  }
}

}  // namespace gradpad::lang
