// Special methods: their names by operator, and calls of them as the class defines them.
#pragma once

#include <initializer_list>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

Str* forward_name(const Runtime& rt, BinaryOp op);    // __add__
Str* reflected_name(const Runtime& rt, BinaryOp op);  // __radd__
Str* inplace_name(const Runtime& rt, BinaryOp op);    // __iadd__
Str* compare_name(const Runtime& rt, CompareOp op);   // __lt__
Str* unary_name(const Runtime& rt, UnaryOp op);       // __neg__

/// Calls the method `found` in the type of `self` (a Function is called without binding it first).
Value call_found(Runtime& rt, const Value& found, const Value& self,
                 std::initializer_list<Value> arguments);
/// Calls `type(self).name(self, ...)`. Unbound where the type has none.
Value call_special(Runtime& rt, const Value& self, Str* name,
                   std::initializer_list<Value> arguments);

/// Adds `__repr__`, `__add__`, ... for the slots a built-in type was given, so that classes can
/// call them through super() or by name.
void add_slot_methods(Runtime& rt, Type* type, const Slots& given);

}  // namespace gradpad::lang
