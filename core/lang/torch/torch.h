// The module `torch` and those below it.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// Makes `import torch` work. Nothing is set up before the import.
void add_torch_modules(Runtime& rt);

}  // namespace gradpad::lang
