// Functions and methods as objects: what one can read from them, and how they are called.
#include "lang/runtime/function_types.h"

#include <algorithm>

#include "lang/objects/code.h"
#include "lang/runtime/attribute_access.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/native_call.h"
#include "lang/runtime/object_type.h"

namespace gradpad::lang {

namespace {

Function& function_of(const Value& v) { return *v.as<Function>(); }
NativeFunction& native_of(const Value& v) { return *v.as<NativeFunction>(); }
BoundMethod& method_of(const Value& v) { return *v.as<BoundMethod>(); }

Value function_repr(Runtime& rt, const Value& self) {
  return rt.make_str("<function " + function_of(self).qualname->text() + " at " +
                     address_text(self.as_object()) + ">");
}
Value function_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return rt.evaluator().call(function_of(self), arguments);
}
Value function_name(Runtime&, const Value& self) { return function_of(self).name; }
void set_function_name(Runtime& rt, const Value& self, const Value& v) {
  function_of(self).name = Ref<Str>(rt.to_str(v, "__name__"));
}
Value function_qualname(Runtime&, const Value& self) { return function_of(self).qualname; }
void set_function_qualname(Runtime& rt, const Value& self, const Value& v) {
  function_of(self).qualname = Ref<Str>(rt.to_str(v, "__qualname__"));
}
Value function_doc(Runtime&, const Value& self) {
  const Value& doc = function_of(self).doc;
  return doc.is_bound() ? doc : Value::none();
}
void set_function_doc(Runtime&, const Value& self, const Value& v) { function_of(self).doc = v; }
Value function_module(Runtime& rt, const Value& self) {
  Function& f = function_of(self);
  if (const Value* own = f.attrs.find(rt, rt.names.module.get())) return *own;
  return f.module->name;
}
void set_function_module(Runtime& rt, const Value& self, const Value& v) {
  Function& f = function_of(self);
  f.attrs.set(rt, f.type(), rt.names.module.get(), v);
}
Value function_defaults(Runtime& rt, const Value& self) {
  const auto& defaults = function_of(self).defaults;
  if (defaults.empty()) return Value::none();
  return rt.make_tuple(std::span<const Value>(defaults.data(), defaults.size()));
}
Value function_code(Runtime&, const Value& self) { return function_of(self).code; }
Value function_closure(Runtime& rt, const Value& self) {
  const auto& closure = function_of(self).closure;
  if (closure.empty()) return Value::none();
  Values cells;
  for (const Ref<Cell>& cell : closure) cells.emplace_back(cell);
  return rt.make_tuple(std::span<const Value>(cells));
}
Value function_annotations(Runtime& rt, const Value& self) {
  Function& f = function_of(self);
  Value* own = f.attrs.find(rt, rt.names.annotations.get());
  if (own) return *own;
  const Value fresh = rt.make_dict();
  f.attrs.set(rt, f.type(), rt.names.annotations.get(), fresh);
  return fresh;
}
void set_function_annotations(Runtime& rt, const Value& self, const Value& v) {
  Function& f = function_of(self);
  f.attrs.set(rt, f.type(), rt.names.annotations.get(), v);
}
constexpr Getter kFunctionGetters[] = {
    {"__name__", function_name, set_function_name},
    {"__qualname__", function_qualname, set_function_qualname},
    {"__doc__", function_doc, set_function_doc},
    {"__module__", function_module, set_function_module},
    {"__defaults__", function_defaults},
    {"__code__", function_code},
    {"__closure__", function_closure},
    {"__annotations__", function_annotations, set_function_annotations},
};

Value native_repr(Runtime& rt, const Value& self) {
  const NativeFunction& f = native_of(self);
  if (!f.owner) return rt.make_str("<built-in function " + f.name + ">");
  const char* kind = f.raw ? "slot wrapper" : "method";
  return rt.make_str(concat("<", kind, " '", f.name, "' of '", full_name(*f.owner), "' objects>"));
}
Value native_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return call_native(rt, native_of(self), arguments);
}
Value native_name(Runtime& rt, const Value& self) { return rt.make_str(native_of(self).name); }
Value native_qualname(Runtime& rt, const Value& self) {
  const NativeFunction& f = native_of(self);
  return rt.make_str(f.owner ? f.owner->qualname + "." + f.name : f.name);
}
Value native_doc(Runtime& rt, const Value& self) {
  const NativeFunction& f = native_of(self);
  if (f.read_doc) return rt.make_str(std::string(f.read_doc(f)));
  const std::string& doc = f.doc;
  return doc.empty() ? Value::none() : Value(rt.make_str(doc));
}
Value native_module(Runtime& rt, const Value& self) {
  const NativeFunction& f = native_of(self);
  return f.module ? Value(f.module) : Value(rt.intern("builtins"));
}
Value native_signature(Runtime& rt, const Value& self) {
  return rt.make_str("(" + native_of(self).text + ")");
}
constexpr Getter kNativeGetters[] = {
    {"__name__", native_name},
    {"__qualname__", native_qualname},
    {"__doc__", native_doc},
    {"__module__", native_module},
    {"__text_signature__", native_signature},
};

