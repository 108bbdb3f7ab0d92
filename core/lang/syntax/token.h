// Tokens of the language.
#pragma once

#include <cstdint>
#include <string_view>

#include "lang/syntax/span.h"

namespace gradpad::lang {

// X(name, text)
// clang-format off
#define GRADPAD_OPERATOR_TOKENS(X)                                                                \
  X(LeftParen, "(") X(RightParen, ")") X(LeftBracket, "[") X(RightBracket, "]")                   \
  X(LeftBrace, "{") X(RightBrace, "}") X(Comma, ",") X(Colon, ":") X(Semicolon, ";") X(Dot, ".")  \
  X(Ellipsis, "...") X(Arrow, "->") X(Walrus, ":=") X(At, "@") X(Assign, "=") X(Plus, "+")        \
  X(Minus, "-") X(Star, "*") X(Slash, "/") X(DoubleSlash, "//") X(Percent, "%")                   \
  X(DoubleStar, "**") X(LeftShift, "<<") X(RightShift, ">>") X(Ampersand, "&") X(Pipe, "|")       \
  X(Caret, "^") X(Tilde, "~") X(Less, "<") X(LessEqual, "<=") X(EqualEqual, "==")                 \
  X(NotEqual, "!=") X(Greater, ">") X(GreaterEqual, ">=") X(PlusAssign, "+=")                     \
  X(MinusAssign, "-=") X(StarAssign, "*=") X(AtAssign, "@=") X(SlashAssign, "/=")                 \
  X(DoubleSlashAssign, "//=") X(PercentAssign, "%=") X(DoubleStarAssign, "**=")                   \
  X(LeftShiftAssign, "<<=") X(RightShiftAssign, ">>=") X(AmpersandAssign, "&=")                   \
  X(PipeAssign, "|=") X(CaretAssign, "^=") X(Exclamation, "!")

#define GRADPAD_KEYWORD_TOKENS(X)                                                                 \
  X(False, "False") X(None, "None") X(True, "True") X(And, "and") X(As, "as")                     \
  X(Assert, "assert") X(Async, "async") X(Await, "await") X(Break, "break") X(Class, "class")     \
  X(Continue, "continue") X(Def, "def") X(Del, "del") X(Elif, "elif") X(Else, "else")             \
  X(Except, "except") X(Finally, "finally") X(For, "for") X(From, "from") X(Global, "global")     \
  X(If, "if") X(Import, "import") X(In, "in") X(Is, "is") X(Lambda, "lambda")                     \
  X(Nonlocal, "nonlocal") X(Not, "not") X(Or, "or") X(Pass, "pass") X(Raise, "raise")             \
  X(Return, "return") X(Try, "try") X(While, "while") X(With, "with") X(Yield, "yield")
// clang-format on

enum class Tok : uint8_t {
  End,
  Newline,
  Indent,
  Dedent,
  Error,  // the lexer failed here; `failure` says how
  Name,
  Integer,
  Real,
  String,
#define X(name, text) name,
  GRADPAD_OPERATOR_TOKENS(X) GRADPAD_KEYWORD_TOKENS(X)
#undef X
};

inline bool is_keyword(Tok kind) { return kind >= Tok::False; }

struct Token {
  Tok kind = Tok::End;
  Span span;
  size_t begin = 0;  // bytes in the source
  size_t end = 0;
  uint64_t integer = 0;
  double real = 0;
  // of a string literal
  std::string_view prefix;  // lower case is not assumed
  bool triple = false;
  uint32_t failure = 0;  // of an Error token: index of its SyntaxFailure
};

}  // namespace gradpad::lang
