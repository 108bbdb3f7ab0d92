// Tuples whose items have names: time.struct_time, sys.version_info.
#pragma once

#include <initializer_list>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// A type derived from tuple; without a module it prints by its bare name. Its instances are made
/// with `rt.make_of<Tuple>(type, count)`.
Type* make_struct_sequence(Runtime& rt, const char* module, const char* name,
                           std::initializer_list<const char*> fields);
/// A property that reads an item of a tuple.
Ref<Property> make_tuple_field(Runtime& rt, const Ref<Str>& name, int64_t index);
Value make_struct(Runtime& rt, Type* type, std::initializer_list<Value> items);

}  // namespace gradpad::lang