Value method_repr(Runtime& rt, const Value& self) {
  const BoundMethod& m = method_of(self);
  if (m.function.is<NativeFunction>()) {
    const NativeFunction& f = native_of(m.function);
    if (m.self.is_object()) {
      return rt.make_str("<built-in method " + f.name + " of " + rt.type_name(m.self) +
                         " object at " + address_text(m.self.as_object()) + ">");
    }
    return rt.make_str("<built-in method " + f.name + " of " + rt.type_name(m.self) + " object>");
  }
  const Value name = rt.find_attr(m.function, rt.names.qualname.get());
  return rt.make_str("<bound method " + (name.is<Str>() ? name.as<Str>()->text() : "?") + " of " +
                     rt.repr(m.self)->text() + ">");
}
/// types.MethodType(function, instance)
Value method_make(Runtime& rt, Type*, const Arguments& arguments) {
  if (arguments.positional != 2 || arguments.named != 0) {
    fail(ErrorKind::Type, "method expected 2 arguments, got ", arguments.positional);
  }
  const Value* a = arguments.values;
  if (!rt.is_callable(a[0])) fail(ErrorKind::Type, "first argument must be callable");
  if (a[1].is_none()) fail(ErrorKind::Type, "instance must not be None");
  return rt.make<BoundMethod>(a[1], a[0]);
}

Value method_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return rt.call(self, arguments);
}
Value method_compare(Runtime& rt, CompareOp op, const Value& a, const Value& b) {
  const BoundMethod* other = b.to<BoundMethod>();
  if (!other || (op != CompareOp::Eq && op != CompareOp::Ne)) return rt.not_implemented();
  const bool equal =
      method_of(a).self.same(other->self) && method_of(a).function.same(other->function);
  return Value(equal == (op == CompareOp::Eq));
}
int64_t method_hash(Runtime&, const Value& self) {
  const BoundMethod& m = method_of(self);
  const auto address = [](const Value& v) {
    return v.is_reference() ? reinterpret_cast<uintptr_t>(v.as_reference()) >> 4 : 7u;
  };
  return static_cast<int64_t>(address(m.self) * 31 + address(m.function));
}
/// The function, which is no method in turn: MethodType makes methods of methods, of any depth.
const Value& innermost_function(const Value& self) {
  const Value* function = &method_of(self).function;
  while (function->is<BoundMethod>()) function = &method_of(*function).function;
  return *function;
}
/// Attributes of the function show through.
Value method_get_attr(Runtime& rt, const Value& self, Str* name) {
  Value own = rt.find_plain_attr(self, name);
  if (own.is_bound()) return own;
  const Runtime::Nesting nesting(rt, nesting::kAttribute);
  return rt.get_attr(innermost_function(self), name);
}
Value method_self(Runtime&, const Value& self) { return method_of(self).self; }
Value method_function(Runtime&, const Value& self) { return method_of(self).function; }
Value method_doc(Runtime& rt, const Value& self) {
  const Runtime::Nesting nesting(rt, nesting::kAttribute);
  return rt.get_attr(innermost_function(self), rt.names.doc.get());
}
constexpr Getter kMethodGetters[] = {
    {"__self__", method_self}, {"__func__", method_function}, {"__doc__", method_doc}};

