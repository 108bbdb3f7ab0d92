// Choosing the overload, and the errors where only one could be meant.
#include "lang/torch/arguments.h"

#include <array>

namespace gradpad::lang {

namespace {

/// numpy's names for PyTorch's.
bool is_alias(std::string_view given, std::string_view name) {
  if (name == "dim") return given == "axis";
  if (name == "keepdim") return given == "keepdims";
  if (name == "input") return given == "x" || given == "a" || given == "x1";
  if (name == "other") return given == "x2";
  return false;
}

const Value* find_keyword(const Arguments& arguments, std::string_view name) {
  for (uint32_t k = 0; k < arguments.named; ++k) {
    if (arguments.names[k]->view() == name) return &arguments.values[arguments.positional + k];
  }
  for (uint32_t k = 0; k < arguments.named; ++k) {
    if (is_alias(arguments.names[k]->view(), name)) {
      return &arguments.values[arguments.positional + k];
    }
  }
  return nullptr;
}

[[noreturn]] void raise_extra_positional(const std::string& name, const Overload& overload,
                                         size_t given) {
  const size_t most = overload.max_positional;
  if (overload.min_args != most && overload.min_args < most) {
    fail(ErrorKind::Type, name, "() takes from ", overload.min_args, " to ", most,
         " positional arguments but ", given, " were given");
  }
  fail(ErrorKind::Type, name, "() takes ", most, " positional argument", most == 1 ? "" : "s",
       " but ", given, given == 1 ? " was" : " were", " given");
}

[[noreturn]] void raise_missing(const std::string& name, const Overload& overload, size_t from) {
  std::string names;
  int missing = 0;
  for (size_t i = from; i < overload.params.size(); ++i) {
    const ParamSpec& param = overload.params[i];
    if (param.has_default) continue;
    names += concat(missing++ > 0 ? ", \"" : "\"", param.name, "\"");
  }
  // PyTorch has the plural the wrong way round.
  fail(ErrorKind::Type, name, "() missing ", missing, " required positional argument",
       missing == 1 ? "s" : "", ": ", names);
}

}  // namespace

void Overload::add(const ParamSpec& param) {
  params.push_back(param);
  if (!param.keyword_only) ++max_positional;
  if (!param.has_default) ++min_args;
}

Parsed ArgParser::parse(Runtime& rt, const Arguments& arguments) const {
  Parsed parsed(rt, name_);
  Arguments rest = arguments;
  if (method_) {
    parsed.self = &arguments.values[0];
    ++rest.values;
    --rest.positional;
  }
  const bool single = overloads_.size() == 1;
  for (; parsed.which < overloads_.size(); ++parsed.which) {
    const Overload& overload = overloads_[parsed.which];
    if (match(rest, overload, parsed, single)) {
      parsed.overload_ = &overload;
      return parsed;
    }
  }
  raise_no_match(rest, parsed);
}

bool ArgParser::match(const Arguments& arguments, const Overload& overload, Parsed& out,
                      bool report) const {
  const bool separate = overload.takes_separate_ints();
  if (arguments.positional > overload.max_positional && !separate && !overload.separate_tensors) {
    if (report) raise_extra_positional(name_, overload, arguments.positional);
    return false;
  }
  out.given_.clear();
  size_t position = 0;
  uint32_t remaining = arguments.named;
  for (size_t i = 0; i < overload.params.size(); ++i) {
    const ParamSpec& param = overload.params[i];
    const Value* value = nullptr;
    bool by_name = false;
    if (position < arguments.positional) {
      if (param.keyword_only) {
        if (report) raise_extra_positional(name_, overload, arguments.positional);
        return false;
      }
      value = &arguments.values[position];
    } else if (arguments.named > 0) {
      value = find_keyword(arguments, param.name);
      by_name = value != nullptr;
    }
    Parsed::Given given{value, 0, by_name};
    if (overload.separate_tensors && param.kind == ParamKind::TensorList && value && !by_name &&
        value->is_tensor()) {
      given.separate = static_cast<uint32_t>(arguments.positional - position);
      for (size_t k = position; k < arguments.positional; ++k) {
        if (arguments.values[k].is_tensor()) continue;
        fail(ErrorKind::Type, "expected Tensor as element ", k - position, " in argument ",
             position, ", but got ", full_type_name(out.rt, arguments.values[k]));
      }
      out.given_.push_back(given);
      position = arguments.positional;
      continue;
    }
    if (!value) {
      if (!param.has_default) {
        if (report) raise_missing(name_, overload, i);
        return false;
      }
    } else if (value->is_none() && param.allow_none) {
      given.value = nullptr;
    } else if (accepts(out.rt, param, *value)) {
      // As it is.
    } else if (separate && position == 0 && !by_name && to_int(out.rt, *value)) {
      given.separate = arguments.positional;
      out.given_.push_back(given);
      position = arguments.positional;
      continue;
    } else {
      if (report) {
        const std::string place = by_name ? "" : concat(" (position ", position + 1, ")");
        fail(ErrorKind::Type, name_, "(): argument '", param.name, "'", place, " must be ",
             type_text(param), ", not ", full_type_name(out.rt, *value));
      }
      return false;
    }
    out.given_.push_back(given);
    if (by_name) {
      --remaining;
    } else if (value) {
      ++position;
    }
  }
  if (remaining > 0) {
    if (report) raise_unexpected_keyword(arguments, overload, arguments.positional);
    return false;
  }
  if (position < arguments.positional) {
    if (report) raise_extra_positional(name_, overload, arguments.positional);
    return false;
  }
  return true;
}

void ArgParser::raise_unexpected_keyword(const Arguments& arguments, const Overload& overload,
                                         size_t positional) const {
  for (uint32_t k = 0; k < arguments.named; ++k) {
    const std::string_view given = arguments.names[k]->view();
    for (size_t i = 0; i <= overload.params.size(); ++i) {
      if (i == overload.params.size()) {
        fail(ErrorKind::Type, name_, "() got an unexpected keyword argument '", given, "'");
      }
      if (overload.params[i].name != given) continue;
      if (i < positional) {
        fail(ErrorKind::Type, name_, "() got multiple values for argument '", given, "'");
      }
      break;
    }
  }
  fail(ErrorKind::Type, "invalid keyword arguments");
}

void ArgParser::raise_no_match(const Arguments& arguments, Parsed& out) const {
  const size_t count = arguments.positional + arguments.named;
  const Overload* plausible = nullptr;
  int candidates = 0;
  for (const Overload& overload : overloads_) {
    if (count < overload.min_args || count > overload.params.size()) continue;
    plausible = &overload;
    ++candidates;
  }
  if (candidates == 1) match(arguments, *plausible, out, true);
  std::vector<std::pair<std::string_view, Value>> named;
  for (uint32_t k = 0; k < arguments.named; ++k) {
    named.emplace_back(arguments.names[k]->view(), arguments.values[arguments.positional + k]);
  }
  fail(ErrorKind::Type,
       no_match_text(out.rt, name_, {arguments.values, arguments.positional}, named, overloads_));
}

Variable Parsed::tensor(size_t i) const { return has(i) ? to_operand(value(i)) : Variable(); }

Scalar Parsed::scalar(size_t i) const {
  const Value& v = value(i);
  return v.is_tensor() ? tensor_impl(v)->data.item() : to_scalar(v);
}

int64_t Parsed::integer(size_t i) const { return *to_int(rt, value(i)); }

bool Parsed::boolean(size_t i, bool otherwise) const {
  return has(i) ? value(i).as_bool() : otherwise;
}

Dims Parsed::ints(size_t i) const {
  const Given& given = given_[i];
  const ParamSpec& param = overload_->params[i];
  std::span<const Value> items;
  if (given.separate > 0) {
    items = {given.value, given.separate};
  } else if (auto sequence = sequence_items(*given.value)) {
    items = *sequence;
  } else {
    return Dims(static_cast<size_t>(param.list_size), integer(i));
  }
  Dims dims;
  for (size_t k = 0; k < items.size(); ++k) {
    const auto item = to_int(rt, items[k]);
    if (!item) {
      fail(ErrorKind::Type, *name_, "(): argument '", param.name, "' must be ", type_text(param),
           ", but found element of type ", full_type_name(rt, items[k]), " at pos ", k + 1);
    }
    dims.push_back(*item);
  }
  return dims;
}

std::optional<gradpad::DType> Parsed::dtype(size_t i) const {
  return has(i) ? to_dtype(rt, value(i)) : std::nullopt;
}

std::string Parsed::string(size_t i) const { return value(i).as<Str>()->text(); }

Arg Parsed::arg(size_t i, const Param& param) const {
  if (!has(i)) {
    // None was given, or nothing.
    if (param.default_value) return *param.default_value;
    return {};
  }
  const Value& v = value(i);
  switch (param.type) {
    case ArgType::Tensor:
      return v.is_tensor() ? Arg(to_variable(v)) : Arg(to_scalar(v));
    case ArgType::TensorList: {
      Args list;
      const std::span<const Value> items = given_[i].separate > 0
                                               ? std::span<const Value>(&v, given_[i].separate)
                                               : *sequence_items(v);
      for (const Value& item : items) list.emplace_back(to_variable(item));
      return list;
    }
    case ArgType::Scalar:
    case ArgType::Float:
    case ArgType::Int:
      return scalar(i);
    case ArgType::Bool:
      return Scalar(v.as_bool());
    case ArgType::IntList:
      return ints(i);
    case ArgType::DType:
      return *to_dtype(rt, v);
    case ArgType::String:
      return string(i);
  }
  return {};
}

}  // namespace gradpad::lang
