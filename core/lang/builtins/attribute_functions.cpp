// getattr and its kin, isinstance, callable, dir, vars, globals, locals; and the functions that
// Python has and this language has not.
#include <algorithm>

#include "lang/builtins/functions.h"
#include "lang/builtins/generic_alias.h"
#include "lang/builtins/support.h"
#include "lang/objects/code.h"
#include "lang/runtime/attribute_access.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/importer.h"

namespace gradpad::lang {

namespace {

Ref<Str> attribute_name(Runtime& rt, const Value& v) {
  Str* name = v.to<Str>();
  if (!name) fail_type({"attribute name must be string, not '", rt.type_name(v), "'"});
  return rt.intern(name);
}

Value builtin_getattr(Runtime& rt, Value* a) {
  const Ref<Str> name = attribute_name(rt, a[1]);
  if (a[2].is_unbound()) return rt.get_attr(a[0], name.get());
  Value out = rt.find_attr(a[0], name.get());
  return out.is_bound() ? out : a[2];
}

Value builtin_hasattr(Runtime& rt, Value* a) {
  const Ref<Str> name = attribute_name(rt, a[1]);
  return Value(rt.find_attr(a[0], name.get()).is_bound());
}

Value builtin_setattr(Runtime& rt, Value* a) {
  rt.set_attr(a[0], attribute_name(rt, a[1]).get(), a[2]);
  return Value::none();
}

Value builtin_delattr(Runtime& rt, Value* a) {
  rt.del_attr(a[0], attribute_name(rt, a[1]).get());
  return Value::none();
}

Value builtin_callable(Runtime& rt, Value* a) { return Value(rt.is_callable(a[0])); }

/// Whether `cls`, or one of the classes in it, accepts. `hook` is the special method by which an
/// object that is no class answers itself.
template <class Accept>
bool any_class(Runtime& rt, const Value& cls, const Value& subject, Str* hook, const char* error,
               Accept&& accept) {
  if (const Type* type = cls.to<Type>()) return accept(type);
  const Runtime::Nesting nesting(
      rt, hook == rt.names.instancecheck.get() ? nesting::kInstanceCheck : nesting::kSubclassCheck);
  Tuple* several = cls.to<Tuple>();
  if (!several) several = union_members(rt, cls);
  if (several) {
    for (const Value& one : *several) {
      if (any_class(rt, one, subject, hook, error, accept)) return true;
    }
    return false;
  }
  const Value answer = rt.find_special(cls, hook);
  if (answer.is_unbound()) fail_type({error});
  return rt.truth(rt.call(answer, {subject}));
}

/// By its type, or by what it says its `__class__` is: a weak proxy speaks for its object.
bool is_instance(Runtime& rt, const Value& v, const Type* type) {
  if (rt.is_instance(v, type)) return true;
  const auto get = rt.type_of(v)->slots.get_attr;
  if (!get || get == object_get_attr) return false;
  const Value said = rt.find_attr(v, rt.names.class_.get());
  return said.is<Type>() && said.as<Type>()->is_subtype_of(type);
}

Value builtin_isinstance(Runtime& rt, Value* a) {
  return Value(any_class(rt, a[1], a[0], rt.names.instancecheck.get(),
                         "isinstance() arg 2 must be a type, a tuple of types, or a union",
                         [&](const Type* type) { return is_instance(rt, a[0], type); }));
}

Value builtin_issubclass(Runtime& rt, Value* a) {
  const Type* cls = a[0].to<Type>();
  if (!cls) fail_type({"issubclass() arg 1 must be a class"});
  return Value(any_class(rt, a[1], a[0], rt.names.subclasscheck.get(),
                         "issubclass() arg 2 must be a class, a tuple of classes, or a union",
                         [&](const Type* type) { return cls->is_subtype_of(type); }));
}

Value globals_of(Runtime& rt, Module& module) {
  Ref<Dict> out = rt.make_dict();
  for (const auto& [name, value] : module.bound()) out->set(rt, Value(name), value);
  return out;
}

/// A copy: names live in fixed places, so a change of the dict would change nothing.
Value builtin_globals(Runtime& rt, Value*) {
  const std::optional<FrameView> frame = rt.evaluator().frame();
  return frame && frame->module ? globals_of(rt, *frame->module) : Value(rt.make_dict());
}

Value builtin_locals(Runtime& rt, Value* a) {
  const std::optional<FrameView> frame = rt.evaluator().frame();
  if (!frame || !frame->function) return builtin_globals(rt, a);
  Ref<Dict> out = rt.make_dict();
  const auto& names = frame->code->local_names;
  for (size_t i = 0; i < names.size() && i < frame->register_count; ++i) {
    Value value = frame->registers[i];
    if (const Cell* cell = value.to<Cell>()) value = Value(cell->value);
    if (names[i] && value.is_bound()) out->set(rt, Value(names[i]), value);
  }
  const auto& free_names = frame->code->free_names;
  for (size_t i = 0; i < free_names.size() && i < frame->function->closure.size(); ++i) {
    const Value& value = frame->function->closure[i]->value;
    if (value.is_bound()) out->set(rt, Value(free_names[i]), value);
  }
  return out;
}

Value builtin_vars(Runtime& rt, Value* a) {
  if (a[0].is_unbound()) return builtin_locals(rt, a);
  if (Module* module = a[0].to<Module>()) return globals_of(rt, *module);
  Value out = rt.find_attr(a[0], rt.names.dict.get());
  if (out.is_unbound()) fail_type({"vars() argument must have __dict__ attribute"});
  return out;
}

Value builtin_dir(Runtime& rt, Value* a) {
  Values names;
  if (a[0].is_unbound()) {
    names = rt.to_values(builtin_locals(rt, a));
  } else {
    const Value method = rt.find_special(a[0], rt.names.dir.get());
    if (method.is_unbound()) fail_type({"object does not provide __dir__"});
    names = rt.to_values(rt.call(method));
  }
  Ref<List> list = rt.make_list(std::move(names));
  rt.call_method(list, rt.intern("sort").get());
  return list;
}

/// import a.b gives a; with names to take from it, a.b.
Value builtin_import(Runtime& rt, Value* a) {
  const std::string_view name = rt.to_str(a[0], "__import__() argument 1")->view();
  const Ref<Module> module = rt.importer().import(name);
  if (rt.truth(a[3])) return module;
  return rt.importer().import(name.substr(0, name.find('.')));
}

constexpr Method kFunctions[] = {
    {"getattr", "object, name, default=?, /", builtin_getattr,
     "Get a named attribute from an object."},
    {"hasattr", "obj, name, /", builtin_hasattr,
     "Return whether the object has an attribute with the given name."},
    {"setattr", "obj, name, value, /", builtin_setattr,
     "Sets the named attribute on the given object to the specified value."},
    {"delattr", "obj, name, /", builtin_delattr,
     "Deletes the named attribute from the given object."},
    {"callable", "obj, /", builtin_callable, "Return whether the object is callable."},
    {"isinstance", "obj, class_or_tuple, /", builtin_isinstance,
     "Return whether an object is an instance of a class or of a subclass thereof."},
    {"issubclass", "cls, class_or_tuple, /", builtin_issubclass,
     "Return whether 'cls' is derived from another class or is the same class."},
    {"globals", "", builtin_globals, "A copy of the current module's variables."},
    {"locals", "", builtin_locals, "A copy of the current scope's local variables."},
    {"vars", "object=?, /", builtin_vars, "The __dict__ of an object."},
    {"__import__", "name, globals=None, locals=None, fromlist=None, level=0", builtin_import},
    {"dir", "object=?, /", builtin_dir, "The names of the attributes of an object."},
};

// --- What there is not
// -----------------------------------------------------------------------------

template <const char* Text>
Value not_supported(Runtime& rt, Value*) {
  rt.raise(rt.types.not_implemented_error, Text);
}

constexpr char kNoFiles[] = "open() is not supported: a program here has no files";
constexpr char kNoEval[] = "Gradpad does not run code from strings: eval(), exec() and compile()";
constexpr char kNoBytes[] = "Gradpad has no bytes: bytes(), bytearray() and memoryview()";
constexpr char kNoComplex[] = "Gradpad has no complex numbers";
constexpr char kNoDebugger[] = "breakpoint() is not supported";
constexpr char kAnything[] = "*args, **kwargs";

constexpr Method kMissing[] = {
    {"open", kAnything, not_supported<kNoFiles>},
    {"eval", kAnything, not_supported<kNoEval>},
    {"exec", kAnything, not_supported<kNoEval>},
    {"compile", kAnything, not_supported<kNoEval>},
    {"bytes", kAnything, not_supported<kNoBytes>},
    {"bytearray", kAnything, not_supported<kNoBytes>},
    {"memoryview", kAnything, not_supported<kNoBytes>},
    {"complex", kAnything, not_supported<kNoComplex>},
    {"breakpoint", kAnything, not_supported<kNoDebugger>},
};

}  // namespace

std::span<const Method> attribute_functions() { return kFunctions; }
std::span<const Method> missing_functions() { return kMissing; }

}  // namespace gradpad::lang
