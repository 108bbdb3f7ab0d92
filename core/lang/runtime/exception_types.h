// Exceptions as objects.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// rt.define() for all types of exceptions.
void define_exception_types(Runtime& rt);

/// An instance of an exception class for `raise cls` or `raise object`; TypeError for others.
Ref<Exception> to_exception(Runtime& rt, const Value& v);
/// str(e)
std::string exception_text(Runtime& rt, Exception& e);

}  // namespace gradpad::lang
