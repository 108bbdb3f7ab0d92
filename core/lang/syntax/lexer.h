// Source text to tokens, with Python's rules of indentation and its error messages.
#pragma once

#include <string_view>
#include <vector>

#include "lang/syntax/source.h"
#include "lang/syntax/syntax_failure.h"
#include "lang/syntax/token.h"

namespace gradpad::lang {

/// Where a byte of the source stands.
struct TextPlace {
  size_t byte = 0;
  int32_t line = 1;
  size_t line_start = 0;  // the line's first byte
  int32_t column = 0;

  void advance(std::string_view text, size_t to) noexcept;
};

struct TokenStream {
  std::vector<Token> tokens;  // the last is End
  std::vector<SyntaxFailure> failures;
  /// The innermost bracket still open at the end.
  bool unclosed = false;
  char open_bracket = 0;
  Span open_span;
};

class Lexer {
 public:
  explicit Lexer(const Source& source);
  /// The expression in an f-string: the bytes of the source from a place on. Newlines mean nothing
  /// there.
  Lexer(const Source& source, const TextPlace& begin, size_t end);

  TokenStream run();

 private:
  struct Bracket {
    char open;
    Span span;
  };

  void lex();
  void begin_line();
  void lex_token();
  void lex_name();
  void lex_number();
  void lex_string(size_t begin, size_t quote);
  bool lex_operator();
  void invalid_character(char32_t c, size_t begin);
  void number_end(const char* what);

  char peek(size_t ahead = 0) const noexcept {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  void new_line() noexcept;
  int32_t column_of(size_t byte) const;
  Span span_of(size_t begin, size_t end) const;
  Token& push(Tok kind, size_t begin, size_t end);
  [[noreturn]] void fail_at(std::string message, Span span,
                            SyntaxFailure::Kind kind = SyntaxFailure::Kind::Syntax);
  [[noreturn]] void fail_here(std::string message, size_t begin, size_t end);

  const Source& source_;
  std::string_view text_;
  size_t at_ = 0;
  size_t end_ = 0;
  int32_t line_ = 1;
  size_t line_start_ = 0;
  mutable size_t counted_line_ = 0, counted_to_ = 0;  // what column_of knows
  mutable int32_t counted_ = 0;
  bool in_fstring_ = false;
  std::vector<Bracket> brackets_;
  struct Indentation {
    int32_t columns;      // a tab goes to the next multiple of 8
    int32_t alternative;  // a tab counts 1: both must agree on what is deeper
  };
  std::vector<Indentation> indents_{{0, 0}};
  TokenStream out_;
};

}  // namespace gradpad::lang
