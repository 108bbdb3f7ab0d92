// Running a program: its limits, where its text goes, and what is said of it afterwards.
#include "lang/session/session.h"

#include <atomic>
#include <chrono>

#include "gradpad/autograd/grad_mode.h"
#include "gradpad/tensor/default_dtype.h"
#include "gradpad/tensor/print.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/output.h"
#include "lang/session/graph_record.h"
#include "lang/session/inspect.h"
#include "lang/session/make_runtime.h"
#include "lang/session/program.h"
#include "lang/torch/cycle_marks.h"

namespace gradpad::lang {

namespace {

/// What a program may use, for the time of a run.
class Limits {
 public:
  explicit Limits(int64_t max_bytes)
      : tensors_(memory_stats().limit_bytes), objects_(heap_stats().limit_bytes) {
    memory_stats().limit_bytes = max_bytes;
    heap_stats().limit_bytes = max_bytes;
  }
  ~Limits() {
    memory_stats().limit_bytes = tensors_;
    heap_stats().limit_bytes = objects_;
  }
  Limits(const Limits&) = delete;
  Limits& operator=(const Limits&) = delete;

 private:
  int64_t tensors_, objects_;
};

/// What a program may set for its thread.
struct Modes {
  bool grad_enabled = true;
  DType default_dtype = DType::Float32;
  PrintOptions print;
};

/// The session's own modes for the time of a run; afterwards the thread has its own again.
class ModesOfRun {
 public:
  explicit ModesOfRun(Modes& own)
      : own_(own), grad_(own.grad_enabled), dtype_(own.default_dtype), print_(print_options()) {
    print_options() = own.print;
  }
  ~ModesOfRun() { print_options() = print_; }
  ModesOfRun(const ModesOfRun&) = delete;
  ModesOfRun& operator=(const ModesOfRun&) = delete;

  /// The next run goes on with what this one has set.
  void keep(bool grad_mode) {
    if (grad_mode) own_.grad_enabled = GradMode::is_enabled();
    own_.default_dtype = default_dtype();
    own_.print = print_options();
  }

 private:
  Modes& own_;
  GradModeGuard grad_;
  DefaultDTypeGuard dtype_;
  PrintOptions print_;
};

class Watch {
 public:
  explicit Watch(Tracer* tracer) : before_(Tracer::set_current(tracer)) {}
  ~Watch() { Tracer::set_current(before_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  Tracer* before_;
};

/// sys.exit(status): None is 0, a number itself; anything else is a message, and 1.
int exit_status(Runtime& rt, const Exception& exit, RunResult& result,
                const std::function<void(std::string_view)>& error) {
  if (!exit.args || exit.args->size() == 0) return 0;
  const Value& status = (*exit.args)[0];
  if (status.is_none()) return 0;
  if (status.is_integral()) return static_cast<int>(status.as_int());
  const std::string text = rt.str(status)->text() + "\n";
  if (error) {
    error(text);
  } else {
    result.stderr_text += text;
  }
  return 1;
}

RunError run_error(Runtime& rt, Exception& error) {
  ErrorReport report = describe_error(rt, error);
  return {std::move(report.type), std::move(report.message), std::move(report.traceback),
          report.span, std::move(report.hint)};
}

}  // namespace

struct Session::Impl {
  explicit Impl(bool keep) : keep_globals(keep) {}
  ~Impl() { end(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void begin() {
    runtime = make_runtime();
    main = make_main_module(*runtime);
    modes = {};
  }
  void end() {
    evaluator.store(nullptr);
    main.reset();
    runtime.reset();
  }

  const bool keep_globals;
  Modes modes;  ///< as the last run left them
  std::unique_ptr<Runtime> runtime;
  Ref<Module> main;
  std::atomic<Evaluator*> evaluator{nullptr};
};

Session::Session(bool keep_globals) : impl_(std::make_unique<Impl>(keep_globals)) {}
Session::~Session() = default;

void Session::interrupt() noexcept {
  if (Evaluator* evaluator = impl_->evaluator.load()) evaluator->interrupt();
}

bool Session::is_incomplete(std::string_view source) { return is_incomplete_program(source); }

RunResult Session::run(std::string_view source, const RunOptions& options) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point started = Clock::now();
  RunResult result;
  Impl& impl = *impl_;
  const Limits limits(options.max_bytes);
  if (!impl.keep_globals || !impl.runtime) impl.begin();
  Runtime& rt = *impl.runtime;
  Evaluator& evaluator = rt.evaluator();
  impl.evaluator.store(&evaluator);
  rt.output().out = options.on_stdout ? options.on_stdout : [&result](std::string_view text) {
    result.stdout_text += text;
  };
  rt.output().error = options.on_stderr ? options.on_stderr : [&result](std::string_view text) {
    result.stderr_text += text;
  };
  {
    ModesOfRun modes(impl.modes);
    const Garbage::Watch memory(rt.garbage());
    const CycleMarks marks(rt);
    GraphRecorder recorder([&] { return evaluator.current_span(); });
    bool stopped = false;
    {
      const Watch watch(options.inspect ? &recorder : nullptr);
      try {
        evaluator.start_budget({options.max_seconds, 0});
        run_program(rt, *impl.main, source, options.filename, options.interactive);
      } catch (...) {
        const Ref<Exception> error = rt.translate_current_exception();
        stopped = error->uncatchable;
        if (error->type()->is_subtype_of(rt.types.system_exit)) {
          result.exit_status = exit_status(rt, *error, result, options.on_stderr);
        } else {
          // Describing the error may need memory that the program has used up.
          const Limits none(0);
          result.error = run_error(rt, *error);
        }
      }
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    // A `with torch.no_grad()` that was cut short has not been left.
    modes.keep(!stopped);
    if (options.inspect) {
      const Limits none(0);
      inspect(rt, *impl.main, recorder, result);
    }
    if (!impl.keep_globals && !stopped) {
      try {
        end_program(rt, *impl.main);
      } catch (...) {
        const Ref<Exception> error = rt.translate_current_exception();
        const Limits none(0);
        if (!result.error) result.error = run_error(rt, *error);
      }
    }
  }
  rt.output().out = nullptr;
  rt.output().error = nullptr;
  if (!impl.keep_globals) impl.end();
  return result;
}

}  // namespace gradpad::lang