Value code_repr(Runtime& rt, const Value& self) {
  const Code& code = *self.as<Code>();
  return rt.make_str("<code object " + code.name->text() + " at " + address_text(&code) + ">");
}
Value code_name(Runtime&, const Value& self) { return self.as<Code>()->name; }
Value code_argcount(Runtime&, const Value& self) {
  return Value(static_cast<int64_t>(self.as<Code>()->positional));
}
Value code_varnames(Runtime& rt, const Value& self) {
  const Code& code = *self.as<Code>();
  Values names;
  for (const Ref<Str>& name : code.local_names) {
    if (name) names.emplace_back(name);
  }
  return rt.make_tuple(std::span<const Value>(names));
}
constexpr Getter kCodeGetters[] = {
    {"co_name", code_name}, {"co_argcount", code_argcount}, {"co_varnames", code_varnames}};

Value cell_contents(Runtime&, const Value& self) {
  const Value& value = self.as<Cell>()->value;
  if (value.is_unbound()) fail(ErrorKind::Value, "Cell is empty");
  return value;
}
void set_cell_contents(Runtime&, const Value& self, const Value& v) { self.as<Cell>()->value = v; }
constexpr Getter kCellGetters[] = {{"cell_contents", cell_contents, set_cell_contents}};

}  // namespace

bool Runtime::is_callable(const Value& v) const noexcept {
  return type_of(v)->slots.call != nullptr;
}

Value Runtime::call(const Value& callee, const Arguments& arguments) {
  if (callee.is_object()) {
    switch (callee.as_object()->kind()) {
      case Kind::Function:
        return evaluator_->call(*callee.as<Function>(), arguments);
      case Kind::NativeFunction: {
        const Nesting nesting(*this);
        return call_native(*this, *callee.as<NativeFunction>(), arguments);
      }
      case Kind::BoundMethod: {
        const BoundMethod& method = *callee.as<BoundMethod>();
        constexpr uint32_t kFew = 8;
        const uint32_t count = arguments.positional + arguments.named + 1;
        Value few[kFew];
        Values many;
        Value* values = few;
        if (count > kFew) {
          many.resize(count);
          values = many.data();
        }
        values[0] = method.self;
        std::copy_n(arguments.values, count - 1, values + 1);
        Arguments with_self = arguments;
        with_self.values = values;
        ++with_self.positional;
        const Value function = method.function;
        const Nesting nesting(*this);
        return call(function, with_self);
      }
      default:
        break;
    }
  }
  const auto slot = type_of(callee)->slots.call;
  if (!slot) fail(ErrorKind::Type, "'", type_name(callee), "' object is not callable");
  const Nesting nesting(*this);
  return slot(*this, callee, arguments);
}

Value Runtime::call(const Value& callee, std::initializer_list<Value> arguments) {
  constexpr size_t kMost = 12;
  Value values[kMost];
  std::copy(arguments.begin(), arguments.end(), values);
  Arguments call_arguments;
  call_arguments.values = values;
  call_arguments.positional = static_cast<uint32_t>(arguments.size());
  return call(callee, call_arguments);
}

Value Runtime::call_method(const Value& v, Str* name, std::initializer_list<Value> arguments) {
  return call(get_attr(v, name), arguments);
}

void define_function_types(Runtime& rt) {
  {
    TypeSpec spec;
    spec.slots.repr = function_repr;
    spec.slots.call = function_call;
    spec.getters = kFunctionGetters;
    rt.define(rt.types.function, spec);
  }
  {
    TypeSpec spec;
    spec.slots.repr = native_repr;
    spec.slots.call = native_call;
    spec.getters = kNativeGetters;
    rt.define(rt.types.native, spec);
  }
  {
    TypeSpec spec;
    spec.slots.repr = method_repr;
    spec.slots.call = method_call;
    spec.slots.make = method_make;
    spec.slots.compare = method_compare;
    spec.slots.hash = method_hash;
    spec.slots.get_attr = method_get_attr;
    spec.getters = kMethodGetters;
    rt.define(rt.types.method, spec);
  }
  {
    TypeSpec spec;
    spec.slots.repr = code_repr;
    spec.getters = kCodeGetters;
    rt.define(rt.types.code, spec);
  }
  {
    TypeSpec spec;
    spec.getters = kCellGetters;
    rt.define(rt.types.cell, spec);
  }
}

}  // namespace gradpad::lang
