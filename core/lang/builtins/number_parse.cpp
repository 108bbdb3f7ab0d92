// Numbers to and from text: int("0x1f", 0), float("1_0.5e3"), hex(31); and rounding by digits,
// which goes through text too.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "lang/builtins/number.h"
#include "lang/builtins/support.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

namespace {

/// The text without white space around it, its decimal digits of any script turned to ASCII.
std::string to_ascii_number(const Str& text) {
  std::string out;
  out.reserve(text.bytes());
  for (size_t at = 0; at < text.bytes();) {
    const char32_t c = utf8_next(text.view(), at);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else if (const int digit = unicode_decimal(c); digit >= 0) {
      out.push_back(static_cast<char>('0' + digit));
    } else if (unicode_is(c, kSpaceClass)) {
      out.push_back(' ');
    } else {
      out.push_back('?');
    }
  }
  const auto space = [](char c) { return unicode_is(static_cast<unsigned char>(c), kSpaceClass); };
  size_t from = 0;
  size_t to = out.size();
  while (from < to && space(out[from])) ++from;
  while (to > from && space(out[to - 1])) --to;
  return out.substr(from, to - from);
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

int base_of_prefix(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (text[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

/// Reads digits with single underscores between them. False where something else is there.
bool read_digits(std::string_view text, int base, bool negative, int64_t& out) {
  int64_t value = 0;
  bool after_digit = false;
  for (char c : text) {
    if (c == '_') {
      if (!after_digit) return false;
      after_digit = false;
      continue;
    }
    const int digit = digit_of(c);
    if (digit >= base) return false;
    // Downwards for negative numbers: -2^63 has no positive counterpart.
    if (__builtin_mul_overflow(value, base, &value) ||
        __builtin_add_overflow(value, negative ? -digit : digit, &value)) {
      fail_int_overflow();
    }
    after_digit = true;
  }
  out = value;
  return after_digit;
}

/// Whether the text is [digits][.digits][e[sign]digits], with underscores between digits, which are
/// left out of `clean`.
bool is_decimal(std::string_view text, std::string& clean) {
  size_t at = 0;
  const auto digits = [&] {
    size_t count = 0;
    bool after_digit = false;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '_' && after_digit && at + 1 < text.size() && digit_of(text[at + 1]) < 10) {
        after_digit = false;
        continue;
      }
      if (digit_of(c) >= 10) break;
      clean.push_back(c);
      after_digit = true;
      ++count;
    }
    return count;
  };
  size_t mantissa = digits();
  if (at < text.size() && text[at] == '.') {
    clean.push_back('.');
    ++at;
    mantissa += digits();
  }
  if (mantissa == 0) return false;
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    clean.push_back('e');
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) clean.push_back(text[at++]);
    if (digits() == 0) return false;
  }
  return at == text.size();
}

bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

}  // namespace

int64_t parse_int(Runtime& rt, Str* text, int64_t base) {
  const std::string clean = to_ascii_number(*text);
  std::string_view rest = clean;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  int radix = static_cast<int>(base);
  const int prefix = base_of_prefix(rest);
  bool zeros_only = false;
  if (prefix != 0 && (base == 0 || base == prefix)) {
    radix = prefix;
    rest.remove_prefix(2);
    if (!rest.empty() && rest[0] == '_') rest.remove_prefix(1);
  } else if (base == 0) {
    radix = 10;
    zeros_only = rest.size() > 1 && rest[0] == '0';  // "010" is neither octal nor decimal
  }
  int64_t value = 0;
  if (!read_digits(rest, radix, negative, value) || (zeros_only && value != 0)) {
    fail_value({"invalid literal for int() with base ", std::to_string(base), ": ",
                rt.repr(Value(text))->view()});
  }
  return value;
}

double parse_float(Runtime& rt, Str* text) {
  const std::string number = to_ascii_number(*text);
  std::string_view rest = number;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  double value = 0;
  std::string clean;
  if (equals_lower(rest, "inf") || equals_lower(rest, "infinity")) {
    value = HUGE_VAL;
  } else if (equals_lower(rest, "nan")) {
    value = std::nan("");
  } else if (is_decimal(rest, clean)) {
    value = std::strtod(clean.c_str(), nullptr);
  } else {
    fail_value({"could not convert string to float: ", rt.repr(Value(text))->view()});
  }
  return negative ? -value : value;
}

std::string int_digits(int64_t value, int base) {
  char buffer[64];
  char* at = buffer + sizeof buffer;
  uint64_t rest = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  const auto radix = static_cast<uint64_t>(base);
  do {
    *--at = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % radix];
    rest /= radix;
  } while (rest != 0);
  return {at, buffer + sizeof buffer};
}

std::string int_prefixed(int64_t value, int base) {
  return text_of({value < 0 ? "-" : "",
                  base == 16  ? "0x"
                  : base == 8 ? "0o"
                              : "0b",
                  int_digits(value, base)});
}

double float_round(double value, int64_t digits) {
  if (!std::isfinite(value) || value == 0) return value;
  // Beyond these every double is already rounded, or nothing is left of it.
  if (digits > 323) return value;
  if (digits < -308) return 0.0 * value;
  char text[400];
  if (digits >= 0) {
    if (std::fabs(value) >= 0x1p53) return value;  // whole already, and perhaps long
    std::snprintf(text, sizeof text, "%.*f", static_cast<int>(digits), value);
    return std::strtod(text, nullptr);
  }
  std::snprintf(text, sizeof text, "%.17e", value);
  const std::string_view printed = text;
  const int exponent = std::atoi(text + printed.find('e') + 1);
  const auto kept = static_cast<int>(exponent + 1 + digits);  // digits that stay
  if (kept < 0) return std::copysign(0.0, value);
  if (kept == 0) {
    std::snprintf(text, sizeof text, "5e%d", exponent);
    if (std::fabs(value) <= std::strtod(text, nullptr)) return std::copysign(0.0, value);
    std::snprintf(text, sizeof text, "1e%d", exponent + 1);
    value = std::copysign(std::strtod(text, nullptr), value);
  } else {
    std::snprintf(text, sizeof text, "%.*e", kept - 1, value);
    value = std::strtod(text, nullptr);
  }
  if (std::isinf(value)) {
    fail_with(ErrorKind::Overflow, {"rounded value too large to represent"});
  }
  return value;
}

Value float_round_to_int(double value) {
  if (!std::isfinite(value)) return float_to_int(value);
  double whole = std::round(value);
  if (std::fabs(value - whole) == 0.5) whole = 2 * std::round(value / 2);
  return float_to_int(whole);
}

int64_t int_round_tens(int64_t value, int64_t digits) {
  if (digits > 19) return 0;
  int128 unit = 1;
  for (int64_t i = 0; i < digits; ++i) unit *= 10;
  const int128 v = value;
  int128 quotient = v / unit;
  int128 rest = v % unit;
  if (rest < 0) {
    rest += unit;
    --quotient;
  }
  if (rest * 2 > unit || (rest * 2 == unit && quotient % 2 != 0)) ++quotient;
  const int128 rounded = quotient * unit;
  if (rounded < INT64_MIN || rounded > INT64_MAX) fail_int_overflow();
  return static_cast<int64_t>(rounded);
}

}  // namespace gradpad::lang
