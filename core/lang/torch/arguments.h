// Reading the arguments of torch functions: which overload values of the language mean, and what
// they give for its parameters. Signatures, the choice and the error texts are those of
// ops/resolve.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradpad/tensor/random.h"
#include "lang/torch/convert.h"
#include "ops/resolve.h"

namespace gradpad::lang {

/// The arguments of a call as values.
struct ValueSource {
  using Value = lang::Value;

  ValueSource(Runtime& runtime, const Arguments& arguments)
      : rt(runtime),
        values(arguments.values),
        positional(arguments.positional),
        named(arguments.named),
        names(arguments.names) {}

  Runtime& rt;
  const Value* values;
  size_t positional, named;
  Str* const* names;

  std::string_view name(size_t k) const { return names[k]->view(); }
  bool is_none(const Value& v) const { return v.is_none(); }
  bool leaves_out(const Value&, const Param&) const { return false; }
  bool is_tensor(const Value& v) const { return v.is_tensor(); }
  bool is_scalar_tensor(const Value& v) const;
  bool is_number(const Value& v) const { return v.is_number(); }
  bool is_bool(const Value& v) const { return v.is_bool(); }
  bool is_index(const Value& v) const { return to_int(rt, v).has_value(); }
  bool is_dtype(const Value& v) const { return to_dtype(rt, v).has_value(); }
  bool is_string(const Value& v) const { return v.is<Str>(); }
  bool is_device(const Value& v) const;
  bool is_generator(const Value& v) const;
  std::optional<std::span<const Value>> items(const Value& v) const { return sequence_items(v); }
  std::string type_name(const Value& v) const { return full_type_name(rt, v); }

  Variable tensor(const Value& v) const { return to_variable(v); }
  Scalar scalar(const Value& v) const {
    return v.is_tensor() ? tensor_impl(v)->data.item() : to_scalar(v);
  }
  int64_t index(const Value& v) const { return *to_int(rt, v); }
  gradpad::DType dtype(const Value& v) const { return *to_dtype(rt, v); }
  std::string string(const Value& v) const { return v.as<Str>()->text(); }
};

/// The arguments of one call. They live as long as the call.
class Parsed {
 public:
  Runtime& rt;
  size_t which = 0;  ///< which overload
  const Value* self = nullptr;

  bool has(size_t i) const { return bound_[i].value != nullptr; }
  const Value& value(size_t i) const { return *bound_[i].value; }
  Variable self_tensor() const { return to_variable(*self); }
  /// Undefined where left out or None.
  Variable tensor(size_t i) const;
  Scalar scalar(size_t i) const { return source_.scalar(value(i)); }
  int64_t integer(size_t i) const { return source_.index(value(i)); }
  int64_t integer(size_t i, int64_t otherwise) const { return has(i) ? integer(i) : otherwise; }
  double real(size_t i) const { return scalar(i).to_double(); }
  double real(size_t i, double otherwise) const { return has(i) ? real(i) : otherwise; }
  bool boolean(size_t i, bool otherwise = false) const;
  Dims ints(size_t i) const;
  std::optional<gradpad::DType> dtype(size_t i) const;
  std::string string(size_t i) const { return source_.string(value(i)); }
  /// The thread's own where none is given.
  gradpad::Generator& generator(size_t i) const;

 private:
  friend class ArgParser;
  Parsed(Runtime& runtime, const Arguments& arguments, std::string_view name)
      : rt(runtime), source_(runtime, arguments), name_(name) {}

  ValueSource source_;
  Bound<ValueSource> bound_;
  const Overload* overload_ = nullptr;
  std::string_view name_;
};

/// The overloads of a function that is written by hand.
class ArgParser {
 public:
  /// `overloads`: parameters as in "int[] size, *, dtype? dtype=None", one text a line; those of
  /// methods leave out `self`. They are kept as they are, so they must be literals.
  ArgParser(std::string name, std::string_view overloads, bool method = false);

  /// For a method the first value is `self`.
  Parsed parse(Runtime& rt, const Arguments& arguments) const;
  /// TypeError: nothing fits these arguments.
  [[noreturn]] void raise_no_match(Runtime& rt, const Arguments& arguments) const;

 private:
  std::string name_;
  bool method_;
  std::vector<gradpad::Signature> signatures_;
  std::vector<Overload> overloads_;
};

}  // namespace gradpad::lang
