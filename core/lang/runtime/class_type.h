// Classes as objects, and the making of new ones.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// rt.define() for types.type.
void define_class_type(Runtime& rt);

/// The class a class statement makes; `ns` holds what its body defined.
Value make_class(Runtime& rt, const Ref<Str>& name, std::span<const Value> bases, Dict& ns,
                 const Arguments& keywords, Module* module);

}  // namespace gradpad::lang
