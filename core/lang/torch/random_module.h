// Random numbers of torch: the Generator type, torch.rand and its like, torch.random.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void define_generator(Runtime& rt, Module& torch);
void add_random_functions(Runtime& rt, Module& torch);

}  // namespace gradpad::lang
