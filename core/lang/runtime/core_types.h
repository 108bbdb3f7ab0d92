// The types that belong to the core itself: object, type, functions, modules, exceptions,
// iterators.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void define_core_types(Runtime& rt);
/// They and the exceptions as builtins.
void add_core_builtins(Runtime& rt);

}  // namespace gradpad::lang
