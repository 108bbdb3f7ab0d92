// All of the core's types defined, the type of iterators among them, and their names.
#include "lang/runtime/core_types.h"

#include "lang/runtime/class_type.h"
#include "lang/runtime/descriptor_types.h"
#include "lang/runtime/exception_types.h"
#include "lang/runtime/function_types.h"
#include "lang/runtime/object_type.h"

namespace gradpad::lang {

namespace {

Value iterator_self(Runtime&, const Value& self) { return self; }
bool iterator_next(Runtime& rt, const Value& self, Value& out) {
  return self.as<Iterator>()->next(rt, out);
}
Value iterator_hint(Runtime& rt, Value* a) { return Value(rt.length_hint(a[0])); }
constexpr Method kIteratorMethods[] = {{"__length_hint__", "self, /", iterator_hint}};

}  // namespace

void define_core_types(Runtime& rt) {
  define_object_type(rt);
  define_class_type(rt);
  define_function_types(rt);
  define_descriptor_types(rt);
  define_exception_types(rt);
  TypeSpec spec;
  spec.slots.iterate = iterator_self;
  spec.slots.next = iterator_next;
  spec.methods = kIteratorMethods;
  rt.define(rt.types.iterator, spec);
}

void add_core_builtins(Runtime& rt) {
  for (Type* type : {rt.types.object, rt.types.type, rt.types.super, rt.types.property,
                     rt.types.staticmethod, rt.types.classmethod}) {
    rt.add_builtin(type->name().c_str(), Value(type));
  }
#define X(member, text, base) rt.add_builtin(text, Value(rt.types.member));
  GRADPAD_EXCEPTION_TYPES(X)
#undef X
  rt.add_builtin("IOError", Value(rt.types.os_error));
  rt.add_builtin("EnvironmentError", Value(rt.types.os_error));
  rt.add_builtin("NotImplemented", rt.not_implemented());
  rt.add_builtin("Ellipsis", rt.ellipsis());
  rt.add_builtin("__name__", rt.intern("builtins"));
}

}  // namespace gradpad::lang
