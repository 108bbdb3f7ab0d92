// The type `generator`: next, send, throw, close.
#include "lang/runtime/exception_types.h"
#include "lang/runtime/object_type.h"
#include "lang/vm/generator.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

namespace {

Generator& generator_of(const Value& v) { return *v.as<Generator>(); }

bool generator_next(Runtime&, const Value& self, Value& out) {
  Generator& g = generator_of(self);
  return g.interpreter.resume(g, Value::none(), out) == Interpreter::Outcome::Yielded;
}

Value finish_step(Runtime& rt, Interpreter::Outcome outcome, Value out) {
  if (outcome == Interpreter::Outcome::Yielded) return out;
  if (out.is_none()) rt.raise(rt.types.stop_iteration, "");
  rt.raise_value(rt.types.stop_iteration, std::move(out));
}

Value generator_dunder_next(Runtime& rt, Value* a) {
  Value out;
  Generator& g = generator_of(a[0]);
  const auto outcome = g.interpreter.resume(g, Value::none(), out);
  return finish_step(rt, outcome, std::move(out));
}

Value generator_send(Runtime& rt, Value* a) {
  Value out;
  Generator& g = generator_of(a[0]);
  const auto outcome = g.interpreter.resume(g, a[1], out);
  return finish_step(rt, outcome, std::move(out));
}

Value generator_throw(Runtime& rt, Value* a) {
  Ref<Exception> error;
  if (a[2].is_bound() && !a[2].is_none() && a[1].is<Type>()) {
    error = to_exception(rt, a[2].is<Exception>() ? a[2] : rt.call(a[1], {a[2]}));
  } else {
    error = to_exception(rt, a[1]);
  }
  Value out;
  Generator& g = generator_of(a[0]);
  const auto outcome = g.interpreter.resume_with_error(g, std::move(error), out);
  return finish_step(rt, outcome, std::move(out));
}

Value generator_close(Runtime&, Value* a) {
  Generator& g = generator_of(a[0]);
  g.interpreter.close(g);
  return Value::none();
}

Value generator_iterate(Runtime&, const Value& self) { return self; }

Value generator_repr(Runtime& rt, const Value& self) {
  const Generator& g = generator_of(self);
  const std::string name = g.function ? g.function->qualname->text() : "?";
  return rt.make_str("<generator object " + name + " at " + address_text(&g) + ">");
}

Value generator_name(Runtime&, const Value& self) { return generator_of(self).function->name; }
Value generator_running(Runtime&, const Value& self) {
  return Value(generator_of(self).state == Generator::State::Running);
}

constexpr Method kMethods[] = {
    {"__next__", "self, /", generator_dunder_next, "Implement next(self)."},
    {"send", "self, arg, /", generator_send,
     "send(arg) -> send 'arg' into generator, return next yielded value or raise StopIteration."},
    {"throw", "self, typ, val=?, tb=?, /", generator_throw,
     "Raise exception in generator, return next yielded value or raise StopIteration."},
    {"close", "self, /", generator_close, "close() -> raise GeneratorExit inside generator."},
};
constexpr Getter kGetters[] = {{"__name__", generator_name}, {"gi_running", generator_running}};

}  // namespace

void define_generator_type(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = generator_repr;
  spec.slots.iterate = generator_iterate;
  spec.slots.next = generator_next;
  spec.methods = kMethods;
  spec.getters = kGetters;
  rt.define(rt.types.generator, spec);
}

}  // namespace gradpad::lang
