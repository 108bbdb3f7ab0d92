// torch.is_tensor, torch.finfo, torch.set_printoptions, …
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void add_torch_functions(Runtime& rt, Module& torch);

}  // namespace gradpad::lang
