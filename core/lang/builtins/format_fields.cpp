// str.format: replacement fields in braces, as CPython's unicode_format.h reads them.
#include "lang/builtins/format.h"
#include "lang/builtins/support.h"
#include "lang/syntax/unicode.h"

namespace gradpad::lang {

namespace {

/// A number of decimal digits and nothing else, or -1.
int64_t read_number(std::string_view text) {
  if (text.empty()) return -1;
  int64_t value = 0;
  for (size_t at = 0; at < text.size();) {
    const int digit = unicode_decimal(utf8_next(text, at));
    if (digit < 0) return -1;
    if (__builtin_mul_overflow(value, int64_t{10}, &value) ||
        __builtin_add_overflow(value, int64_t{digit}, &value)) {
      fail_value({"Too many decimal digits in format string"});
    }
  }
  return value;
}

class FieldFormatter {
 public:
  FieldFormatter(Runtime& rt, Tuple* args, const Value& kwargs)
      : rt_(rt), args_(args), kwargs_(kwargs) {}

  std::string build(std::string_view text, int depth) {
    if (depth <= 0) fail_value({"Max string recursion exceeded"});
    std::string out;
    size_t at = 0;
    while (at < text.size()) {
      const size_t brace = text.find_first_of("{}", at);
      if (brace == text.npos) {
        out += text.substr(at);
        break;
      }
      out += text.substr(at, brace - at);
      const char c = text[brace];
      at = brace + 1;
      const bool doubled = at < text.size() && text[at] == c;
      if (doubled) {
        out += c;
        ++at;
        continue;
      }
      if (c == '}') fail_value({"Single '}' encountered in format string"});
      if (at >= text.size()) fail_value({"Single '{' encountered in format string"});
      at = field(text, at, depth, out);
    }
    return out;
  }

 private:
  /// Formats the field that begins at `at`, behind its brace; returns the place behind it.
  size_t field(std::string_view text, size_t at, int depth, std::string& out) {
    const size_t name_start = at;
    char c = 0;
    while (at < text.size()) {
      c = text[at++];
      if (c == '{') fail_value({"unexpected '{' in field name"});
      if (c == '[') {
        while (at < text.size() && text[at] != ']') ++at;
        continue;
      }
      if (c == '}' || c == ':' || c == '!') break;
    }
    if (c != '}' && c != ':' && c != '!') fail_value({"expected '}' before end of string"});
    const std::string_view name = text.substr(name_start, at - 1 - name_start);
    char32_t conversion = 0;
    std::string_view spec;
    bool nested = false;
    bool ended = c == '}';
    if (c == '!') {
      if (at >= text.size()) fail_value({"end of string while looking for conversion specifier"});
      conversion = utf8_next(text, at);
      if (at < text.size()) {
        c = text[at++];
        if (c != '}' && c != ':') fail_value({"expected ':' after conversion specifier"});
        ended = c == '}';
      }
    }
    if (!ended) {
      const size_t spec_start = at;
      for (int open = 1; open > 0;) {
        if (at >= text.size()) fail_value({"unmatched '{' in format spec"});
        c = text[at++];
        if (c == '{') {
          nested = true;
          ++open;
        } else if (c == '}') {
          --open;
        }
      }
      spec = text.substr(spec_start, at - 1 - spec_start);
    }
    Value value = convert(look_up(name), conversion);
    const Value spec_value =
        nested ? rt_.make_str(build(spec, depth - 1)) : rt_.make_str(std::string(spec));
    out += rt_.format(value, spec_value)->view();
    return at;
  }

  Value convert(Value value, char32_t conversion) {
    switch (conversion) {
      case 0:
        return value;
      case 'r':
        return rt_.repr(value);
      case 's':
        return rt_.str(value);
      case 'a':
        return ascii_repr(rt_, value);
      default: {
        std::string text;
        utf8_append(text, conversion);
        fail_value({"Unknown conversion specifier ", text});
      }
    }
  }

  /// The value of `0.name[key]`.
  Value look_up(std::string_view name) {
    size_t at = std::min(name.find_first_of(".["), name.size());
    Value value = first(name.substr(0, at));
    while (at < name.size()) {
      const char c = name[at++];
      if (c == '.') {
        const size_t end = std::min(name.find_first_of(".[", at), name.size());
        if (end == at) fail_value({"Empty attribute in format string"});
        value = rt_.get_attr(value, name.substr(at, end - at));
        at = end;
        continue;
      }
      if (c != '[') {
        fail_value({"Only '.' or '[' may follow ']' in format field specifier"});
      }
      const size_t end = name.find(']', at);
      if (end == name.npos) fail_value({"Missing ']' in format string"});
      const std::string_view key = name.substr(at, end - at);
      if (key.empty()) fail_value({"Empty attribute in format string"});
      const int64_t index = read_number(key);
      value =
          rt_.get_item(value, index >= 0 ? Value(index) : Value(rt_.make_str(std::string(key))));
      at = end + 1;
    }
    return value;
  }

  Value first(std::string_view name) {
    int64_t index = read_number(name);
    if (name.empty() || index >= 0) {
      const Numbering wanted = name.empty() ? Numbering::Automatic : Numbering::Manual;
      if (numbering_ == Numbering::Unknown) numbering_ = wanted;
      if (numbering_ != wanted) {
        fail_value({"cannot switch from ",
                    wanted == Numbering::Automatic
                        ? "manual field specification to automatic field numbering"
                        : "automatic field numbering to manual field specification"});
      }
      if (name.empty()) index = next_++;
      if (!args_) fail_value({"Format string contains positional fields"});
      if (index >= args_->size()) {
        fail_with(ErrorKind::Index, {"Replacement index ", std::to_string(index),
                                     " out of range for positional args tuple"});
      }
      return (*args_)[index];
    }
    const Value key = rt_.make_str(std::string(name));
    if (!args_) return rt_.get_item(kwargs_, key);
    Dict* named = kwargs_.to<Dict>();
    Value* found = named ? named->find(rt_, key) : nullptr;
    if (!found) rt_.raise_value(rt_.types.key_error, key);
    return *found;
  }

  enum class Numbering : uint8_t { Unknown, Automatic, Manual };
  Runtime& rt_;
  Tuple* args_;
  const Value& kwargs_;
  Numbering numbering_ = Numbering::Unknown;
  int64_t next_ = 0;
};

}  // namespace

std::string format_fields(Runtime& rt, std::string_view format, Tuple* args, const Value& kwargs) {
  return FieldFormatter(rt, args, kwargs).build(format, 2);
}

}  // namespace gradpad::lang
