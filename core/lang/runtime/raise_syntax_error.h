// SyntaxError objects.
#pragma once

#include "lang/syntax/source.h"
#include "lang/syntax/syntax_failure.h"

namespace gradpad::lang {

class Runtime;

/// Raises the exception for a failure of lexer, parser or compiler: its attributes say where.
[[noreturn]] void raise_syntax_error(Runtime& rt, const SyntaxFailure& failure,
                                     const Source& source);

}  // namespace gradpad::lang
