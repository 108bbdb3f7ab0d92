// What a new Runtime is furnished with. Its constructor makes all types of names.h (without slots
// or methods but for the core's own) and the special names; session/make_runtime.cpp calls these
// three.
#pragma once

namespace gradpad::lang {

class Runtime;

/// rt.define() for NoneType, bool, int, float, str, list, tuple, dict, set, frozenset, range,
/// slice, ellipsis and NotImplementedType. (object, type, functions, properties, modules,
/// exceptions and generators are the core's.)
void define_builtin_types(Runtime& rt);
/// print, len, sorted, ... with rt.add_builtin().
void add_builtin_functions(Runtime& rt);
/// math, time, random, ... with rt.add_module().
void add_builtin_modules(Runtime& rt);

}  // namespace gradpad::lang
