// Calls of functions written in C++: their parameter texts, and arguments bound to them.
#include "lang/runtime/native_call.h"

#include <array>

#include "lang/runtime/runtime.h"
#include "tensor/number_text.h"

namespace gradpad::lang {

namespace {

/// Reads "self, x, /, y=1, *args, key=None, **kwargs": Python's own way to write parameters, which
/// has no types and no overloads, and binds as Python binds. What PyTorch's C++ reads, and refuses
/// with other texts, are the signatures of ops/signature.h.
class SignatureReader {
 public:
  SignatureReader(Runtime& rt, std::string_view text) : rt_(rt), text_(text) {}

  Signature read() {
    bool keyword_only = false;
    std::vector<Signature::Parameter> rest;
    for (skip(); at_ < text_.size(); skip()) {
      if (take("**")) {
        signature_.has_kwargs = true;
        name();
      } else if (take("*")) {
        keyword_only = true;
        skip();
        if (at_ < text_.size() && text_[at_] != ',') {
          signature_.has_args = true;
          name();
        }
      } else if (take("/")) {
        signature_.positional_only = static_cast<uint16_t>(signature_.parameters.size());
      } else {
        Signature::Parameter parameter;
        parameter.name = rt_.intern(name());
        skip();
        if (take("=")) {
          parameter.required = false;
          parameter.value = value();
        }
        signature_.parameters.push_back(std::move(parameter));
        if (!keyword_only) ++signature_.positional;
      }
      skip();
      take(",");
    }
    signature_.simple = !signature_.has_args && !signature_.has_kwargs &&
                        signature_.positional == signature_.parameters.size();
    for (const auto& p : signature_.parameters) signature_.simple &= p.required;
    return std::move(signature_);
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view token) {
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  std::string_view name() {
    const size_t begin = at_;
    while (at_ < text_.size() &&
           (isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }
  Value value() {
    const char first = text_[at_];
    if (first == '?') {
      ++at_;
      return {};
    }
    if (first == '\'' || first == '"') {
      const size_t end = text_.find(first, at_ + 1);
      const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      return rt_.intern(inside);
    }
    if (first == '(') {
      at_ = text_.find(')', at_) + 1;
      return rt_.make_tuple({});
    }
    size_t end = at_;
    while (end < text_.size() && text_[end] != ',' && text_[end] != ' ') ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    const std::optional<Scalar> number = read_scalar(word);
    if (!number) return Value::none();
    if (number->is_float()) return Value(number->to_double());
    return number->is_bool() ? Value(number->truth()) : Value(number->to_int());
  }

  Runtime& rt_;
  std::string_view text_;
  size_t at_ = 0;
  Signature signature_;
};

std::string display_name(const NativeFunction& f) {
  return f.owner ? f.owner->name() + "." + f.name : f.name;
}

[[noreturn]] void wrong_count(const NativeFunction& f, const Arguments& arguments) {
  const Signature& s = f.signature;
  const size_t self = f.owner ? 1 : 0;
  const size_t most = s.positional - self;
  size_t least = 0;
  for (size_t i = self; i < s.positional; ++i) least += s.parameters[i].required;
  const size_t given = arguments.positional >= self ? arguments.positional - self : 0;
  const auto plural = [](size_t n) { return n == 1 ? "" : "s"; };
  if (least == most && most == 0) {
    fail(ErrorKind::Type, display_name(f), "() takes no arguments (", given, " given)");
  }
  if (least == most && most == 1 && s.parameters.size() == self + 1) {
    fail(ErrorKind::Type, display_name(f), "() takes exactly one argument (", given, " given)");
  }
  if (least == most) {
    fail(ErrorKind::Type, f.name, " expected ", most, " argument", plural(most), ", got ", given);
  }
  const bool few = given < least;
  const size_t bound = few ? least : most;
  if (s.positional_only >= s.positional) {
    fail(ErrorKind::Type, f.name, " expected at ", few ? "least " : "most ", bound, " argument",
         plural(bound), ", got ", given);
  }
  fail(ErrorKind::Type, f.name, "() takes at ", few ? "least " : "most ", bound,
       s.has_args || most == s.parameters.size() - self ? "" : " positional", " argument",
       plural(bound), " (", given, " given)");
}

void bind_arguments(Runtime& rt, NativeFunction& f, const Arguments& arguments, Value* out) {
  const Signature& s = f.signature;
  const size_t count = s.parameters.size();
  const size_t direct = std::min<size_t>(arguments.positional, s.positional);
  for (size_t i = 0; i < direct; ++i) out[i] = arguments.values[i];
  size_t next = count;
  if (s.has_args) {
    out[next++] = rt.make_tuple(
        std::span<const Value>(arguments.values + direct, arguments.positional - direct));
  } else if (arguments.positional > s.positional) {
    wrong_count(f, arguments);
  }
  Ref<Dict> extra;
  if (s.has_kwargs) {
    extra = rt.make_dict();
    out[next] = extra;
  }
  std::array<bool, 64> given{};
  for (size_t i = 0; i < direct; ++i) given[i] = true;
  for (uint32_t k = 0; k < arguments.named; ++k) {
    Str* name = arguments.names[k];
    size_t i = s.positional_only;
    while (i < count && s.parameters[i].name.get() != name) ++i;
    if (i < count) {
      if (given[i]) {
        fail(ErrorKind::Type, "argument for ", f.name, "() given by name ('", name->view(),
             "') and position (", i + (f.owner ? 0 : 1), ")");
      }
      given[i] = true;
      out[i] = arguments.values[arguments.positional + k];
    } else if (extra) {
      extra->set(rt, Value(name), arguments.values[arguments.positional + k]);
    } else if (count == (f.owner ? 1u : 0u) || s.positional_only == count) {
      fail(ErrorKind::Type, display_name(f), "() takes no keyword arguments");
    } else {
      fail(ErrorKind::Type, "'", name->view(), "' is an invalid keyword argument for ", f.name,
           "()");
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (given[i]) continue;
    if (s.parameters[i].required) {
      if (i < s.positional_only || s.simple) wrong_count(f, arguments);
      fail(ErrorKind::Type, f.name, "() missing required argument '", s.parameters[i].name->view(),
           "' (pos ", i + (f.owner ? 0 : 1), ")");
    }
    out[i] = s.parameters[i].value;
  }
}

}  // namespace

Value call_native(Runtime& rt, NativeFunction& function, const Arguments& arguments) {
  if (function.raw) return function.raw(rt, function, arguments);
  if (!function.ready) {
    function.signature = SignatureReader(rt, function.text).read();
    function.ready = true;
  }
  const Signature& s = function.signature;
  if (function.owner) {
    if (arguments.positional == 0) {
      fail(ErrorKind::Type, "unbound method ", display_name(function), "() needs an argument");
    }
    Type* owner = function.owner;
    const Value& self = arguments.values[0];
    const Type* type = rt.type_of(self);
    const bool fits = function.data ? self.is<Type>() && self.as<Type>()->is_subtype_of(owner)
                                    : type == owner || type->is_subtype_of(owner);
    if (!fits) {
      fail(ErrorKind::Type, "descriptor '", function.name, "' for '", owner->name(),
           "' objects doesn't apply to a '", type->name(), "' object");
    }
  }
  if (s.simple && arguments.named == 0 && arguments.positional == s.positional) {
    return function.function(rt, arguments.values);
  }
  const size_t count = s.parameters.size() + (s.has_args ? 1 : 0) + (s.has_kwargs ? 1 : 0);
  std::array<Value, 8> few;
  Values many;
  Value* out = few.data();
  if (count > few.size()) {
    many.resize(count);
    out = many.data();
  }
  bind_arguments(rt, function, arguments, out);
  return function.function(rt, out);
}

}  // namespace gradpad::lang
