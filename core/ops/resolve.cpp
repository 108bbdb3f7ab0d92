// The errors of calls that fit no overload, in PyTorch's words.
#include "ops/resolve.h"

namespace gradpad {

bool is_numpy_name(std::string_view given, std::string_view name) {
  if (name == "dim") return given == "axis";
  if (name == "keepdim") return given == "keepdims";
  if (name == "input") return given == "x" || given == "a" || given == "x1";
  if (name == "other") return given == "x2";
  return false;
}

void raise_extra_positional(std::string_view function, const Overload& overload, size_t given) {
  const size_t most = overload.max_positional;
  if (overload.min_args < most) {
    fail(ErrorKind::Type, function, "() takes from ", overload.min_args, " to ", most,
         " positional arguments but ", given, " were given");
  }
  fail(ErrorKind::Type, function, "() takes ", most, " positional argument", most == 1 ? "" : "s",
       " but ", given, given == 1 ? " was" : " were", " given");
}

void raise_missing(std::string_view function, const Overload& overload, size_t from) {
  std::string names;
  int missing = 0;
  for (const Param& param : overload.params.subspan(from)) {
    if (param.default_value) continue;
    names += concat(missing++ > 0 ? ", \"" : "\"", param.name, "\"");
  }
  // PyTorch has the plural the wrong way round.
  fail(ErrorKind::Type, function, "() missing ", missing, " required positional argument",
       missing == 1 ? "s" : "", ": ", names);
}

void raise_unexpected_keyword(const CallTypes& call, const Overload& overload) {
  for (const auto& [given, type] : call.named) {
    size_t i = 0;
    while (i < overload.params.size() && overload.params[i].name != given) ++i;
    if (i == overload.params.size()) {
      fail(ErrorKind::Type, call.function, "() got an unexpected keyword argument '", given, "'");
    }
    if (i < call.positional.size()) {
      fail(ErrorKind::Type, call.function, "() got multiple values for argument '", given, "'");
    }
  }
  fail(ErrorKind::Type, "invalid keyword arguments");
}

const Overload* only_plausible(std::span<const Overload> overloads, size_t count) {
  const Overload* found = nullptr;
  for (const Overload& overload : overloads) {
    if (count < overload.min_args || count > overload.params.size()) continue;
    if (found) return nullptr;
    found = &overload;
  }
  return found;
}

namespace {

std::string given_types(const CallTypes& call) {
  std::string out = "(";
  for (const std::string& type : call.positional) out += type + ", ";
  // PyTorch keeps keywords in a hash table, which gives the last first.
  for (size_t i = call.named.size(); i-- > 0;) {
    out += concat(call.named[i].first, "=", call.named[i].second, ", ");
  }
  if (!call.positional.empty()) out.resize(out.size() - 2);
  return out + ")";
}

/// "(!str!, int)": which arguments fit, for an overload with as many parameters as were given.
std::string compared_types(const CallTypes& call, const Overload& overload) {
  std::string out = "(";
  const size_t positional = call.positional.size(), count = positional + call.named.size();
  for (size_t i = 0; i < count; ++i) {
    const Param& param = overload.params[i];
    const bool by_name = i >= positional;
    size_t argument = by_name ? count : i;
    for (size_t k = 0; by_name && k < call.named.size(); ++k) {
      if (call.named[k].first == param.name) argument = positional + k;
    }
    if (argument == count) continue;
    const char* mark = call.accepts(param, argument) ? "" : "!";
    out +=
        concat(mark, by_name ? concat(param.name, "=") : "",
               by_name ? call.named[argument - positional].second : call.positional[i], mark, ", ");
  }
  if (count > 0) out.resize(out.size() - 2);
  return out + ")";
}

std::string unknown_keywords(const CallTypes& call, const Overload& overload) {
  std::string out;
  for (size_t i = call.named.size(); i-- > 0;) {
    bool found = false;
    for (const Param& param : overload.params) found |= param.name == call.named[i].first;
    if (!found) out += concat(out.empty() ? "" : ", ", call.named[i].first);
  }
  return out;
}

}  // namespace

std::string no_match_text(const CallTypes& call, std::span<const Overload> overloads) {
  std::string out = concat(call.function, "() received an invalid combination of arguments - got ",
                           given_types(call), ", but expected ");
  if (overloads.size() == 1) return out + overloads[0].text();
  out += "one of:\n";
  for (const Overload& overload : overloads) {
    out += " * " + overload.text() + "\n";
    if (call.positional.size() + call.named.size() != overload.params.size()) continue;
    const std::string unknown = unknown_keywords(call, overload);
    if (!unknown.empty()) {
      out += "      didn't match because some of the keywords were incorrect: " + unknown + "\n";
    } else {
      out += "      didn't match because some of the arguments have invalid types: " +
             compared_types(call, overload) + "\n";
    }
  }
  return out;
}

}  // namespace gradpad
