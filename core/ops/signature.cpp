// A signature is `name(Type param=default, *, Type param) -> Type`.
#include "ops/signature.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "tensor/number_text.h"

namespace gradpad {

namespace {

struct TypeName {
  std::string_view word, text;
};
/// In the order of ArgType.
constexpr TypeName kTypes[kArgTypeCount] = {
    {"Tensor", "Tensor"},
    {"Tensor[]", "tuple of Tensors"},
    {"Scalar", "Number"},
    {"int", "int"},
    {"float", "float"},
    {"bool", "bool"},
    {"int[]", "tuple of ints"},
    {"dtype", "torch.dtype"},
    {"str", "str"},
    {"Device", "torch.device"},
    {"Generator", "torch.Generator"},
    {"object", "object"},
};

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
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) {
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
  for (int i = 0; i < kArgTypeCount; ++i) {
    if (kTypes[i].word == name) return static_cast<ArgType>(i);
  }
  reader.error("a type");
}

/// `(a)`: which memory it shares.
char parse_alias(Reader& reader) {
  if (!reader.take("(")) return 0;
  const std::string_view letter = reader.word();
  if (letter.size() != 1) reader.error("a letter");
  reader.expect(")");
  return letter[0];
}

/// `[]`, `[2]`: a list of what `type` is; how many a single one stands for.
int64_t parse_list_size(Reader& reader, ArgType& type) {
  if (!reader.take("[")) return 0;
  int64_t count = 0;
  if (!reader.take("]")) {
    const std::string_view size = reader.word();
    std::from_chars(size.data(), size.data() + size.size(), count);
    reader.expect("]");
  }
  if (type == ArgType::Int) {
    type = ArgType::IntList;
  } else if (type == ArgType::Tensor) {
    type = ArgType::TensorList;
  } else {
    reader.error("a list of ints or tensors");
  }
  return count;
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
  if (text.size() >= 2 && text.front() == '\'') {
    return std::string(text.substr(1, text.size() - 2));
  }
  if (text.starts_with('[')) return parse_list(text.substr(1, text.size() - 2));
  const std::optional<Scalar> number = read_scalar(text);
  if (!number) reader.error("a default value");
  if (param.type == ArgType::IntList) {
    return Dims(static_cast<size_t>(std::max<int64_t>(param.list_size, 1)), number->to_int());
  }
  if (param.type == ArgType::Float) return Scalar(number->to_double());
  return *number;
}

Param parse_param(Reader& reader, bool keyword_only) {
  Param param;
  param.type = type_named(reader.word(), reader);
  param.alias = parse_alias(reader);
  if (param.type == ArgType::Tensor && reader.take("|")) {
    reader.expect("Scalar");
    param.takes_number = true;
  } else if (param.type == ArgType::Tensor && reader.take("...")) {
    param.type = ArgType::TensorList;
    param.variadic = true;
  } else {
    param.list_size = parse_list_size(reader, param.type);
  }
  if (reader.take("?")) param.optional = true;
  param.name = reader.word();
  param.keyword_only = keyword_only;
  if (reader.take("=")) param.default_value = parse_default(reader.value(), param, reader);
  return param;
}

Result parse_result(Reader& reader) {
  Result result;
  result.type = type_named(reader.word(), reader);
  result.alias = parse_alias(reader);
  parse_list_size(reader, result.type);
  result.name = reader.optional_word();
  return result;
}

void parse_params(Reader& reader, Signature& signature) {
  bool keyword_only = false;
  do {
    if (reader.take("*")) {
      keyword_only = true;
    } else {
      signature.params.push_back(parse_param(reader, keyword_only));
    }
  } while (reader.take(","));
}

}  // namespace

std::string_view type_word(ArgType type) { return kTypes[static_cast<int>(type)].word; }
std::string_view type_text(ArgType type) { return kTypes[static_cast<int>(type)].text; }

Signature parse_signature(std::string_view text) {
  Reader reader(text);
  Signature signature;
  signature.name = reader.word();
  reader.expect("(");
  if (!reader.take(")")) {
    parse_params(reader, signature);
    reader.expect(")");
  }
  reader.expect("->");
  if (reader.take("(")) {
    do {
      signature.results.push_back(parse_result(reader));
    } while (reader.take(","));
    reader.expect(")");
  } else {
    signature.results.push_back(parse_result(reader));
  }
  if (!reader.at_end()) reader.error("the end");
  return signature;
}

Signature parse_parameters(std::string_view text) {
  Reader reader(text);
  Signature signature;
  if (reader.at_end()) return signature;
  parse_params(reader, signature);
  if (!reader.at_end()) reader.error("the end");
  return signature;
}

Overload::Overload(std::span<const Param> given) : params(given) {
  for (const Param& param : params) {
    if (!param.keyword_only) ++max_positional;
    if (!param.default_value) ++min_args;
    is_variadic |= param.variadic;
  }
}

std::string Overload::text() const {
  std::string out = "(";
  bool keywords = false;
  for (size_t i = 0; i < params.size(); ++i) {
    if (i > 0) out += ", ";
    if (params[i].keyword_only && !keywords) {
      keywords = true;
      out += "*, ";
    }
    out += concat(type_text(params[i].type), " ", params[i].name);
  }
  return out + ")";
}

}  // namespace gradpad
