// Arguments of torch functions as values.
#include "lang/torch/arguments.h"

#include "lang/torch/state.h"

namespace gradpad::lang {

bool ValueSource::is_scalar_tensor(const Value& v) const {
  if (!v.is_tensor()) return false;
  const Variable variable = to_variable(v);
  return variable.dim() == 0 && !variable.requires_grad();
}

bool ValueSource::is_device(const Value& v) const {
  return v.is<Str>() || v.is_int() || rt.type_of(v) == torch_state(rt).device;
}

bool ValueSource::is_generator(const Value& v) const {
  return rt.type_of(v) == torch_state(rt).generator;
}

ArgParser::ArgParser(std::string name, std::string_view overloads, bool method)
    : name_(std::move(name)), method_(method) {
  while (true) {
    const size_t end = overloads.find('\n');
    signatures_.push_back(parse_parameters(overloads.substr(0, end)));
    if (end == std::string_view::npos) break;
    overloads = overloads.substr(end + 1);
  }
  for (const gradpad::Signature& signature : signatures_) overloads_.emplace_back(signature.params);
}

Parsed ArgParser::parse(Runtime& rt, const Arguments& arguments) const {
  Arguments rest = arguments;
  if (method_) {
    ++rest.values;
    --rest.positional;
  }
  Parsed parsed(rt, rest, name_);
  if (method_) parsed.self = &arguments.values[0];
  parsed.which = resolve(parsed.source_, name_, std::span(overloads_), parsed.bound_);
  parsed.overload_ = &overloads_[parsed.which];
  return parsed;
}

void ArgParser::raise_no_match(Runtime& rt, const Arguments& arguments) const {
  const ValueSource source(rt, arguments);
  fail(ErrorKind::Type, no_match_text(types_of(source, name_), overloads_));
}

Variable Parsed::tensor(size_t i) const { return has(i) ? to_operand(value(i)) : Variable(); }

bool Parsed::boolean(size_t i, bool otherwise) const {
  return has(i) ? value(i).as_bool() : otherwise;
}

Dims Parsed::ints(size_t i) const {
  return take_ints(source_, name_, overload_->params[i], bound_[i]);
}

std::optional<gradpad::DType> Parsed::dtype(size_t i) const {
  return has(i) ? to_dtype(rt, value(i)) : std::nullopt;
}

}  // namespace gradpad::lang
