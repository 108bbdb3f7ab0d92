// The virtual machine: runs code, and keeps the stack of frames, the budget and the place.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include "lang/objects/exception.h"
#include "lang/objects/native.h"
#include "lang/objects/value.h"
#include "lang/runtime/evaluator.h"
#include "lang/vm/frame.h"
#include "lang/vm/generator.h"

namespace gradpad::lang {

class Runtime;

class Interpreter final : public Evaluator {
 public:
  explicit Interpreter(Runtime& rt);
  ~Interpreter() override;
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  Value call(Function& function, const Arguments& arguments) override;
  void run_source(const Ref<Source>& source, Module& module, bool interactive) override;

  enum class Outcome : uint8_t { Yielded, Returned };
  /// Lets a generator run on: `sent` becomes the value of its yield. Throws Raised.
  Outcome resume(Generator& generator, Value sent, Value& out);
  /// The same, with an exception raised at its yield.
  Outcome resume_with_error(Generator& generator, Ref<Exception> error, Value& out);
  /// generator.close(): GeneratorExit at its yield.
  void close(Generator& generator);

  void walk_frames(const std::function<bool(const FrameView&)>& visit) const override;
  Span current_span() const noexcept override;
  const Ref<Exception>& handled() const noexcept override { return handled_; }

  void start_budget(const Budget& budget) override;
  void check_budget() override;
  /// Between two instructions: the budget, and what has been put off until no object is being
  /// changed. Code of the user's may run.
  void safe_point();
  void wake() noexcept override {
    steps_ -= ticks_;
    ticks_ = 0;
  }
  [[noreturn]] void stop(Type* type, std::string message) override;

  void shut_down() noexcept override;

 private:
  friend class Generator;

  /// Runs a module's code. Throws Raised.
  void run_module(const Code& code, Module& module);
  /// Runs from the current frame, whose kind is Entry, to its end or its next yield.
  Value execute();
  Value run();  // vm.cpp: the loop over instructions

  // Calls (vm_calls.cpp)
  void enter_depth() {
    if (++depth_ > kMaxDepth) too_deep();
  }
  [[noreturn]] void too_deep();
  Frame* push_frame(Function& function);
  void pop_frame() noexcept;
  /// A frame with its parameters bound, made the current one.
  Frame* bind_call(Function& function, const Arguments& arguments);
  /// Into `registers`, whatever the parameters are (bind_arguments.cpp).
  void bind_slow(Function& function, const Arguments& arguments, Value* registers);
  Value make_generator(Function& function, const Arguments& arguments);
  /// A call instruction's callee that is no function of the language; true: a frame was pushed.
  bool call_object(const Instruction& i, Value* callee, Value* values, uint32_t positional,
                   uint32_t named, Str* const* names);
  bool call_function(const Instruction& i, Function& function, Value* values, uint32_t positional,
                     uint32_t named, Str* const* names);
  bool call_keywords(const Instruction& i);
  bool call_spread(const Instruction& i);
  void set_result(const Instruction& i, Value value);

  // Generators (generator.cpp)
  /// Makes the generator's frame the current one, about to go on.
  void enter_generator(Generator& generator, Frame::Kind kind, Value sent);
  void leave_generator(Generator& generator) noexcept;
  /// The running generator yields: the value goes out through all that delegate to it, to the loop
  /// over them; true where it goes to C++ instead.
  bool send_out(Value& value) noexcept;
  void end_generator(Generator& generator) noexcept;

  // Exceptions (unwind.cpp)
  /// Finds who handles the exception: true where a frame goes on at its handler, false where the
  /// frame that C++ entered is left, and the error shall be thrown on.
  bool unwind(Ref<Exception>& error, bool again = false);
  void trace_frame(Exception& error, const Frame& frame);
  void add_context(Exception& error);
  bool raise_instruction(const Instruction& i);

  // Slow paths of instructions (instructions.cpp; attributes in vm_attributes.cpp)
  const Value& operand(uint16_t index);
  [[noreturn]] void raise_unbound(uint16_t index);
  [[noreturn]] void raise_name(Str* name, Span where = {});
  Span name_span(uint16_t index) const noexcept;
  void slow_binary(const Instruction& i);
  void slow_immediate(const Instruction& i);
  void slow_unary(const Instruction& i);
  void slow_compare(const Instruction& i);
  bool slow_compare_jump(const Instruction& i);
  bool slow_truth(const Instruction& i);
  void load_global(const Instruction& i);
  void load_attribute(const Instruction& i);
  void store_attribute(const Instruction& i);
  void load_method(const Instruction& i);
  void get_iterator(const Instruction& i);
  void get_item(const Instruction& i);
  void set_item(const Instruction& i);
  void names(const Instruction& i);

  // Instructions that make things, or are rare (building.cpp)
  void unpack(const Instruction& i);
  void unpack_star(const Instruction& i);
  void build(const Instruction& i);
  void gather(const Instruction& i);
  void merge_keywords(const Instruction& i);
  /// A callee as errors about its arguments name it: "__main__.f()".
  std::string call_name(const Value& callee);
  template <class Visit>
  void for_each_pair(const Value& mapping, const std::string& callee, Visit&& visit);
  void format_value(const Instruction& i);
  void make_function(const Instruction& i);
  void make_class(const Instruction& i);
  void with_block(const Instruction& i);
  void import(const Instruction& i);
  void other(const Instruction& i);

  Runtime& rt_;
  Frame* frame_ = nullptr;
  FrameStack stack_;
  int32_t depth_ = 0;
  int32_t ticks_ = 0;
  Ref<Exception> handled_;
  Ref<Exception> leaving_;  // where run() ended with an exception that nobody handled

  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point checked_;
  Budget budget_;
  int64_t steps_ = 0;
  int32_t interval_ = 1000;
  bool yielded_ = false;  // what run() returns was yielded
};

}  // namespace gradpad::lang
