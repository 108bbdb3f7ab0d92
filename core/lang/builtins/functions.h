// The functions of `builtins`, grouped as in their files; add_builtin_functions adds them all.
#pragma once

#include <span>

#include "lang/objects/native.h"

namespace gradpad::lang {

std::span<const Method> output_functions();     // print, input
std::span<const Method> number_functions();     // abs, round, pow, divmod, hex, ...
std::span<const Method> text_functions();       // repr, chr, ord, format, ...
std::span<const Method> reducing_functions();   // len, sum, min, any, sorted, ...
std::span<const Method> attribute_functions();  // getattr, isinstance, dir, vars, ...
std::span<const Method> leaving_functions();    // exit, quit
std::span<const Method> missing_functions();    // open, eval and others that say why not
/// enumerate, zip, map, filter, reversed: types of iterators. Also iter and next.
void add_iterator_functions(Runtime& rt);

/// Under this name `builtins` knows the module sys once it is imported: print asks it for stdout.
inline constexpr const char* kSysName = "__sys__";
/// sys.stdout and sys.stderr.
Value make_text_stream(Runtime& rt, bool error);

}  // namespace gradpad::lang
