// What annotations are made of: `list[int]`, `int | None`.
#pragma once

#include "lang/objects/value.h"

namespace gradpad::lang {

class Runtime;
class Tuple;

/// cls.__class_getitem__(item): an alias that prints as `list[int]` and makes what cls makes.
Value make_generic_alias(Runtime& rt, Value* a);
/// The types of `int | str`, or null where the value is no union.
Tuple* union_members(const Runtime& rt, const Value& v) noexcept;

}  // namespace gradpad::lang
