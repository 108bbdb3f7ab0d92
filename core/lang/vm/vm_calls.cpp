// Calls: frames, arguments bound to parameters, and callees of every kind.
#include <algorithm>
#include <array>

#include "lang/runtime/native_call.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

// Every so many jumps the clock is read; what is called counts for more than a jump.
constexpr int32_t kTicksOfNative = 10;

}  // namespace

void Interpreter::too_deep() {
  --depth_;
  rt_.raise(rt_.types.recursion_error, "maximum recursion depth exceeded");
}

Frame* Interpreter::push_frame(Function& function) {
  enter_depth();
  const Code& code = *function.code;
  Frame* frame = stack_.push(code.register_count);
  function.retain();
  frame->back = frame_;
  frame->code = &code;
  frame->pc = code.instructions.data();
  frame->function = &function;
  frame->module = function.module.get();
  return frame;
}

void Interpreter::pop_frame() noexcept {
  Frame* frame = frame_;
  frame_ = frame->back;
  --depth_;
  Function* function = frame->function;
  if (function) {
    std::destroy_n(frame->registers, frame->register_count);
  } else {
    // A module's registers are its globals: only the temporaries end.
    const Code& code = *frame->code;
    for (uint32_t i = 0; i < code.temporary_count; ++i) {
      frame->registers[code.first_temporary + i].clear();
    }
  }
  stack_.pop(frame);
  if (function) function->release();
}

void Interpreter::set_result(const Instruction& i, Value value) {
  if (i.c != kNone) frame_->registers[i.c] = std::move(value);
}

bool Interpreter::call_function(const Instruction& i, Function& function, Value* values,
                                uint32_t positional, uint32_t named, Str* const* names) {
  const Code& code = *function.code;
  if (code.is_simple && named == 0 && positional == code.positional) {
    if (--ticks_ < 0) safe_point();
    Frame* frame = push_frame(function);
    for (uint32_t k = 0; k < positional; ++k) frame->registers[k] = std::move(values[k]);
    frame->result = i.c;
    frame_ = frame;
    frame_->back->registers[i.a].clear();
    return true;
  }
  Arguments arguments{values, positional, named, names};
  const Ref<Function> held(&function);
  const auto forget = [&] {
    Value* registers = frame_->registers + i.a;
    for (Value* v = registers; v < values + positional + named; ++v) v->clear();
  };
  if (code.is_generator) {
    Value generator = make_generator(function, arguments);
    forget();
    set_result(i, std::move(generator));
    return false;
  }
  if (--ticks_ < 0) safe_point();
  Frame* frame = bind_call(function, arguments);
  forget();
  frame->result = i.c;
  frame_ = frame;
  return true;
}

bool Interpreter::call_object(const Instruction& i, Value* callee, Value* values,
                              uint32_t positional, uint32_t named, Str* const* names) {
  if (callee->is_unbound()) {
    callee[0] = operand(static_cast<uint16_t>(callee - frame_->registers));
  }
  const uint32_t count = positional + named;
  const auto forget = [&] {
    for (Value* v = callee; v < values + count; ++v) v->clear();
  };
  if (callee->is_object()) {
    switch (callee->as_object()->kind()) {
      case Kind::Function:
        return call_function(i, *callee->as<Function>(), values, positional, named, names);
      case Kind::NativeFunction: {
        if ((ticks_ -= kTicksOfNative) < 0) safe_point();
        Value result = call_native(rt_, *callee->as<NativeFunction>(),
                                   Arguments{values, positional, named, names});
        forget();
        set_result(i, std::move(result));
        return false;
      }
      case Kind::BoundMethod: {
        const BoundMethod& method = *callee->as<BoundMethod>();
        Function* function = method.function.to<Function>();
        if (!function) break;
        // The place before the first value is the callee's or an unused one: self goes there.
        const Value self = method.self;
        const Ref<Function> held(function);
        values[-1] = self;
        return call_function(i, *held, values - 1, positional + 1, named, names);
      }
      case Kind::Type: {
        Type* cls = callee->as<Type>();
        if (!cls->is_user || cls->slots.make != rt_.types.object->slots.make ||
            !cls->abstract_methods.empty()) {
          break;
        }
        const Value* found = cls->lookup(rt_.names.init.get());
        Function* init = found ? found->to<Function>() : nullptr;
        if (!init || init->code->is_generator) break;
        Value object = rt_.make_of<Instance>(cls);
        const Ref<Function> held(init);
        if (--ticks_ < 0) safe_point();
        // __init__(object, ...): values shifted by one into the frame.
        Frame* frame = nullptr;
        const Code& code = *init->code;
        if (code.is_simple && named == 0 && positional + 1 == code.positional) {
          frame = push_frame(*init);
          frame->registers[0] = object;
          for (uint32_t k = 0; k < positional; ++k) {
            frame->registers[k + 1] = std::move(values[k]);
          }
        } else {
          Values with_self;
          with_self.reserve(count + 1);
          with_self.push_back(object);
          for (uint32_t k = 0; k < count; ++k) with_self.push_back(values[k]);
          frame = bind_call(*init, Arguments{with_self.data(), positional + 1, named, names});
        }
        forget();
        // The object waits in the callee's place, named by the instruction.
        frame_->registers[i.a] = std::move(object);
        frame->kind = Frame::Kind::Init;
        frame->result = i.c;
        frame_ = frame;
        return true;
      }
      default:
        break;
    }
  }
  if ((ticks_ -= kTicksOfNative) < 0) safe_point();
  const Value held = *callee;
  Value result = rt_.call(held, Arguments{values, positional, named, names});
  forget();
  set_result(i, std::move(result));
  return false;
}

