// "..." % arguments, after C's printf.
#include <cmath>
#include <cstdio>
#include <limits>

#include "lang/builtins/format.h"
#include "lang/builtins/number.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

/// One conversion: %[(name)][flags][width][.precision]type
struct Conversion {
  bool left = false;
  bool zero = false;
  bool alternate = false;
  char sign = 0;
  int64_t width = -1;
  int64_t precision = -1;
  char32_t type = 0;
};

class PercentFormatter {
 public:
  PercentFormatter(Runtime& rt, std::string_view format, const Value& arguments)
      : rt_(rt), format_(format), arguments_(arguments), tuple_(arguments.to<Tuple>()) {
    const bool text = arguments.is<Str>();
    is_mapping_ = !tuple_ && !text && rt.type_of(arguments)->slots.get_item != nullptr;
  }

  std::string build() {
    std::string out;
    while (at_ < format_.size()) {
      const size_t percent = std::min(format_.find('%', at_), format_.size());
      out += format_.substr(at_, percent - at_);
      at_ = percent + 1;
      if (percent == format_.size()) break;
      one(out);
    }
    const bool all_used = tuple_ ? next_ >= tuple_->size() : single_used_;
    if (!all_used && !is_mapping_) {
      fail_type({"not all arguments converted during string formatting"});
    }
    return out;
  }

 private:
  Value next_argument() {
    if (keyed_) return item_;
    if (tuple_) {
      if (next_ < tuple_->size()) return (*tuple_)[next_++];
    } else if (!single_used_) {
      single_used_ = true;
      return arguments_;
    }
    fail_type({"not enough arguments for format string"});
  }

  char32_t next_char() {
    if (at_ >= format_.size()) fail_value({"incomplete format"});
    return utf8_next(format_, at_);
  }

  void read_key() {
    if (!is_mapping_) fail_type({"format requires a mapping"});
    const size_t start = at_;
    int open = 1;
    while (open > 0 && at_ < format_.size()) {
      const char c = format_[at_++];
      if (c == '(') ++open;
      if (c == ')') --open;
    }
    if (open > 0) fail_value({"incomplete format key"});
    item_ =
        rt_.get_item(arguments_, rt_.make_str(std::string(format_.substr(start, at_ - 1 - start))));
    keyed_ = true;
  }

  /// Digits or a star; `c` is the character behind the number afterwards.
  int64_t read_size(char32_t& c, const char* too_big) {
    if (c == '*') {
      const Value v = next_argument();
      if (!v.is_integral()) fail_type({"* wants int"});
      c = next_char();
      if (v.as_int() > std::numeric_limits<int32_t>::max()) fail_value({too_big});
      return v.as_int();
    }
    int64_t value = -1;
    while (c >= '0' && c <= '9') {
      value = (value < 0 ? 0 : value) * 10 + static_cast<int64_t>(c - '0');
      if (value > std::numeric_limits<int32_t>::max()) fail_value({too_big});
      c = next_char();
    }
    return value;
  }

  void one(std::string& out) {
    keyed_ = false;
    Conversion conversion;
    if (at_ < format_.size() && format_[at_] == '(') {
      ++at_;
      read_key();
    }
    char32_t c = next_char();
    if (c == '%' && !keyed_) {
      out += '%';
      return;
    }
    for (bool flags = true; flags;) {
      switch (c) {
        case '-':
          conversion.left = true;
          break;
        case '+':
          conversion.sign = '+';
          break;
        case ' ':
          if (!conversion.sign) conversion.sign = ' ';
          break;
        case '#':
          conversion.alternate = true;
          break;
        case '0':
          conversion.zero = true;
          break;
        default:
          flags = false;
      }
      if (flags) c = next_char();
    }
    conversion.width = read_size(c, "width too big");
    if (conversion.width < -1) {
      conversion.left = true;
      conversion.width = -conversion.width;
    }
    if (c == '.') {
      c = next_char();
      conversion.precision = std::max<int64_t>(read_size(c, "precision too big"), 0);
    }
    if (c == 'h' || c == 'l' || c == 'L') c = next_char();
    conversion.type = c;
    convert(conversion, out);
    keyed_ = false;
  }

