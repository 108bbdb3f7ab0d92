// A signature is `name(Type param=default, *, Type param) -> Type`.
#include "ops/schema.h"

#include <cctype>
#include <charconv>

namespace gradpad {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool take(std::string_view token) {
    skip_blanks();
    if (text_.substr(at_).starts_with(token)) {
      at_ += token.size();
      return true;
    }
    return false;
  }
  void expect(std::string_view token) {
    if (!take(token)) error(token);
  }
  std::string_view word() {
    const std::string_view found = optional_word();
    if (found.empty()) error("a name");
    return found;
  }
  std::string_view optional_word() {
    skip_blanks();
    const size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                  text_[at_] == '_' || text_[at_] == '.')) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  /// Everything up to a comma or parenthesis outside brackets and quotes.
  std::string_view value() {
    const size_t begin = at_;
    int depth = 0;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'') quoted = !quoted;
      if (quoted) continue;
      if (c == '[' || c == '(') ++depth;
      if (depth == 0 && (c == ',' || c == ')')) break;
      if (c == ']' || c == ')') --depth;
    }
    return text_.substr(begin, at_ - begin);
  }
  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }
  [[noreturn]] void error(std::string_view wanted) const {
    fail(ErrorKind::Value, "signature \"", text_, "\": expected ", wanted, " at ", at_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  std::string_view text_;
  size_t at_ = 0;
};

ArgType type_named(std::string_view name, const Reader& reader) {
  static constexpr std::pair<std::string_view, ArgType> names[] = {
      {"Tensor", ArgType::Tensor}, {"Scalar", ArgType::Scalar},    {"int", ArgType::Int},
      {"float", ArgType::Float},   {"bool", ArgType::Bool},        {"dtype", ArgType::DType},
      {"str", ArgType::String},    {"ScalarType", ArgType::DType},
  };
  for (const auto& [known, type] : names) {
    if (name == known) return type;
  }
  reader.error("a type");
}

void parse_type(Reader& reader, Param& param) {
  param.type = type_named(reader.word(), reader);
  if (reader.take("[")) {
    if (!reader.take("]")) {
      const std::string_view size = reader.word();
      std::from_chars(size.data(), size.data() + size.size(), param.list_size);
      reader.expect("]");
    }
    if (param.type == ArgType::Int) {
      param.type = ArgType::IntList;
    } else if (param.type == ArgType::Tensor) {
      param.type = ArgType::TensorList;
    } else {
      reader.error("a list of ints or tensors");
    }
  }
  if (reader.take("?")) param.optional = true;
}

/// "0,1", or nothing.
Dims parse_list(std::string_view text) {
  Dims list;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    int64_t value = 0;
    at = std::from_chars(at, end, value).ptr + 1;
    list.push_back(value);
  }
  return list;
}

Arg parse_default(std::string_view text, const Param& param, const Reader& reader) {
  if (text == "None") return {};
  if (text == "True") return Scalar(true);
  if (text == "False") return Scalar(false);
  if (text.size() >= 2 && text.front() == '\'') {
    return std::string(text.substr(1, text.size() - 2));
  }
  if (text.starts_with('[')) return parse_list(text.substr(1, text.size() - 2));
  const char* const end = text.data() + text.size();
  int64_t integer = 0;
  if (std::from_chars(text.data(), end, integer).ptr == end) {
    if (param.type == ArgType::IntList) {
      return Dims(static_cast<size_t>(std::max<int64_t>(param.list_size, 1)), integer);
    }
    if (param.type != ArgType::Float) return Scalar(integer);
  }
  // Reading floats by from_chars would bring in tables; defaults are short decimals.
  try {
    return Scalar(std::stod(std::string(text)));
  } catch (const std::exception&) {
    reader.error("a default value");
  }
}

Param parse_param(Reader& reader, bool keyword_only) {
  Param param;
  parse_type(reader, param);
  param.name = reader.word();
  param.keyword_only = keyword_only;
  if (reader.take("=")) param.default_value = parse_default(reader.value(), param, reader);
  return param;
}

}  // namespace

Op parse_schema(const OpEntry& entry) {
  Reader reader(entry.schema);
  Op op;
  op.entry = &entry;
  op.name = reader.word();
  reader.expect("(");
  bool keyword_only = false;
  while (!reader.take(")")) {
    if (reader.take("*")) {
      keyword_only = true;
    } else {
      op.params.push_back(parse_param(reader, keyword_only));
    }
    if (!reader.take(",")) {
      reader.expect(")");
      break;
    }
  }
  reader.expect("->");
  if (reader.take("(")) {
    do {
      Param result;
      parse_type(reader, result);
      op.results.push_back(reader.optional_word());
    } while (reader.take(","));
    reader.expect(")");
  } else {
    Param result;
    parse_type(reader, result);
  }
  if (!reader.at_end()) reader.error("the end");
  return op;
}

}  // namespace gradpad
