// What lexer, parser and compiler throw at a program that is none.
#pragma once

#include <cstdint>
#include <string>

#include "lang/syntax/hint.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

/// A syntax error before it is an object of the language.
struct SyntaxFailure {
  enum class Kind : uint8_t { Syntax, Indentation, Tab } kind = Kind::Syntax;
  std::string message;
  Span span;
  Hint hint = {};
  bool marked = true;   // Python shows some without a mark
  std::string shown{};  // another text to show than the line: the field of an f-string
};

}  // namespace gradpad::lang
