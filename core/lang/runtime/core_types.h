// The types that belong to the core itself: object, type, functions, modules, exceptions.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void define_core_types(Runtime& rt);
void define_exception_types(Runtime& rt);
/// The types of the core as builtins: object, type, super, property, exceptions, ...
void add_core_builtins(Runtime& rt);

void define_object_type(Runtime& rt);
void define_class_type(Runtime& rt);
void define_function_types(Runtime& rt);

/// "0x7f..." as repr shows it.
std::string address_text(const Object* object);
/// "module.Class", or only "int" for built-in types.
std::string full_name(const Type& type);
int64_t unhashable(Runtime& rt, const Value& self);
/// `cls(...)`: make, then init.
Value call_type(Runtime& rt, Type* cls, const Arguments& arguments);
/// The class a class statement makes; `ns` holds what its body defined.
Value make_class(Runtime& rt, const Ref<Str>& name, std::span<const Value> bases, Dict& ns,
                 const Arguments& keywords, Module* module);
/// An instance of an exception class for `raise cls` or `raise object`; TypeError for others.
Ref<Exception> to_exception(Runtime& rt, const Value& v);
/// str(e)
std::string exception_text(Runtime& rt, Exception& e);
Value call_native(Runtime& rt, NativeFunction& function, const Arguments& arguments);

}  // namespace gradpad::lang
