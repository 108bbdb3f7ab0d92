// torch.tensor, torch.zeros, torch.arange, …
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void add_creation_functions(Runtime& rt, Module& torch);
/// torch.FloatTensor and its like.
void add_tensor_constructors(Runtime& rt, Module& torch);

}  // namespace gradpad::lang
