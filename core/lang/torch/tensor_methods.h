// Methods of the Tensor type that are not operations of the registry.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void add_tensor_methods(Runtime& rt, Type* type);          // tensor_methods.cpp
void add_tensor_filling_methods(Runtime& rt, Type* type);  // tensor_filling.cpp

}  // namespace gradpad::lang
