// Args as the arguments of a call (resolve.h): what JavaScript and the tests call operations with.
#pragma once

#include "ops/resolve.h"

namespace gradpad {

struct ArgSource {
  using Value = Arg;

  /// `args`: those given by position, then one for each of `names`.
  ArgSource(std::span<const Arg> args, std::span<const std::string> names)
      : values(args.data()),
        positional(args.size() - names.size()),
        named(names.size()),
        names_(names) {}

  const Arg* values;
  size_t positional, named;
  /// JavaScript writes None for what is left out, and has no int beside its 0 and -0.
  bool from_javascript = false;

  std::string_view name(size_t k) const { return names_[k]; }
  bool is_none(const Arg& v) const { return v.is_none(); }
  bool leaves_out(const Arg& v, const Param& param) const {
    return from_javascript && v.is_none() && param.default_value.has_value();
  }
  bool is_tensor(const Arg& v) const { return v.get<Variable>() != nullptr; }
  bool is_scalar_tensor(const Arg& v) const {
    const Variable* tensor = v.get<Variable>();
    return tensor && tensor->dim() == 0 && !tensor->requires_grad();
  }
  bool is_number(const Arg& v) const { return v.get<Scalar>() != nullptr; }
  bool is_bool(const Arg& v) const {
    const Scalar* number = v.get<Scalar>();
    return number && number->is_bool();
  }
  bool is_index(const Arg& v) const {
    if (const Scalar* number = v.get<Scalar>()) {
      return !number->is_float() || (from_javascript && number->to_double() == 0);
    }
    return is_scalar_tensor(v) && is_integral(v.get<Variable>()->dtype());
  }
  bool is_dtype(const Arg& v) const {
    return v.get<DType>() || (v.get<std::string>() && dtype_named(*v.get<std::string>()));
  }
  bool is_string(const Arg& v) const { return v.get<std::string>() != nullptr; }
  bool is_device(const Arg&) const { return false; }
  bool is_generator(const Arg&) const { return false; }
  std::string type_name(const Arg& v) const;

  /// A list of ints is a Dims, any other an Args.
  struct Items {
    const Dims* dims;
    const Args* args;
    size_t size() const { return dims ? dims->size() : args->size(); }
    Arg operator[](size_t i) const { return dims ? Arg(Scalar((*dims)[i])) : (*args)[i]; }
  };
  std::optional<Items> items(const Arg& v) const {
    const Items found{v.get<Dims>(), v.get<Args>()};
    return found.dims || found.args ? std::optional(found) : std::nullopt;
  }

  Variable tensor(const Arg& v) const { return *v.get<Variable>(); }
  Scalar scalar(const Arg& v) const {
    const Variable* tensor = v.get<Variable>();
    return tensor ? tensor->item() : *v.get<Scalar>();
  }
  int64_t index(const Arg& v) const { return scalar(v).to_int(); }
  DType dtype(const Arg& v) const {
    return v.get<DType>() ? *v.get<DType>() : *dtype_named(*v.get<std::string>());
  }
  std::string string(const Arg& v) const { return *v.get<std::string>(); }

 private:
  std::span<const std::string> names_;
};

}  // namespace gradpad
