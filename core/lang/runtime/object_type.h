// What every object has: the type object, how instances are made, how types are named.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// rt.define() for types.object.
void define_object_type(Runtime& rt);

/// "0x7f..." as repr shows it.
std::string address_text(const Object* object);
/// "module.Class", or only "int" for built-in types.
std::string full_name(const Type& type);
/// The hash slot of types that have none: TypeError.
int64_t unhashable(Runtime& rt, const Value& self);
/// `cls(...)`: make, then init.
Value call_type(Runtime& rt, Type* cls, const Arguments& arguments);

}  // namespace gradpad::lang
