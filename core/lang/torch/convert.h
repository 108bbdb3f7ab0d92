// Between values of the language and those of the tensor library.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"
#include "lang/runtime/runtime.h"
#include "ops/registry.h"

namespace gradpad::lang {

inline VariableImpl* tensor_impl(const Value& v) {
  return static_cast<VariableImpl*>(v.as_reference());
}
/// The caller knows that `v` is a tensor.
inline Variable to_variable(const Value& v) { return Variable(Ref<VariableImpl>(tensor_impl(v))); }
/// None for the undefined Variable.
inline Value from_variable(const Variable& variable) {
  return variable.defined() ? Value::tensor(variable.ref()) : Value::none();
}

/// The caller knows that `v` is a number.
inline Scalar to_scalar(const Value& v) {
  if (v.is_float()) return Scalar(v.as_float());
  if (v.is_bool()) return Scalar(v.as_bool());
  return Scalar(v.as_int());
}
inline Value from_scalar(const Scalar& s) {
  if (s.is_float()) return Value(s.to_double());
  if (s.is_int()) return Value(s.to_int());
  return Value(s.truth());
}
/// A tensor, or a number as one; undefined for anything else.
Variable to_operand(const Value& v);
/// A tensor; TypeError "<what> must be Tensor, not int".
Variable require_tensor(Runtime& rt, const Value& v, const char* what);

/// torch.Size.
Value from_shape(Runtime& rt, const Dims& shape);
Value from_dtype(Runtime& rt, DType dtype);
/// A torch.dtype, or Python's float, int or bool.
std::optional<DType> to_dtype(Runtime& rt, const Value& v);
/// An integer, also in a 0-dimensional tensor of integers; nothing for anything else.
std::optional<int64_t> to_int(Runtime& rt, const Value& v);
/// Items of a list or tuple; null for anything else.
std::optional<std::span<const Value>> sequence_items(const Value& v);

/// A result of an operation. `results` names its parts, where they have names.
Value from_arg(Runtime& rt, const Op* op, Arg&& arg);
/// torch.return_types.<name>.
Type* return_type(Runtime& rt, std::string_view name, std::span<const Result> results);

/// A type's name as C extensions of Python spell it: "torch.Size", "str".
std::string full_type_name(Runtime& rt, const Value& v);

}  // namespace gradpad::lang
