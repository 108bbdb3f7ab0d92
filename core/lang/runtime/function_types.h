// Functions, bound methods and cells as objects.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// rt.define() for the types of functions of the language and of C++, of methods, code and cells.
void define_function_types(Runtime& rt);

}  // namespace gradpad::lang
