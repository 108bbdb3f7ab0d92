// Signatures: read from schemas, compared with values, and written in error texts.
#include <cctype>

#include "lang/torch/arguments.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

struct KindName {
  std::string_view word;  // in schemas
  ParamKind kind;
  const char* text;  // in error texts
};
constexpr KindName kKinds[] = {
    {"Tensor", ParamKind::Tensor, "Tensor"},
    {"Tensor[]", ParamKind::TensorList, "tuple of Tensors"},
    {"Scalar", ParamKind::Scalar, "Number"},
    {"int", ParamKind::Int, "int"},
    {"float", ParamKind::Float, "float"},
    {"bool", ParamKind::Bool, "bool"},
    {"int[]", ParamKind::IntList, "tuple of ints"},
    {"ScalarType", ParamKind::DType, "torch.dtype"},
    {"str", ParamKind::String, "str"},
    {"Device", ParamKind::Device, "torch.device"},
    {"Generator", ParamKind::Generator, "torch.Generator"},
    {"object", ParamKind::Object, "object"},
};

ParamKind kind_of(ArgType type) {
  switch (type) {
    case ArgType::Tensor:
      return ParamKind::Tensor;
    case ArgType::TensorList:
      return ParamKind::TensorList;
    case ArgType::Scalar:
      return ParamKind::Scalar;
    case ArgType::Int:
      return ParamKind::Int;
    case ArgType::Float:
      return ParamKind::Float;
    case ArgType::Bool:
      return ParamKind::Bool;
    case ArgType::IntList:
      return ParamKind::IntList;
    case ArgType::DType:
      return ParamKind::DType;
    case ArgType::String:
      return ParamKind::String;
  }
  return ParamKind::Object;
}

