// Lines, indentation, brackets and operators. Names, numbers and strings are in lexer_literals.cpp.
#include "lang/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "gradpad/tensor/error.h"
#include "lang/syntax/unicode.h"
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

namespace {

struct OperatorText {
  Tok kind;
  std::string_view text;
};
constexpr OperatorText kOperators[] = {
#define X(name, text) {Tok::name, text},
    GRADPAD_OPERATOR_TOKENS(X)
#undef X
};
/// For each character the operators that begin with it, longest first; ended by null.
constexpr auto kOperatorsFrom = [] {
  std::array<std::array<const OperatorText*, 6>, 128> table{};
  for (const OperatorText& op : kOperators) {
    auto& list = table[static_cast<unsigned char>(op.text[0])];
    size_t place = 0;
    while (list[place] != nullptr && list[place]->text.size() >= op.text.size()) ++place;
    for (size_t i = list.size() - 1; i > place; --i) list[i] = list[i - 1];
    list[place] = &op;
  }
  for (const auto& list : table) {
    if (list.back() != nullptr) throw "more operators begin alike than there is room for";
  }
  return table;
}();
constexpr size_t kMostBrackets = 200;
constexpr size_t kMostIndents = 100;

}  // namespace

Lexer::Lexer(const Source& source) : source_(source), text_(source.text), end_(source.text.size()) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

Lexer::Lexer(const Source& source, const TextPlace& begin, size_t end)
    : source_(source),
      text_(source.text),
      at_(begin.byte),
      end_(end),
      line_(begin.line),
      line_start_(begin.line_start),
      counted_line_(begin.line_start),
      counted_to_(begin.byte),
      counted_(begin.column),
      in_fstring_(true) {}

void TextPlace::advance(std::string_view text, size_t to) noexcept {
  for (size_t i = byte; i < to; ++i) {
    if (text[i] != '\n') continue;
    ++line;
    byte = line_start = i + 1;
    column = 0;
  }
  column += static_cast<int32_t>(utf16_length(text.substr(byte, to - byte)));
  byte = to;
}

int32_t Lexer::column_of(size_t byte) const {
  // Counted on from the last place asked for: a line may be a program of its own.
  if (counted_line_ != line_start_ || byte < counted_to_) {
    counted_line_ = counted_to_ = line_start_;
    counted_ = 0;
  }
  counted_ += static_cast<int32_t>(utf16_length(text_.substr(counted_to_, byte - counted_to_)));
  counted_to_ = byte;
  return counted_;
}

Span Lexer::span_of(size_t begin, size_t end) const {
  const int32_t from = column_of(begin);
  const auto length = static_cast<int32_t>(utf16_length(text_.substr(begin, end - begin)));
  return {line_, from, line_, from + length};
}

Token& Lexer::push(Tok kind, size_t begin, size_t end) {
  Token token;
  token.kind = kind;
  token.begin = begin;
  token.end = end;
  token.span = span_of(begin, end);
  out_.tokens.push_back(token);
  return out_.tokens.back();
}

void Lexer::fail_at(std::string message, Span span, SyntaxFailure::Kind kind) {
  throw SyntaxFailure{kind, std::move(message), span, {}};
}

void Lexer::fail_here(std::string message, size_t begin, size_t end) {
  fail_at(std::move(message), span_of(begin, end));
}

void Lexer::new_line() noexcept {
  ++line_;
  line_start_ = at_;
}

TokenStream Lexer::run() {
  try {
    lex();
  } catch (SyntaxFailure& failure) {
    Token token;
    token.kind = Tok::Error;
    token.span = failure.span;
    token.failure = static_cast<uint32_t>(out_.failures.size());
    out_.failures.push_back(std::move(failure));
    out_.tokens.push_back(token);
  }
  if (!brackets_.empty()) {
    out_.unclosed = true;
    out_.open_bracket = brackets_.back().open;
    out_.open_span = brackets_.back().span;
  }
  return std::move(out_);
}

void Lexer::lex() {
  if (!in_fstring_) begin_line();
  while (at_ < end_) lex_token();
  if (!in_fstring_ && brackets_.empty()) {
    const bool line_open = !out_.tokens.empty() && out_.tokens.back().kind != Tok::Newline &&
                           out_.tokens.back().kind != Tok::Dedent;
    if (line_open) push(Tok::Newline, at_, at_);
    for (; indents_.size() > 1; indents_.pop_back()) push(Tok::Dedent, at_, at_);
  }
  push(Tok::End, at_, at_);
}

