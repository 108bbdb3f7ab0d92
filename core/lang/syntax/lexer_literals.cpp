// Names, keywords, numbers and string literals.
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <unordered_map>

#include "gradpad/tensor/error.h"
#include "lang/syntax/lexer.h"
#include "lang/syntax/unicode.h"
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

namespace {

const std::unordered_map<std::string_view, Tok>& keywords() {
  static const std::unordered_map<std::string_view, Tok> table = {
#define X(name, text) {text, Tok::name},
      GRADPAD_KEYWORD_TOKENS(X)
#undef X
  };
  return table;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

}  // namespace

void Lexer::lex_name() {
  const size_t begin = at_;
  while (at_ < end_ && is_name_byte(text_[at_])) ++at_;
  const std::string_view name = text_.substr(begin, at_ - begin);
  if (at_ < end_ && (text_[at_] == '"' || text_[at_] == '\'') && name.size() <= 2) {
    bool prefix = true;
    for (char c : name)
      prefix = prefix && std::string_view("rRbBuUfF").find(c) != std::string_view::npos;
    if (prefix) return lex_string(begin, at_);
  }
  for (size_t i = 0; i < name.size();) {
    const size_t start = i;
    const char32_t c = utf8_next(name, i);
    if (c < 0x80) continue;
    if (!unicode_is(c, start == 0 ? kNameStartClass : kNameClass)) {
      invalid_character(c, begin + start);
    }
  }
  const auto keyword = keywords().find(name);
  push(keyword == keywords().end() ? Tok::Name : keyword->second, begin, at_);
}

/// `1_000x`: digits must not run into a name, except for keywords such as `1if x else y`.
void Lexer::number_end(const char* what) {
  if (at_ >= end_ || !is_name_byte(text_[at_])) return;
  size_t end = at_;
  while (end < end_ && is_name_byte(text_[end])) ++end;
  const std::string_view word = text_.substr(at_, end - at_);
  for (const char* keyword : {"and", "else", "for", "if", "in", "is", "not", "or"}) {
    if (word == keyword) return;
  }
  if (word[0] == 'j' || word[0] == 'J') {
    fail_here("complex numbers are not supported", at_, at_ + 1);
  }
  // The caret is under the last digit, as CPython has it.
  fail_here(concat("invalid ", what, " literal"), at_ - 1, at_ - 1);
}

void Lexer::lex_number() {
  const size_t begin = at_;
  const auto digits = [&](int base, const char* what) {
    bool any = false;
    for (;;) {
      while (at_ < end_ && digit_value(text_[at_]) < base) {
        ++at_;
        any = true;
      }
      if (peek() != '_') return any;
      ++at_;
      if (digit_value(peek()) >= base) {
        fail_here(concat("invalid ", what, " literal"), at_ - 1, at_ - 1);
      }
    }
  };
  int base = 10;
  const char* what = "decimal";
  if (peek() == '0') {
    const char kind = static_cast<char>(std::tolower(static_cast<unsigned char>(peek(1))));
    if (kind == 'x') base = 16, what = "hexadecimal";
    if (kind == 'o') base = 8, what = "octal";
    if (kind == 'b') base = 2, what = "binary";
  }
  if (base != 10) {
    at_ += 2;
    if (peek() == '_') ++at_;
    if (digit_value(peek()) >= base) {
      if (is_digit(peek())) {
        fail_here(concat("invalid digit '", peek(), "' in ", what, " literal"), at_, at_);
      }
      fail_here(concat("invalid ", what, " literal"), at_ - 1, at_ - 1);
    }
    digits(base, what);
    if (is_digit(peek())) {
      fail_here(concat("invalid digit '", peek(), "' in ", what, " literal"), at_, at_);
    }
  } else {
    digits(10, "decimal");
  }
  bool real = false;
  if (base == 10) {
    if (peek() == '.') {
      real = true;
      ++at_;
      if (is_digit(peek())) digits(10, "decimal");
    }
    if (peek() == 'e' || peek() == 'E') {
      const size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if (is_digit(peek(1 + sign))) {
        real = true;
        at_ += 1 + sign;
        digits(10, "decimal");
      } else if (sign == 1) {
        fail_here("invalid decimal literal", at_, at_);
      }
    }
  }
  std::string text;
  for (char c : text_.substr(begin, at_ - begin)) {
    if (c != '_') text.push_back(c);
  }
  number_end(what);
  if (real) {
    push(Tok::Real, begin, at_).real = std::strtod(text.c_str(), nullptr);
    return;
  }
  if (base == 10 && text.size() > 1 && text[0] == '0' &&
      text.find_first_not_of('0') != std::string::npos) {
    size_t zeros = begin;
    while (text_[zeros] == '0' || text_[zeros] == '_') ++zeros;
    fail_here(
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
        "integers",
        begin, zeros);
  }
  uint64_t value = 0;
  const char* first = text.data() + (base == 10 ? 0 : 2);
  const auto result = std::from_chars(first, text.data() + text.size(), value, base);
  constexpr uint64_t kMost = uint64_t{1} << 63;  // with a minus before it
  if (result.ec != std::errc() || value > kMost) {
    fail_here("integer literal too large: integers have 64 bits here", begin, at_);
  }
  push(Tok::Integer, begin, at_).integer = value;
}

void Lexer::lex_string(size_t begin, size_t quote_at) {
  const char quote = text_[quote_at];
  const int32_t first_line = line_;
  const Span first = span_of(begin, quote_at + 1);
  const bool triple =
      quote_at + 2 < end_ && text_[quote_at + 1] == quote && text_[quote_at + 2] == quote;
  at_ = quote_at + (triple ? 3 : 1);
  for (;;) {
    if (at_ >= end_) {
      Span span = first;
      span.end_column = span.column;
      if (triple) {
        fail_at(
            concat("unterminated triple-quoted string literal (detected at line ",
                   source_.text.empty() || source_.text.back() != '\n' ? line_ : line_ - 1, ")"),
            span);
      }
      fail_at(concat("unterminated string literal (detected at line ", line_, ")"), span);
    }
    const char c = text_[at_];
    if (c == '\\' && at_ + 1 < end_) {
      at_ += 2;
      if (text_[at_ - 1] == '\n') new_line();
      continue;
    }
    if (c == '\n') {
      if (!triple) {
        Span span = first;
        span.end_column = span.column;
        fail_at(concat("unterminated string literal (detected at line ", line_, ")"), span);
      }
      ++at_;
      new_line();
      continue;
    }
    if (c == quote) {
      if (!triple) {
        ++at_;
        break;
      }
      if (peek(1) == quote && peek(2) == quote) {
        at_ += 3;
        break;
      }
    }
    ++at_;
  }
  const std::string_view prefix = text_.substr(begin, quote_at - begin);
  if (prefix.find_first_of("bB") != std::string_view::npos) {
    fail_at("bytes literals are not supported", first);
  }
  Token token;
  token.kind = Tok::String;
  token.begin = begin;
  token.end = at_;
  token.prefix = prefix;
  token.triple = triple;
  token.span = {first_line, first.column, line_, column_of(at_)};
  out_.tokens.push_back(token);
}

}  // namespace gradpad::lang