/// Operations whose second operand may be a Python number.
bool takes_numbers(std::string_view name) {
  constexpr std::string_view names[] = {
      "add",
      "sub",
      "mul",
      "div",
      "true_divide",
      "floor_divide",
      "remainder",
      "fmod",
      "pow",
      "eq",
      "ne",
      "lt",
      "le",
      "gt",
      "ge",
      "rsub",
      "where",
      "clamp",
      "masked_fill",
      "bitwise_and",
      "bitwise_or",
      "bitwise_xor",
      "subtract",
      "multiply",
      "divide",
      "xlogy",
      "copysign",
      "float_power",
      "lerp",
      "clip",
      "not_equal",
      "less",
      "less_equal",
      "greater",
      "index_fill",
      "greater_equal",
      "bitwise_left_shift",
      "bitwise_right_shift",
      "scatter",
      "fill",
      "isin",
  };
  for (std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

/// Operations that take tensors one by one as well as in a list.
bool takes_separate_tensors(std::string_view name) {
  constexpr std::string_view names[] = {"einsum",     "broadcast_tensors", "meshgrid",
                                        "block_diag", "cartesian_prod",    "chain_matmul",
                                        "atleast_1d", "atleast_2d",        "atleast_3d"};
  for (std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

ParamSpec parse_param(std::string_view text) {
  ParamSpec param;
  const size_t space = text.find(' ');
  std::string_view word = text.substr(0, space);
  std::string_view name = trim(text.substr(space + 1));
  if (const size_t equals = name.find('='); equals != std::string_view::npos) {
    param.has_default = true;
    name = name.substr(0, equals);
  }
  param.name = name;
  if (word.ends_with('?')) {
    param.allow_none = true;
    word.remove_suffix(1);
  }
  const size_t bracket = word.find('[');
  if (bracket != std::string_view::npos && word[bracket + 1] != ']') {
    param.list_size = word[bracket + 1] - '0';
    word = "int[]";
  }
  if (word == "Tensor|Scalar") {
    param.allow_number = true;
    word = "Tensor";
  }
  for (const KindName& known : kKinds) {
    if (known.word == word) {
      param.kind = known.kind;
      return param;
    }
  }
  fail("unknown type in a signature: ", word);
}

bool is_scalar_tensor(const Value& v) {
  if (!v.is_tensor()) return false;
  const Variable variable = to_variable(v);
  return variable.dim() == 0 && !variable.requires_grad();
}

}  // namespace

Overload parse_overload(std::string_view parameters) {
  Overload overload;
  bool keyword_only = false;
  while (!trim(parameters).empty()) {
    const size_t comma = parameters.find(',');
    const std::string_view one = trim(parameters.substr(0, comma));
    parameters = comma == std::string_view::npos ? "" : parameters.substr(comma + 1);
    if (one == "*") {
      keyword_only = true;
      continue;
    }
    ParamSpec param = parse_param(one);
    param.keyword_only = keyword_only;
    overload.add(param);
  }
  return overload;
}

Overload overload_of(const Op& op, bool method) {
  Overload overload;
  overload.separate_tensors = takes_separate_tensors(op.name);
  for (size_t i = method ? 1 : 0; i < op.params.size(); ++i) {
    const Param& from = op.params[i];
    ParamSpec param;
    param.name = from.name;
    param.kind = kind_of(from.type);
    param.has_default = from.default_value.has_value();
    param.allow_none = from.optional;
    param.keyword_only = from.keyword_only;
    param.allow_number = param.kind == ParamKind::Tensor && takes_numbers(op.name);
    param.list_size = from.list_size;
    overload.add(param);
  }
  return overload;
}

bool accepts(Runtime& rt, const ParamSpec& param, const Value& v) {
  switch (param.kind) {
    case ParamKind::Tensor:
      return v.is_tensor() || (param.allow_number && v.is_number());
    case ParamKind::TensorList: {
      const auto items = sequence_items(v);
      if (!items) return false;
      for (size_t i = 0; i < items->size(); ++i) {
        if (!(*items)[i].is_tensor()) {
          fail(ErrorKind::Type, "expected Tensor as element ", i, " in argument 0, but got ",
               full_type_name(rt, (*items)[i]));
        }
      }
      return true;
    }
    case ParamKind::Scalar:
    case ParamKind::Float:
      return v.is_number() || is_scalar_tensor(v);
    case ParamKind::Int:
      return !v.is_bool() && to_int(rt, v) && (!v.is_tensor() || is_scalar_tensor(v));
    case ParamKind::Bool:
      return v.is_bool();
    case ParamKind::IntList: {
      const auto items = sequence_items(v);
      // The rest of the items is looked at when the list is read, which says which is wrong.
      if (items) return items->empty() || to_int(rt, (*items)[0]).has_value();
      return param.list_size > 0 && !v.is_bool() && to_int(rt, v).has_value();
    }
    case ParamKind::DType:
      return to_dtype(rt, v).has_value();
    case ParamKind::String:
      return v.is<Str>();
    case ParamKind::Device:
      return v.is<Str>() || (v.is_int()) || rt.type_of(v) == torch_state(rt).device;
    case ParamKind::Generator:
      return rt.type_of(v) == torch_state(rt).generator;
    case ParamKind::Object:
      return true;
  }
  return false;
}

const char* type_text(const ParamSpec& param) {
  for (const KindName& known : kKinds) {
    if (known.kind == param.kind) return known.text;
  }
  return "";
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
    out += concat(type_text(params[i]), " ", params[i].name);
  }
  return out + ")";
}

namespace {

using Named = std::span<const std::pair<std::string_view, Value>>;

std::string given_types(Runtime& rt, std::span<const Value> positional, Named named) {
  std::string out = "(";
  for (const Value& v : positional) out += full_type_name(rt, v) + ", ";
  // PyTorch keeps keywords in a hash table, which gives the last first.
  for (size_t i = named.size(); i-- > 0;) {
    out += concat(named[i].first, "=", full_type_name(rt, named[i].second), ", ");
  }
  if (!positional.empty()) out.resize(out.size() - 2);
  return out + ")";
}

/// "(!str!, int)": which arguments fit, for an overload with as many parameters as were given.
std::string compared_types(Runtime& rt, std::span<const Value> positional, Named named,
                           const Overload& overload) {
  std::string out = "(";
  const size_t count = positional.size() + named.size();
  for (size_t i = 0; i < count; ++i) {
    const ParamSpec& param = overload.params[i];
    const bool by_name = i >= positional.size();
    const Value* v = by_name ? nullptr : &positional[i];
    for (const auto& [name, value] : named) {
      if (by_name && name == param.name) v = &value;
    }
    if (!v) continue;
    const char* mark = accepts(rt, param, *v) ? "" : "!";
    out += concat(mark, by_name ? concat(param.name, "=") : "", full_type_name(rt, *v), mark, ", ");
  }
  if (count > 0) out.resize(out.size() - 2);
  return out + ")";
}

std::string unknown_keywords(Named named, const Overload& overload) {
  std::string out;
  for (size_t i = named.size(); i-- > 0;) {
    bool found = false;
    for (const ParamSpec& param : overload.params) found |= param.name == named[i].first;
    if (!found) out += concat(out.empty() ? "" : ", ", named[i].first);
  }
  return out;
}

}  // namespace

std::string no_match_text(Runtime& rt, const std::string& name, std::span<const Value> positional,
                          Named named, std::span<const Overload> overloads) {
  std::string out = name + "() received an invalid combination of arguments - got " +
                    given_types(rt, positional, named) + ", but expected ";
  if (overloads.size() == 1) return out + overloads[0].text();
  out += "one of:\n";
  for (const Overload& overload : overloads) {
    out += " * " + overload.text() + "\n";
    if (positional.size() + named.size() != overload.params.size()) continue;
    const std::string unknown = unknown_keywords(named, overload);
    if (!unknown.empty()) {
      out += "      didn't match because some of the keywords were incorrect: " + unknown + "\n";
    } else {
      out += "      didn't match because some of the arguments have invalid types: " +
             compared_types(rt, positional, named, overload) + "\n";
    }
  }
  return out;
}

}  // namespace gradpad::lang
