// Attribute access of the core's own types, as their slots use it.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// What reading `found` from a class gives: functions become bound methods, properties are asked.
/// `self` is unbound when read from the class itself.
Value bind(Runtime& rt, const Value& found, const Value& self, Type* owner);

Value object_get_attr(Runtime& rt, const Value& self, Str* name);
void object_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value);
void object_del_attr(Runtime& rt, const Value& self, Str* name);
Value type_get_attr(Runtime& rt, const Value& self, Str* name);
void type_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value);
void type_del_attr(Runtime& rt, const Value& self, Str* name);
Value super_get_attr(Runtime& rt, const Value& self, Str* name);
Value module_get_attr(Runtime& rt, const Value& self, Str* name);
void module_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value);
void module_del_attr(Runtime& rt, const Value& self, Str* name);

}  // namespace gradpad::lang
