// Evaluator: what the runtime asks of the machine that runs the language's own code.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "lang/objects/exception.h"
#include "lang/objects/function.h"
#include "lang/runtime/nesting.h"
#include "lang/syntax/source.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

/// Limits of one run; 0 means none.
struct Budget {
  double seconds = 0;
  int64_t steps = 0;  // jumps and calls
  /// Set by another thread or a signal handler to end the run: KeyboardInterrupt. It outlives the
  /// evaluator.
  std::atomic<bool>* interrupted = nullptr;
};

/// A call in progress, for those who only look on.
struct FrameView {
  const Code* code = nullptr;
  Module* module = nullptr;
  const Function* function = nullptr;  // null in a module
  const Value* registers = nullptr;
  uint32_t register_count = 0;
  Span span;  // of the instruction at work
};

class Evaluator {
 public:
  /// How many calls may be nested.
  static constexpr int32_t kMaxDepth = kRecursionLimit;

  virtual ~Evaluator() = default;

  virtual Value call(Function& function, const Arguments& arguments) = 0;
  /// Compiles a text and runs it as the module's code. `interactive`: expression statements show
  /// their value, as at the prompt. Throws Raised.
  virtual void run_source(const Ref<Source>& source, Module& module, bool interactive) = 0;

  // --- Budgets -----------------------------------------------------------------------------------
  virtual void start_budget(const Budget& budget) = 0;
  /// Raises where the budget is used up or somebody asked for an end.
  virtual void check_budget() = 0;
  /// Makes the next jump or call one at which what has been put off is done (garbage.h).
  virtual void wake() noexcept = 0;
  /// Raises what no program catches.
  [[noreturn]] virtual void stop(Type* type, std::string message) = 0;

  // --- Where the program stands ------------------------------------------------------------------
  /// Visits the calls in progress from the innermost out, until `visit` returns false.
  virtual void walk_frames(const std::function<bool(const FrameView&)>& visit) const = 0;
  /// The innermost place of the user's program, not of the library's modules.
  virtual Span current_span() const noexcept = 0;
  /// The exception that an except clause is handling, for `raise` and __context__.
  virtual const Ref<Exception>& handled() const noexcept = 0;

  /// The innermost call.
  std::optional<FrameView> frame() const;
  /// The user's call that stands `level` - 1 of the user's calls further out, or the outermost.
  std::optional<FrameView> user_frame(int64_t level = 1) const;

  /// Lets go of all objects, for the session ends.
  virtual void shut_down() noexcept = 0;
};

}  // namespace gradpad::lang
