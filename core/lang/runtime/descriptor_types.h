// property, staticmethod, classmethod, super and modules as objects.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// rt.define() for their types.
void define_descriptor_types(Runtime& rt);

}  // namespace gradpad::lang
