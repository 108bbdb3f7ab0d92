// Calls of functions written in C++.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// Binds the arguments to the parameters that the text of the table line names, and calls.
Value call_native(Runtime& rt, NativeFunction& function, const Arguments& arguments);

}  // namespace gradpad::lang
