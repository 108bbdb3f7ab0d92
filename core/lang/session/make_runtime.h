// A Runtime with everything that belongs to one.
#pragma once

#include <memory>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// Puts the virtual machine, the built-in types and functions, the modules of C++ and those written
/// in the language into a new Runtime.
std::unique_ptr<Runtime> make_runtime();

}  // namespace gradpad::lang