/// Measures the indentation, skipping lines without code.
void Lexer::begin_line() {
  for (;;) {
    Indentation indent{0, 0};
    const size_t begin = at_;
    for (; at_ < end_; ++at_) {
      const char c = text_[at_];
      if (c == ' ') {
        ++indent.columns;
        ++indent.alternative;
      } else if (c == '\t') {
        indent.columns = (indent.columns / 8 + 1) * 8;
        ++indent.alternative;
      } else if (c == '\f') {
        indent = {0, 0};
      } else {
        break;
      }
    }
    if (at_ >= end_) return;
    if (text_[at_] == '#') {
      while (at_ < end_ && text_[at_] != '\n') ++at_;
    }
    if (at_ < end_ && text_[at_] == '\n') {
      ++at_;
      new_line();
      continue;
    }
    if (at_ >= end_) return;
    const auto tab_error = [&] {
      throw SyntaxFailure{SyntaxFailure::Kind::Tab,
                          "inconsistent use of tabs and spaces in indentation",
                          span_of(begin, at_),
                          {},
                          false};
    };
    const Indentation& top = indents_.back();
    if (indent.columns == top.columns) {
      if (indent.alternative != top.alternative) tab_error();
    } else if (indent.columns > top.columns) {
      if (indent.alternative <= top.alternative) tab_error();
      if (indents_.size() >= kMostIndents) {
        fail_at("too many levels of indentation", span_of(begin, at_),
                SyntaxFailure::Kind::Indentation);
      }
      indents_.push_back(indent);
      push(Tok::Indent, begin, at_);
    } else {
      while (indents_.size() > 1 && indent.columns < indents_.back().columns) {
        indents_.pop_back();
        push(Tok::Dedent, at_, at_);
      }
      if (indent.columns != indents_.back().columns) {
        Span span = span_of(begin, at_);
        const auto line = source_.line(line_);
        span.column = span.end_column = static_cast<int32_t>(utf16_length(line));
        fail_at("unindent does not match any outer indentation level", span,
                SyntaxFailure::Kind::Indentation);
      }
      if (indent.alternative != indents_.back().alternative) tab_error();
    }
    return;
  }
}

void Lexer::lex_token() {
  const char c = text_[at_];
  if (c == ' ' || c == '\t' || c == '\f') {
    ++at_;
    return;
  }
  if (c == '#') {
    if (in_fstring_) fail_here("f-string expression part cannot include '#'", at_, at_ + 1);
    while (at_ < end_ && text_[at_] != '\n') ++at_;
    return;
  }
  if (c == '\n') {
    if (!in_fstring_ && brackets_.empty()) {
      if (!out_.tokens.empty() && out_.tokens.back().kind != Tok::Newline) {
        push(Tok::Newline, at_, at_ + 1);
      }
      ++at_;
      new_line();
      begin_line();
    } else {
      ++at_;
      new_line();
    }
    return;
  }
  if (c == '\\') {
    if (in_fstring_) {
      fail_here("f-string expression part cannot include a backslash", at_, at_ + 1);
    }
    if (peek(1) == '\n') {
      if (at_ + 2 >= end_) fail_here("unexpected EOF while parsing", at_ + 1, at_ + 1);
      at_ += 2;
      new_line();
      return;
    }
    if (at_ + 1 >= end_) fail_here("unexpected EOF while parsing", at_, at_ + 1);
    fail_here("unexpected character after line continuation character", at_ + 1, at_ + 1);
  }
  const auto byte = static_cast<unsigned char>(c);
  if (std::isalpha(byte) != 0 || c == '_' || byte >= 0x80) return lex_name();
  if (std::isdigit(byte) != 0 || (c == '.' && std::isdigit(static_cast<unsigned char>(peek(1))))) {
    return lex_number();
  }
  if (c == '"' || c == '\'') return lex_string(at_, at_);
  if (lex_operator()) return;
  invalid_character(byte, at_);
}

void Lexer::invalid_character(char32_t c, size_t begin) {
  size_t end = begin;
  utf8_next(text_, end);
  char code[16];
  std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
  const bool printable = unicode_is(c, kPrintableClass);
  if (!printable) fail_here(concat("invalid non-printable character ", code), begin, end);
  if (c < 0x80) fail_here("invalid syntax", begin, end);
  fail_here(concat("invalid character '", text_.substr(begin, end - begin), "' (", code, ")"),
            begin, end);
}

bool Lexer::lex_operator() {
  const size_t begin = at_;
  const char c = text_[at_];
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= kOperatorsFrom.size()) return false;
  const std::string_view rest = text_.substr(at_, end_ - at_);
  const OperatorText* const* found = kOperatorsFrom[byte].data();
  while (*found != nullptr && !rest.starts_with((*found)->text)) ++found;
  if (*found == nullptr) return false;
  at_ += (*found)->text.size();
  if (c == '(' || c == '[' || c == '{') {
    if (brackets_.size() >= kMostBrackets) {
      fail_here("too many nested parentheses", begin, begin);
    }
    brackets_.push_back({c, span_of(begin, at_)});
  } else if (c == ')' || c == ']' || c == '}') {
    if (brackets_.empty()) fail_here(concat("unmatched '", c, "'"), begin, begin + 1);
    const Bracket open = brackets_.back();
    const bool matches = (open.open == '(' && c == ')') || (open.open == '[' && c == ']') ||
                         (open.open == '{' && c == '}');
    if (!matches) {
      std::string where;
      if (open.span.line != line_) where = concat(" on line ", open.span.line);
      fail_here(concat("closing parenthesis '", c, "' does not match opening parenthesis '",
                       open.open, "'", where),
                begin, begin + 1);
    }
    brackets_.pop_back();
  }
  push((*found)->kind, begin, at_);
  return true;
}

}  // namespace gradpad::lang
