// Running a program: its limits, where its text goes, and what is said of it afterwards.
#include "lang/session/session.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <utility>

#include "gradpad/autograd/grad_mode.h"
#include "gradpad/tensor/default_dtype.h"
#include "gradpad/tensor/print.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/memory_limits.h"
#include "lang/runtime/output.h"
#include "lang/session/graph_record.h"
#include "lang/session/inspect.h"
#include "lang/session/make_runtime.h"
#include "lang/session/program.h"
#include "lang/torch/cycle_marks.h"

namespace gradpad::lang {

namespace {

/// What telling of an error may take beside what the program has left.
constexpr int64_t kReportBytes = 16 * 1024 * 1024;

/// Memory that is there when a program has used up all there is, so that the end of it can be told.
class Reserve {
 public:
  Reserve() : block_(std::malloc(kBytes)) {}
  ~Reserve() { release(); }
  Reserve(const Reserve&) = delete;
  Reserve& operator=(const Reserve&) = delete;
  void release() noexcept {
    std::free(block_);
    block_ = nullptr;
  }

 private:
  static constexpr size_t kBytes = 1024 * 1024;
  void* volatile block_;  // volatile: compilers leave out a block that is only freed
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

/// How often memory was refused to this thread.
int64_t refusals() { return heap_stats().refused + memory_stats().refused; }

/// Whether a small program could run now, with what its predecessor has left.
bool has_room(int64_t max_bytes) {
  constexpr size_t kSmall = 16 * 1024 * 1024;
  constexpr int64_t kShare = 16;
  const int64_t used = heap_stats().live_bytes + memory_stats().held();
  if (max_bytes > 0 && max_bytes - used < max_bytes / kShare) return false;
  void* volatile block = std::malloc(kSmall);  // as above
  const bool found = block != nullptr;
  std::free(block);
  return found;
}

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
int exit_status(Runtime& rt, const Exception& exit) {
  if (!exit.args || exit.args->size() == 0) return 0;
  const Value& status = (*exit.args)[0];
  if (status.is_none()) return 0;
  if (status.is_integral()) return static_cast<int>(status.as_int());
  rt.output().error.append(rt.str(status)->text() + "\n");
  return 1;
}

}  // namespace

struct Session::Impl {
  explicit Impl(bool keep) : keep_globals(keep) {}
  ~Impl() { end(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void begin() {
    end();
    runtime = make_runtime();
    main = make_main_module(*runtime);
    modes = {};
  }
  void end() noexcept {
    main.reset();
    runtime.reset();
    heap_trim();
  }

  std::string name_of(const Variable& variable) const;
  TextSink guarded(const TextSink& sink);
  void open_output(const RunOptions& options);
  void execute(const RunOptions& options, Tracer* tracer, RunResult& result,
               const std::function<void()>& program);
  void end_with(Exception& error, const RunOptions& options, RunResult& result);
  void run(std::string_view source, const RunOptions& options, RunResult& result);

  const bool keep_globals;
  Modes modes;           ///< as the last run left them
  bool stopped = false;  ///< by a budget, an interrupt or a listener, which runs no `finally`
  bool running = false;
  bool executing = false;  ///< the program itself
  std::unique_ptr<Runtime> runtime;
  Ref<Module> main;
  std::exception_ptr listener_error;
  /// Outlives every interpreter, so that an interrupt may come at any time.
  std::atomic<bool> interrupted{false};
};

std::string Session::Impl::name_of(const Variable& variable) const {
  const Str* name = main->name_of(*variable.impl());
  return name ? name->text() : std::string();
}

/// A listener's exception must not pass through the program, which could catch it: it ends the
/// program, and is thrown when that has ended.
TextSink Session::Impl::guarded(const TextSink& sink) {
  if (!sink) return {};
  return [this, sink](std::string_view text) {
    if (!listener_error) {
      try {
        sink(text);
      } catch (...) {
        listener_error = std::current_exception();
      }
    }
    if (listener_error && executing) {
      runtime->evaluator().stop(runtime->types.keyboard_interrupt, "");
    }
  };
}

void Session::Impl::open_output(const RunOptions& options) {
  Output& output = runtime->output();
  const auto open = [&](OutputStream& stream, const TextSink& sink) {
    stream.open(guarded(sink), options.collect || !sink, options.max_output);
  };
  open(output.out, options.on_stdout);
  open(output.error, options.on_stderr);
}

/// Runs the program, or what it left to be done; whatever becomes of it is in the result.
void Session::Impl::execute(const RunOptions& options, Tracer* tracer, RunResult& result,
                            const std::function<void()>& program) {
  Reserve reserve;
  Ref<Exception> error;
  {
    const MemoryLimits limits(options.max_bytes);
    const Watch watch(tracer);
    executing = true;
    try {
      program();
    } catch (...) {
      reserve.release();
      error = runtime->translate_current_exception();
    }
    executing = false;
  }
  reserve.release();
  if (error && !result.error) end_with(*error, options, result);
}

void Session::Impl::end_with(Exception& error, const RunOptions& options, RunResult& result) {
  Runtime& rt = *runtime;
  stopped = error.uncatchable;
  // A __str__ is the program's, but what is said of a MemoryError needs some memory.
  const int64_t least = heap_stats().live_bytes + memory_stats().held() + kReportBytes;
  const MemoryLimits limits(options.max_bytes > 0 ? std::max(options.max_bytes, least) : 0);
  try {
    if (error.type()->is_subtype_of(rt.types.system_exit)) {
      result.exit_status = exit_status(rt, error);
      return;
    }
    ErrorReport report = describe_error(rt, error);
    result.error = RunError{std::move(report.type), std::move(report.message),
                            std::move(report.traceback), report.span, std::move(report.hint)};
  } catch (...) {
    // Its own __str__ may have failed, or the reserve was not enough: then its name must do.
    const Ref<Exception> second = rt.translate_current_exception();
    result.error = RunError{error.type()->name(), "", error.type()->name() + "\n", {}, {}};
  }
}

void Session::Impl::run(std::string_view source, const RunOptions& options, RunResult& result) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point started = Clock::now();
  stopped = false;
  const int64_t refused = refusals();
  listener_error = nullptr;
  interrupted.store(false);
  if (!keep_globals || !runtime) begin();
  open_output(options);
  {
    ModesOfRun modes_of_run(modes);
    const Garbage::Watch memory(runtime->garbage());
    const CycleMarks marks(*runtime);
    GraphRecorder recorder([this] { return runtime->evaluator().current_span(); },
                           [this](const Variable& variable) { return name_of(variable); });
    execute(options, options.inspect ? &recorder : nullptr, result, [&] {
      runtime->evaluator().start_budget({options.max_seconds, 0, &interrupted});
      run_program(*runtime, *main, source, options.filename, options.interactive);
    });
    result.seconds = std::chrono::duration<double>(Clock::now() - started).count();
    // A `with torch.no_grad()` that was cut short has not been left.
    modes_of_run.keep(!stopped);
    if (options.inspect && !listener_error) {
      // What a __repr__ prints now goes nowhere.
      Output& output = runtime->output();
      for (OutputStream* stream : {&output.out, &output.error}) stream->pause();
      inspect(*runtime, *main, recorder, result);
      for (OutputStream* stream : {&output.out, &output.error}) stream->resume();
    }
    if (!stopped && !listener_error) {
      execute(options, nullptr, result, [&] {
        if (keep_globals) {
          runtime->garbage().at_rest();
        } else {
          end_program(*runtime, *main);
        }
      });
    }
  }
  Output output = std::move(runtime->output());
  result.restarted =
      keep_globals && result.error && refusals() != refused && !has_room(options.max_bytes);
  if (result.restarted) {
    output.error.append("The session's memory was used up, so its variables were freed.\n");
  }
  if (!keep_globals || result.restarted) end();
  output.out.close();
  output.error.close();
  result.dropped = output.out.dropped() + output.error.dropped();
  result.stdout_text = output.out.take();
  result.stderr_text = output.error.take();
}

Session::Session(bool keep_globals) : impl_(std::make_unique<Impl>(keep_globals)) {}
Session::~Session() = default;

void Session::interrupt() noexcept { impl_->interrupted.store(true); }

bool Session::is_incomplete(std::string_view source) { return is_incomplete_program(source); }

RunResult Session::run(std::string_view source, const RunOptions& options) {
  Impl& impl = *impl_;
  if (impl.running) fail("this session is running a program already");
  RunResult result;
  impl.running = true;
  try {
    impl.run(source, options, result);
  } catch (...) {
    // The host has no memory left for the result, or for a runtime at all.
    impl.running = impl.executing = false;
    impl.end();
    throw;
  }
  impl.running = false;
  if (impl.listener_error) std::rethrow_exception(std::exchange(impl.listener_error, nullptr));
  return result;
}

}  // namespace gradpad::lang
