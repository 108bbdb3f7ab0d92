// The format specification of str, int and float, as CPython's formatter_unicode.c reads it and
// lays the result out.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "lang/builtins/format.h"
#include "lang/builtins/number.h"
#include "lang/builtins/support.h"
#include "lang/syntax/unicode.h"
#include "tensor/number_text.h"

namespace gradpad::lang {

namespace {

bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// How errors name a type character: 'q', or '\x3b1' beyond ASCII.
std::string code_name(char32_t type) {
  if (type > 32 && type < 128) return {'\'', static_cast<char>(type), '\''};
  char text[16];
  std::snprintf(text, sizeof text, "'\\x%x'", static_cast<unsigned>(type));
  return text;
}

[[noreturn]] void fail_code(char32_t type, std::string_view type_name) {
  fail_value({"Unknown format code ", code_name(type), " for object of type '", type_name, "'"});
}

class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip(size_t bytes) { at_ += bytes; }
  /// -1 where there is no number.
  int64_t integer() {
    int64_t value = -1;
    while (!at_end()) {
      size_t next = at_;
      const int digit = unicode_decimal(utf8_next(text_, next));
      if (digit < 0) break;
      if (value < 0) value = 0;
      if (__builtin_mul_overflow(value, int64_t{10}, &value) ||
          __builtin_add_overflow(value, int64_t{digit}, &value)) {
        fail_value({"Too many decimal digits in format string"});
      }
      at_ = next;
    }
    return value;
  }
  std::string_view rest() const { return text_.substr(at_); }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

void check_grouping(const FormatSpec& spec) {
  constexpr std::u32string_view kDecimal = U"deEfFgG%";
  constexpr std::u32string_view kBinary = U"boxX";
  if (!spec.grouping || spec.type == 0 || kDecimal.find(spec.type) != kDecimal.npos) return;
  if (spec.grouping == '_' && kBinary.find(spec.type) != kBinary.npos) return;
  const char grouping[] = {'\'', spec.grouping, '\'', '\0'};
  fail_value({"Cannot specify ", grouping, " with ", code_name(spec.type), "."});
}

/// A fill may be asked for a billion times.
void append_times(std::string& out, std::string_view fill, int64_t times) {
  if (times <= 0) return;
  if (fill.size() == 1) {
    out.append(static_cast<size_t>(times), fill[0]);
    return;
  }
  for (int64_t i = 0; i < times; ++i) out += fill;
}

/// Sign, prefix, whole digits and the rest ("." and what follows it, or "inf") put together.
std::string lay_out(const FormatSpec& spec, std::string_view sign, std::string_view prefix,
                    std::string_view digits, std::string_view rest, int group) {
  const auto fixed = static_cast<int64_t>(sign.size() + prefix.size() + rest.size());
  std::string grouped;
  if (spec.grouping && !digits.empty()) {
    // Zeros that fill the width are grouped with the digits: 1234 in "09," is 0,001,234. From the
    // right, group by group, written backwards.
    auto remaining = static_cast<int64_t>(digits.size());
    int64_t width = spec.fill == "0" && spec.align == '=' ? spec.width - fixed : 0;
    for (;;) {
      const int64_t length = std::min<int64_t>(group, std::max<int64_t>({remaining, width, 1}));
      for (int64_t i = 0; i < length; ++i) {
        grouped.push_back(remaining > 0 ? digits[static_cast<size_t>(--remaining)] : '0');
      }
      width -= length;
      if (remaining <= 0 && width <= 0) break;
      --width;
      grouped.push_back(spec.grouping);
    }
    std::reverse(grouped.begin(), grouped.end());
    digits = grouped;
  }
  const int64_t size = fixed + static_cast<int64_t>(digits.size());
  if (spec.width <= size) return text_of({sign, prefix, digits, rest});
  if (spec.align != '=') {
    return pad_text(text_of({sign, prefix, digits, rest}), spec.width, spec.fill,
                    spec.align ? spec.align : '>');
  }
  std::string padding;
  check_room(spec.width, static_cast<int64_t>(spec.fill.size()));
  append_times(padding, spec.fill, spec.width - size);
  return text_of({sign, prefix, padding, digits, rest});
}

std::string_view sign_text(const FormatSpec& spec, bool negative) {
  if (negative) return "-";
  return spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

/// A precision without a type: like 'g', but with one digit after the point at least, so that it
/// still looks like a float.
std::string general_with_point(double value, int64_t precision, bool alternate) {
  if (!std::isfinite(value)) return float_text(value, 'g', precision, false);
  if (precision == 0) precision = 1;
  const std::string text = float_text(value, 'e', precision - 1, false);
  const size_t mark = text.find('e');
  const int exponent = std::atoi(text.c_str() + mark + 1);
  if (exponent < -4 || exponent >= precision - 1) {
    if (alternate) return float_text(value, 'e', precision - 1, true);
    std::string mantissa = text.substr(0, mark);
    if (mantissa.find('.') != mantissa.npos) {
      mantissa.erase(mantissa.find_last_not_of('0') + 1);
      if (mantissa.back() == '.') mantissa.pop_back();
    }
    return mantissa + text.substr(mark);
  }
  std::string fixed = float_text(value, 'f', precision - 1 - exponent, false);
  if (!alternate) {
    fixed.erase(fixed.find_last_not_of('0') + 1);
    if (fixed.back() == '.') fixed += '0';
  }
  return fixed;
}

std::string lay_out_float(double value, const FormatSpec& spec) {
  const auto type = static_cast<char>(spec.type);
  std::string text;
  if (type == 0) {
    if (spec.precision >= 0) {
      text = general_with_point(value, spec.precision, spec.alternate);
    } else {
      text = python_float_repr(value);
      const size_t mark = text.find('e');
      if (spec.alternate && mark != text.npos && text.find('.') == text.npos) {
        text.insert(mark, ".");
      }
    }
  } else {
    const int64_t precision = spec.precision < 0 ? 6 : spec.precision;
    text = float_text(type == '%' ? value * 100 : value,
                      type == '%'   ? 'f'
                      : type == 'n' ? 'g'
                                    : type,
                      precision, spec.alternate);
    if (type == '%') text += '%';
  }
  bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  const size_t mantissa_end = std::min(text.find_first_of("eE"), text.size());
  if (spec.no_negative_zero && std::isfinite(value) &&
      text.find_first_of("123456789") >= mantissa_end) {
    negative = false;
  }
  const size_t whole =
      std::isfinite(value) ? std::min(text.find_first_not_of("0123456789"), text.size()) : 0;
  return lay_out(spec, sign_text(spec, negative), "", std::string_view(text).substr(0, whole),
                 std::string_view(text).substr(whole), 3);
}

}  // namespace

FormatSpec parse_format_spec(std::string_view text, std::string_view type_name, char default_type,
                             char default_align) {
  FormatSpec spec;
  spec.type = static_cast<unsigned char>(default_type);
  SpecReader reader(text);
  bool fill_given = false;
  const auto fill_width = static_cast<size_t>(text.empty() ? 1 : utf8_width(text[0]));
  if (is_align(reader.peek(fill_width))) {
    spec.fill = text.substr(0, fill_width);
    spec.align = reader.peek(fill_width);
    fill_given = true;
    reader.skip(fill_width + 1);
  } else if (is_align(reader.peek())) {
    spec.align = reader.peek();
    reader.skip(1);
  }
  const bool align_given = spec.align != 0;
  if (!align_given) spec.align = default_align;
  if (const char c = reader.peek(); c == '+' || c == '-' || c == ' ') {
    spec.sign = c;
    reader.skip(1);
  }
  spec.no_negative_zero = reader.take('z');
  spec.alternate = reader.take('#');
  if (!fill_given && reader.take('0')) {
    spec.fill = "0";
    if (!align_given && default_align == '>') spec.align = '=';
  }
  spec.width = reader.integer();
  if (reader.take(',')) spec.grouping = ',';
  if (reader.peek() == '_') {
    if (spec.grouping) fail_value({"Cannot specify both ',' and '_'."});
    spec.grouping = '_';
    reader.skip(1);
  }
  if (reader.peek() == ',' && spec.grouping == '_') {
    fail_value({"Cannot specify both ',' and '_'."});
  }
  if (reader.take('.')) {
    spec.precision = reader.integer();
    if (spec.precision < 0) fail_value({"Format specifier missing precision"});
  }
  if (const std::string_view rest = reader.rest(); !rest.empty()) {
    size_t at = 0;
    spec.type = utf8_next(rest, at);
    if (at < rest.size()) {
      fail_value({"Invalid format specifier '", text, "' for object of type '", type_name, "'"});
    }
  }
  check_grouping(spec);
  return spec;
}

std::string pad_text(std::string_view text, int64_t width, std::string_view fill, char align) {
  const int64_t missing = width - utf8_length(text);
  if (missing <= 0) return std::string(text);
  check_room(missing, static_cast<int64_t>(fill.size()));
  const int64_t left = align == '>' ? missing : align == '^' ? missing / 2 : 0;
  std::string out;
  out.reserve(text.size() + static_cast<size_t>(missing) * fill.size());
  append_times(out, fill, left);
  out += text;
  append_times(out, fill, missing - left);
  return out;
}

std::string float_text(double value, char type, int64_t precision, bool alternate) {
  const bool upper = type >= 'A' && type <= 'Z';
  if (!std::isfinite(value)) {
    std::string text = python_float_repr(value);
    if (upper)
      std::ranges::transform(text, text.begin(),
                             [](char c) { return c == '-' ? c : static_cast<char>(c ^ 0x20); });
    return text;
  }
  if (precision > std::numeric_limits<int32_t>::max() - 512) fail_value({"precision too big"});
  check_room(precision, 1);
  char pattern[] = "%#.*f";
  char* start = pattern;
  if (!alternate) {
    // "%.*f": the flag's place goes to the percent sign.
    pattern[1] = '%';
    start = pattern + 1;
  }
  pattern[4] = type;
  char local[128];
  const int length = std::snprintf(local, sizeof local, start, static_cast<int>(precision), value);
  if (static_cast<size_t>(length) < sizeof local) return {local, static_cast<size_t>(length)};
  std::string text(static_cast<size_t>(length), '\0');
  std::snprintf(text.data(), text.size() + 1, start, static_cast<int>(precision), value);
  return text;
}

std::string format_text(std::string_view text, std::string_view spec_text,
                        std::string_view type_name) {
  if (spec_text.empty()) return std::string(text);
  const FormatSpec spec = parse_format_spec(spec_text, type_name, 's', '<');
  if (spec.type != 's') fail_code(spec.type, type_name);
  constexpr const char* kWhere = " not allowed in string format specifier";
  if (spec.sign) fail_value({spec.sign == ' ' ? "Space" : "Sign", kWhere});
  if (spec.no_negative_zero) fail_value({"Negative zero coercion (z)", kWhere});
  if (spec.alternate) fail_value({"Alternate form (#)", kWhere});
  if (spec.align == '=') fail_value({"'=' alignment", kWhere});
  if (spec.precision >= 0 && utf8_length(text) > spec.precision) {
    size_t end = 0;
    for (int64_t i = 0; i < spec.precision; ++i) end += static_cast<size_t>(utf8_width(text[end]));
    text = text.substr(0, end);
  }
  return pad_text(text, spec.width, spec.fill, spec.align);
}

std::string format_int(int64_t value, std::string_view spec_text, std::string_view type_name) {
  if (spec_text.empty()) return std::to_string(value);
  const FormatSpec spec = parse_format_spec(spec_text, type_name, 'd', '>');
  constexpr std::u32string_view kFloatTypes = U"eEfFgG%";
  if (kFloatTypes.find(spec.type) != kFloatTypes.npos) {
    return lay_out_float(static_cast<double>(value), spec);
  }
  int base = 10;
  switch (spec.type) {
    case 'b':
      base = 2;
      break;
    case 'o':
      base = 8;
      break;
    case 'x':
    case 'X':
      base = 16;
      break;
    case 'c':
    case 'd':
    case 'n':
      break;
    default:
      fail_code(spec.type, type_name);
  }
  constexpr const char* kWhere = " not allowed in integer format specifier";
  if (spec.precision >= 0) fail_value({"Precision", kWhere});
  if (spec.no_negative_zero) fail_value({"Negative zero coercion (z)", kWhere});
  if (spec.type == 'c') {
    constexpr const char* kWith = " not allowed with integer format specifier 'c'";
    if (spec.sign) fail_value({"Sign", kWith});
    if (spec.alternate) fail_value({"Alternate form (#)", kWith});
    if (value < 0 || value > 0x10FFFF) {
      fail_with(ErrorKind::Overflow, {"%c arg not in range(0x110000)"});
    }
    std::string text;
    utf8_append(text, static_cast<char32_t>(value));
    return pad_text(text, spec.width, spec.fill, spec.align == '=' ? '>' : spec.align);
  }
  std::string digits = int_digits(value, base);
  if (spec.type == 'X')
    std::ranges::transform(digits, digits.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c ^ 0x20) : c; });
  const std::string prefix =
      spec.alternate && base != 10 ? std::string{'0', static_cast<char>(spec.type)} : std::string();
  return lay_out(spec, sign_text(spec, value < 0), prefix, digits, "", base == 10 ? 3 : 4);
}

std::string format_float(double value, std::string_view spec_text, std::string_view type_name) {
  if (spec_text.empty()) return python_float_repr(value);
  const FormatSpec spec = parse_format_spec(spec_text, type_name, '\0', '>');
  constexpr std::u32string_view kTypes = U"eEfFgG%n";
  if (spec.type != 0 && kTypes.find(spec.type) == kTypes.npos) fail_code(spec.type, type_name);
  return lay_out_float(value, spec);
}

}  // namespace gradpad::lang
