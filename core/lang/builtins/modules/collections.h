// The types of _collections, one file each.
#pragma once

#include "gradpad/tensor/ref.h"

namespace gradpad::lang {

class Runtime;
class Type;

Ref<Type> make_deque_type(Runtime& rt);
Ref<Type> make_defaultdict_type(Runtime& rt);

}  // namespace gradpad::lang