  void convert(const Conversion& c, std::string& out) {
    switch (c.type) {
      case 's':
        return text(c, std::string(rt_.str(next_argument())->view()), out);
      case 'r':
        return text(c, std::string(rt_.repr(next_argument())->view()), out);
      case 'a':
        return text(c, std::string(ascii_repr(rt_, next_argument())->view()), out);
      case 'c':
        return character(c, next_argument(), out);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer(c, next_argument(), out);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        const double value = rt_.to_float(next_argument());
        std::string number = float_text(value, static_cast<char>(c.type),
                                        c.precision < 0 ? 6 : c.precision, c.alternate);
        return signed_number(c, number, "", out);
      }
      default: {
        const char type[] = {c.type >= 32 && c.type < 127 ? static_cast<char>(c.type) : '?', '\0'};
        char code[16];
        std::snprintf(code, sizeof code, "%x", static_cast<unsigned>(c.type));
        const int64_t index = utf8_length(format_.substr(0, at_)) - 1;
        fail_value({"unsupported format character '", type, "' (0x", code, ") at index ",
                    std::to_string(index)});
      }
    }
  }

  static void text(const Conversion& c, std::string value, std::string& out) {
    if (c.precision >= 0 && utf8_length(value) > c.precision) {
      size_t end = 0;
      for (int64_t i = 0; i < c.precision; ++i) end += static_cast<size_t>(utf8_width(value[end]));
      value.resize(end);
    }
    out += pad_text(value, c.width, " ", c.left ? '<' : '>');
  }

  void character(const Conversion& c, const Value& v, std::string& out) {
    std::string value;
    if (Str* str = v.to<Str>()) {
      if (str->length() != 1) fail_type({"%c requires int or char"});
      value = str->view();
    } else {
      int64_t code = 0;
      if (!read_index(rt_, v, 0, code)) fail_type({"%c requires int or char"});
      if (code < 0 || code > 0x10FFFF) {
        fail_with(ErrorKind::Overflow, {"%c arg not in range(0x110000)"});
      }
      utf8_append(value, static_cast<char32_t>(code));
    }
    out += pad_text(value, c.width, " ", c.left ? '<' : '>');
  }

  void integer(const Conversion& c, const Value& v, std::string& out) {
    const auto type = static_cast<char>(c.type);
    const bool decimal = type == 'd' || type == 'i' || type == 'u';
    const char shown[] = {'%', type, '\0'};
    int64_t value = 0;
    if (v.is_integral()) {
      value = v.as_int();
    } else if (decimal && v.is_float()) {
      value = float_to_int(v.as_float()).as_int();
    } else if (rt_.type_of(v)->lookup(rt_.names.index.get())) {
      value = rt_.to_index(v);
    } else if (decimal && rt_.type_of(v)->lookup(rt_.names.int_.get())) {
      value = rt_.to_index(rt_.call_method(v, rt_.names.int_.get()));
    } else {
      fail_type({shown,
                 decimal ? " format: a real number is required, not "
                         : " format: an integer is required, not ",
                 rt_.type_name(v)});
    }
    const int base = decimal ? 10 : type == 'o' ? 8 : 16;
    std::string digits = int_digits(value, base);
    if (static_cast<int64_t>(digits.size()) < c.precision) {
      check_room(c.precision, 1);
      digits.insert(0, static_cast<size_t>(c.precision) - digits.size(), '0');
    }
    if (type == 'X') {
      for (char& digit : digits) digit = static_cast<char>(digit >= 'a' ? digit ^ 0x20 : digit);
    }
    if (value < 0) digits.insert(0, "-");
    const char prefix[] = {'0', type, '\0'};
    signed_number(c, digits, c.alternate && base != 10 ? prefix : "", out);
  }

  static void signed_number(const Conversion& c, std::string_view number, std::string_view prefix,
                            std::string& out) {
    const bool negative = number[0] == '-';
    if (negative) number.remove_prefix(1);
    const std::string_view sign = negative ? "-" : c.sign == '+' ? "+" : c.sign == ' ' ? " " : "";
    const auto size = static_cast<int64_t>(sign.size() + prefix.size() + number.size());
    if (c.zero && !c.left && size < c.width) {
      check_room(c.width, 1);
      out.append(sign).append(prefix);
      out.append(static_cast<size_t>(c.width - size), '0').append(number);
      return;
    }
    out += pad_text(text_of({sign, prefix, number}), c.width, " ", c.left ? '<' : '>');
  }

  Runtime& rt_;
  std::string_view format_;
  size_t at_ = 0;
  const Value& arguments_;
  Tuple* tuple_;
  bool is_mapping_ = false;
  bool single_used_ = false;
  int64_t next_ = 0;
  bool keyed_ = false;
  Value item_;
};

}  // namespace

std::string format_percent(Runtime& rt, std::string_view format, const Value& arguments) {
  return PercentFormatter(rt, format, arguments).build();
}

}  // namespace gradpad::lang