bool Interpreter::call_keywords(const Instruction& i) {
  const Tuple& tuple = *frame_->code->constants[i.b].as<Tuple>();
  std::array<Str*, 16> few{};
  std::vector<Str*> many;
  Str** names = few.data();
  const auto named = static_cast<uint32_t>(tuple.size());
  if (named > few.size()) {
    many.resize(named);
    names = many.data();
  }
  for (uint32_t k = 0; k < named; ++k) names[k] = tuple[k].as<Str>();
  Value* callee = frame_->registers + i.a;
  Value* values = callee + 1;
  uint32_t positional = i.x - named;
  if (i.op == Op::CallMethodKeywords) {
    if (callee[1].is_bound()) {
      ++positional;
    } else {
      ++values;
    }
  }
  return call_object(i, callee, values, positional, named, names);
}

bool Interpreter::call_spread(const Instruction& i) {
  Value* callee = frame_->registers + i.a;
  Values values;
  // One place in front, for the self of a method.
  values.emplace_back();
  List& list = *callee[1].as<List>();
  for (Value& v : list.items) values.push_back(v);
  const auto positional = static_cast<uint32_t>(list.items.size());
  std::vector<Str*> names;
  std::vector<Ref<Str>> held_names;
  if (i.x != 0) {
    Dict& dict = *callee[2].as<Dict>();
    int64_t at = 0;
    while (Dict::Entry* entry = dict.next(at)) {
      held_names.push_back(rt_.intern(entry->key.as<Str>()));
      names.push_back(held_names.back().get());
      values.push_back(entry->value);
    }
  }
  const Value function = *callee;
  for (int k = 0; k < 3; ++k) {
    if (k < 2 || i.x != 0) callee[k].clear();
  }
  const Arguments arguments{values.data() + 1, positional, static_cast<uint32_t>(names.size()),
                            names.data()};
  Function* target = function.to<Function>();
  if (target && !target->code->is_generator) {
    if (--ticks_ < 0) safe_point();
    Frame* frame = bind_call(*target, arguments);
    frame->result = i.c;
    frame_ = frame;
    return true;
  }
  if ((ticks_ -= kTicksOfNative) < 0) safe_point();
  set_result(i, rt_.call(function, arguments));
  return false;
}

Frame* Interpreter::bind_call(Function& function, const Arguments& arguments) {
  Frame* frame = push_frame(function);
  try {
    bind_slow(function, arguments, frame->registers);
  } catch (...) {
    // The frame never became current: errors in binding belong to the caller.
    --depth_;
    std::destroy_n(frame->registers, frame->register_count);
    stack_.pop(frame);
    function.release();
    throw;
  }
  return frame;
}

Value Interpreter::call(Function& function, const Arguments& arguments) {
  const Runtime::Nesting nesting(rt_);
  if (--ticks_ < 0) safe_point();
  if (function.code->is_generator) return make_generator(function, arguments);
  Frame* frame = bind_call(function, arguments);
  frame->kind = Frame::Kind::Entry;
  frame_ = frame;
  return execute();
}

void Interpreter::run_module(const Code& code, Module& module) {
  const Runtime::Nesting nesting(rt_);
  enter_depth();
  module.assigned.resize(module.slot_count());
  const Ref<Module> held(&module);
  const Ref<Code> held_code(const_cast<Code*>(&code));
  Frame* frame = stack_.push(0);
  frame->back = frame_;
  frame->code = &code;
  frame->pc = code.instructions.data();
  frame->registers = module.slots();
  frame->module = &module;
  frame->kind = Frame::Kind::Entry;
  frame_ = frame;
  const auto note = [&] {
    for (const Code::Assignment& a : code.assignments) {
      if (module.slots()[a.slot].is_bound()) module.assigned[a.slot] = a.span;
    }
  };
  try {
    execute();
    note();
  } catch (...) {
    note();
    throw;
  }
}

Value Interpreter::execute() {
  for (;;) {
    Ref<Exception> error;
    try {
      Value result = run();
      if (leaving_) break;
      return result;
    } catch (...) {
      error = rt_.translate_current_exception();
    }
    if (!unwind(error)) throw Raised{std::move(error)};
  }
  throw Raised{std::exchange(leaving_, {})};
}

}  // namespace gradpad::lang
