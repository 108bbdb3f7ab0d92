// The parts of list.
#pragma once

#include <span>

#include "lang/objects/native.h"

namespace gradpad::lang {

std::span<const Method> list_methods();
/// list.extend(iterable)
void extend_list(Runtime& rt, const Value& self, const Value& iterable);

}  // namespace gradpad::lang
