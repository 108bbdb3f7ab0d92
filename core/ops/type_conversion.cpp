// How the language converts tensors: to, type, float, long and the others.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

/// A device by its name, with PyTorch's errors about those that are not there.
Device device_named(const std::string& name) {
  const std::string kind = name.substr(0, name.find(':'));
  if (kind == "cpu") return {};
  for (const DeviceType type : {DeviceType::CUDA, DeviceType::Reference}) {
    if (kind == device_type_name(type) && find_memory(type)) return {type};
  }
  if (kind == "cuda") fail(ErrorKind::Assertion, "Torch not compiled with CUDA enabled");
  fail("Expected one of cpu, cuda device type at start of device string: ", kind);
}

Variable to_dtype(const Variable& input, DType dtype, bool, bool copy) {
  if (copy && input.dtype() == dtype) {
    return differentiable("ToCopyBackward0", input.data().clone(), {input}, {},
                          [](Backward&, const Variable& g) -> Variables { return {g}; });
  }
  return convert(input, dtype);
}
Variable to_other(const Variable& input, const Variable& other, bool, bool copy) {
  if (other.device() != input.device()) copy = false;
  return to_dtype(to(input, other.device()), other.dtype(), false, copy);
}
Variable to_device(const Variable& input, const std::optional<std::string>& device,
                   std::optional<DType> dtype, bool, bool copy) {
  const Device to_device = device ? device_named(*device) : input.device();
  if (to_device != input.device()) copy = false;
  return to_dtype(to(input, to_device), dtype.value_or(input.dtype()), false, copy);
}
template <DType dtype>
Variable to_type(const Variable& input) {
  return convert(input, dtype);
}
Variable type_as(const Variable& input, const Variable& other) {
  return convert(input, other.dtype());
}
Variable cpu(const Variable& input) {
  if (!input.defined()) fail_undefined("cpu");
  return to(input, Device());
}

/// The type's name, or a conversion.
Arg call_type(std::span<const Arg> args) {
  const Variable input = boxing::From<Variable>::get(args[0]);
  if (args[1].is_none()) return std::string(tensor_type_name(input.dtype()));
  return convert(input, boxing::From<DType>::get(args[1]));
}
Variable type_named(const Variable& input, const std::string& name, bool) {
  for (DType dtype : kDTypes) {
    if (tensor_type_name(dtype) == name) return convert(input, dtype);
  }
  fail(ErrorKind::Value, "invalid type: '", name, "'");
}

constexpr std::string_view kToDoc =
    "The tensor in another element type; itself if nothing changes, unless `copy`.\n"
    "Derivative: g in the type of `input`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: any; the result has the one asked for.\n"
    "Errors: none beside wrong types of arguments.";

}  // namespace

GRADPAD_DEFINE_OP(
    to, "to(Tensor input, dtype dtype, bool non_blocking=False, bool copy=False) -> Tensor", kToDoc,
    "none: the overload with another tensor shows it", kMethod, boxed<&to_dtype>);
GRADPAD_DEFINE_OP(
    to_other, "to(Tensor input, Tensor other, bool non_blocking=False, bool copy=False) -> Tensor",
    kToDoc, "T[2,3], T[1]; T[2], T[1], False, True", kMethod, boxed<&to_other>);
GRADPAD_DEFINE_OP(to_device,
                  "to(Tensor input, str? device=None, dtype? dtype=None, bool non_blocking=False, "
                  "bool copy=False) -> Tensor",
                  kToDoc, "T[2,3], 'cpu'", kMethod, boxed<&to_device>);
GRADPAD_DEFINE_OP(type, "type(Tensor input, dtype? dtype=None, bool non_blocking=False) -> Tensor",
                  "Without `dtype` the name of the tensor's type; with it, a conversion.\n"
                  "Derivative: g in the type of `input`.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has the one asked for.\n"
                  "Errors: ValueError for a name that is no type.",
                  "none: gives a text", kMethod, call_type);
GRADPAD_DEFINE_OP(type_name, "type(Tensor input, str dtype, bool non_blocking=False) -> Tensor",
                  "A conversion to the type of that name: 'torch.DoubleTensor'.",
                  "T[2], 'torch.DoubleTensor'", kMethod, boxed<&type_named>);
GRADPAD_DEFINE_OP(type_as, "type_as(Tensor input, Tensor other) -> Tensor",
                  "The tensor in the element type of `other`.\n"
                  "Derivative: g in the type of `input`.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `other`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3], T[1]", kMethod, boxed<&type_as>);
GRADPAD_DEFINE_OP(cpu, "cpu(Tensor input) -> Tensor",
                  "The tensor itself, which is on the CPU.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2]", kMethod, boxed<&cpu>);
GRADPAD_DEFINE_OP(float, "float(Tensor input) -> Tensor",
                  "The tensor as float32.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is float32.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives float32", kMethod, boxed<&to_type<DType::Float32>>);
GRADPAD_DEFINE_OP(double, "double(Tensor input) -> Tensor",
                  "The tensor as float64.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is float64.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kMethod, boxed<&to_type<DType::Float64>>);
GRADPAD_DEFINE_OP(long, "long(Tensor input) -> Tensor",
                  "The tensor as int64; fractions are cut off.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is int64.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives integers or bool", kMethod, boxed<&to_type<DType::Int64>>);
GRADPAD_DEFINE_OP(int, "int(Tensor input) -> Tensor",
                  "The tensor as int32; fractions are cut off.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is int32.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives integers or bool", kMethod, boxed<&to_type<DType::Int32>>);
GRADPAD_DEFINE_OP(byte, "byte(Tensor input) -> Tensor",
                  "The tensor as uint8; fractions are cut off.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is uint8.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives integers or bool", kMethod, boxed<&to_type<DType::UInt8>>);
GRADPAD_DEFINE_OP(bool, "bool(Tensor input) -> Tensor",
                  "Whether each element is not 0.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is bool.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives integers or bool", kMethod, boxed<&to_type<DType::Bool>>);

}  // namespace gradpad
