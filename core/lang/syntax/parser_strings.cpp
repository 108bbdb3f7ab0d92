// String literals: escapes, implicit concatenation and f-strings.
#include <algorithm>

#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

namespace {

bool has(std::string_view prefix, char lower, char upper) {
  return prefix.find(lower) != std::string_view::npos ||
         prefix.find(upper) != std::string_view::npos;
}
bool is_raw(const Token& token) { return has(token.prefix, 'r', 'R'); }
bool is_format(const Token& token) { return has(token.prefix, 'f', 'F'); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

const TextPlace& Parser::place_in(const Token& token, size_t byte) {
  if (place_.byte < token.begin || place_.byte > byte) {
    const std::string_view first = source_.line(token.span.line);
    place_ = {token.begin, token.span.line, static_cast<size_t>(first.data() - source_.text.data()),
              token.span.column};
  }
  // Counted on from the last field: a literal may have very many.
  place_.advance(source_.text, byte);
  return place_;
}

/// Appends what the escape at `at`, a backslash, stands for; returns what follows it.
size_t Parser::decode_escape(const Token& token, size_t at, size_t end, std::string& out) {
  const std::string& text = source_.text;
  const char c = text[at + 1];
  const auto code_point = [&](size_t digits, const char* shape) {
    char32_t value = 0;
    size_t i = at + 2;
    for (; i < at + 2 + digits && i < end && hex_digit(text[i]) >= 0; ++i) {
      value = value * 16 + static_cast<char32_t>(hex_digit(text[i]));
    }
    const auto from =
        static_cast<int64_t>(at - token.begin - token.prefix.size() - (token.triple ? 3 : 1));
    if (i != at + 2 + digits) {
      fail(concat("(unicode error) 'unicodeescape' codec can't decode bytes in position ", from,
                  "-", from + static_cast<int64_t>(i - at) - 1, ": truncated ", shape, " escape"),
           token.span);
    }
    if (value > 0x10FFFF) {
      fail(concat("(unicode error) 'unicodeescape' codec can't decode bytes in position ", from,
                  "-", from + 9, ": illegal Unicode character"),
           token.span);
    }
    utf8_append(out, value);
    return i;
  };
  switch (c) {
    case '\n':
      return at + 2;
    case '\\':
    case '\'':
    case '"':
      out.push_back(c);
      return at + 2;
    case 'a':
      out.push_back('\a');
      return at + 2;
    case 'b':
      out.push_back('\b');
      return at + 2;
    case 'f':
      out.push_back('\f');
      return at + 2;
    case 'n':
      out.push_back('\n');
      return at + 2;
    case 'r':
      out.push_back('\r');
      return at + 2;
    case 't':
      out.push_back('\t');
      return at + 2;
    case 'v':
      out.push_back('\v');
      return at + 2;
    case 'x':
      return code_point(2, "\\xXX");
    case 'u':
      return code_point(4, "\\uXXXX");
    case 'U':
      return code_point(8, "\\UXXXXXXXX");
    case 'N':
      fail("\\N{...} escapes are not supported", token.span, HintId::no_character_names);
    default:
      break;
  }
  if (c >= '0' && c <= '7') {
    char32_t value = 0;
    size_t i = at + 1;
    for (; i < at + 4 && i < end && text[i] >= '0' && text[i] <= '7'; ++i) {
      value = value * 8 + static_cast<char32_t>(text[i] - '0');
    }
    utf8_append(out, value);
    return i;
  }
  out.push_back('\\');
  return at + 1;
}

Span Parser::behind_strings() const {
  size_t i = position_;
  while (i + 1 < tokens_.size() && tokens_[i].kind == Tok::String) ++i;
  Span span = tokens_[i].span;
  span.end_line = span.line;
  span.end_column = span.column;
  return span;
}

Expr* Parser::parse_strings() {
  const Span start = peek().span;
  std::vector<Expr*> parts;
  std::string literal;
  bool format = false;
  const Token* last = &peek();
  while (at(Tok::String)) {
    const Token& token = next();
    last = &token;
    const size_t quote = token.triple ? 3 : 1;
    size_t i = token.begin + token.prefix.size() + quote;
    const size_t end = token.end - quote;
    if (is_format(token)) {
      format = true;
      parse_fstring(token, i, end, 0, parts, literal);
      continue;
    }
    while (i < end) {
      if (source_.text[i] == '\\' && !is_raw(token)) {
        i = decode_escape(token, i, end, literal);
      } else {
        literal.push_back(source_.text[i++]);
      }
    }
  }
  const Span span = since(start);
  if (!format) {
    auto* e = arena_.make<ConstantExpr>(span, ConstantExpr::Type::Str);
    e->text = arena_.copy(literal);
    return e;
  }
  flush_literal(*last, parts, literal);
  auto* joined = arena_.make<JoinedStringExpr>(span);
  joined->parts = arena_.copy(parts);
  return joined;
}

void Parser::flush_literal(const Token& token, std::vector<Expr*>& parts, std::string& literal) {
  if (literal.empty()) return;
  auto* e = arena_.make<ConstantExpr>(token.span, ConstantExpr::Type::Str);
  e->text = arena_.copy(literal);
  parts.push_back(e);
  literal.clear();
}

size_t Parser::parse_fstring(const Token& token, size_t at, size_t end, int depth,
                             std::vector<Expr*>& parts, std::string& literal) {
  const std::string& text = source_.text;
  while (at < end) {
    const char c = text[at];
    if (c == '{') {
      if (at + 1 < end && text[at + 1] == '{' && depth == 0) {
        literal.push_back('{');
        at += 2;
        continue;
      }
      at = parse_replacement(token, at + 1, end, depth, parts, literal);
    } else if (c == '}') {
      if (depth > 0) return at;
      if (at + 1 < end && text[at + 1] == '}') {
        literal.push_back('}');
        at += 2;
        continue;
      }
      fail("f-string: single '}' is not allowed", behind_strings());
    } else if (c == '\\' && !is_raw(token)) {
      at = decode_escape(token, at, end, literal);
    } else {
      literal.push_back(c);
      ++at;
    }
  }
  return at;
}

/// The expression ends at "}", ":", "!" or "=" outside its own brackets and strings.
size_t Parser::find_expression_end(size_t at, size_t end) {
  const std::string& text = source_.text;
  std::string open;
  const auto after = [&](size_t i) { return i + 1 < end ? text[i + 1] : '\0'; };
  for (; at < end; ++at) {
    const char c = text[at];
    if (c == '\\') {
      fail("f-string expression part cannot include a backslash", behind_strings(),
           HintId::backslash_in_fstring);
    }
    if (c == '#') fail("f-string expression part cannot include '#'", behind_strings());
    if (c == '\'' || c == '"') {
      const bool triple = after(at) == c && at + 2 < end && text[at + 2] == c;
      const std::string quote(triple ? 3 : 1, c);
      const size_t close = text.find(quote, at + quote.size());
      if (close == std::string::npos || close >= end) {
        fail("f-string: unterminated string", behind_strings());
      }
      at = close + quote.size() - 1;
      continue;
    }
    if (c == '(' || c == '[' || c == '{') {
      open.push_back(c);
      continue;
    }
    if (!open.empty() && (c == ')' || c == ']' || c == '}')) {
      const char expected = c == ')' ? '(' : c == ']' ? '[' : '{';
      if (open.back() != expected) {
        fail(concat("f-string: closing parenthesis '", c, "' does not match opening parenthesis '",
                    open.back(), "'"),
             behind_strings());
      }
      open.pop_back();
      continue;
    }
    if (!open.empty()) continue;
    if (c == ')' || c == ']') fail(concat("f-string: unmatched '", c, "'"), behind_strings());
    if (c == '}' || c == ':') return at;
    const bool doubled = after(at) == '=';
    if (c == '!' && !doubled) return at;
    if ((c == '!' || c == '=' || c == '<' || c == '>') && doubled) {
      ++at;
      continue;
    }
    if (c == '=') return at;
  }
  if (!open.empty()) fail(concat("f-string: unmatched '", open.back(), "'"), behind_strings());
  return at;
}

size_t Parser::parse_replacement(const Token& token, size_t at, size_t end, int depth,
                                 std::vector<Expr*>& parts, std::string& literal) {
  const std::string& text = source_.text;
  if (depth >= 2) fail("f-string: expressions nested too deeply", behind_strings());
  const size_t begin = at;
  at = find_expression_end(at, end);
  const std::string_view inside = std::string_view(text).substr(begin, at - begin);
  if (inside.find_first_not_of(" \t\n\f") == std::string_view::npos) {
    fail("f-string: empty expression not allowed", behind_strings());
  }
  Parser inner(tree_, source_, Lexer(source_, place_in(token, begin), at).run(), depth_ + 1);
  inner.in_fstring_ = true;
  inner.field_begin_ = begin;
  inner.field_end_ = at;
  Expr* value = inner.at(Tok::Yield) ? inner.parse_yield() : inner.parse_star_expressions();
  if (!inner.at(Tok::End)) inner.fail_unexpected();
  tallest_ = std::max(tallest_, inner.tallest_);

  const auto peek_char = [&] { return at < end ? text[at] : '\0'; };
  bool debug = false;
  if (peek_char() == '=') {
    debug = true;
    ++at;
    while (peek_char() == ' ' || peek_char() == '\t' || peek_char() == '\n') ++at;
    literal.append(text, begin, at - begin);
  }
  flush_literal(token, parts, literal);
  auto* field = arena_.make<FormattedValueExpr>(value->span);
  field->value = value;
  if (peek_char() == '!') {
    ++at;
    const size_t start = at;
    while (at < end && text[at] != ':' && text[at] != '}') ++at;
    const std::string_view conversion = std::string_view(text).substr(start, at - start);
    if (conversion != "r" && conversion != "s" && conversion != "a") {
      fail("f-string: invalid conversion character: expected 's', 'r', or 'a'", behind_strings());
    }
    field->conversion = conversion[0];
  }
  if (peek_char() == ':') {
    std::vector<Expr*> spec_parts;
    std::string spec;
    at = parse_fstring(token, at + 1, end, depth + 1, spec_parts, spec);
    flush_literal(token, spec_parts, spec);
    auto* format = arena_.make<JoinedStringExpr>(value->span);
    format->parts = arena_.copy(spec_parts);
    field->format = format;
  }
  if (peek_char() != '}') fail("f-string: expecting '}'", behind_strings());
  if (debug && !field->format && !field->conversion) field->conversion = 'r';
  parts.push_back(field);
  return at + 1;
}

}  // namespace gradpad::lang
