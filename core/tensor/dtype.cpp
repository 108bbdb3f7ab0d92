// Names and promotion of element types.
#include "gradpad/tensor/dtype.h"

#include "gradpad/tensor/default_dtype.h"

namespace gradpad {

namespace {

int category(DType dtype) { return is_floating(dtype) ? 2 : dtype == DType::Bool ? 0 : 1; }

std::string_view pick(const std::string_view (&names)[kDTypeCount], DType dtype) {
  return names[static_cast<int>(dtype)];
}

}  // namespace

std::string_view dtype_name(DType dtype) {
  return pick({"uint8", "int32", "int64", "float32", "float64", "bool"}, dtype);
}

std::optional<DType> dtype_named(std::string_view name) {
  if (name.starts_with("torch.")) name.remove_prefix(6);
  for (DType dtype : kDTypes) {
    if (dtype_name(dtype) == name) return dtype;
  }
  return std::nullopt;
}

std::string_view scalar_type_name(DType dtype) {
  return pick({"Byte", "Int", "Long", "Float", "Double", "Bool"}, dtype);
}

std::string_view c_type_name(DType dtype) {
  return pick({"unsigned char", "int", "long int", "float", "double", "bool"}, dtype);
}

std::string_view tensor_type_name(DType dtype) {
  return pick({"torch.ByteTensor", "torch.IntTensor", "torch.LongTensor", "torch.FloatTensor",
               "torch.DoubleTensor", "torch.BoolTensor"},
              dtype);
}

DType promote_types(DType a, DType b) {
  if (a == b) return a;
  if (category(a) != category(b)) return category(a) > category(b) ? a : b;
  // Within a category the enumeration runs from narrow to wide.
  return a > b ? a : b;
}

void Promotion::Level::add(DType other) {
  dtype = present ? promote_types(dtype, other) : other;
  present = true;
}

void Promotion::add(DType dtype, int64_t dim, bool is_number) {
  (is_number ? number_ : dim == 0 ? zero_dim_ : dimensioned_).add(dtype);
}

DType Promotion::result() const {
  DType result = DType::Bool;
  bool present = false;
  for (const Level* level : {&dimensioned_, &zero_dim_, &number_}) {
    if (!level->present) continue;
    if (!present) {
      result = level->dtype;
      present = true;
    } else if (category(level->dtype) > category(result)) {
      result = level == &number_ && is_floating(level->dtype) ? default_dtype() : level->dtype;
    }
  }
  return result;
}

}  // namespace gradpad
