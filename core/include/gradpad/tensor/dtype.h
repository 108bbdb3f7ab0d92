// Element types, their promotion rules, and scalars.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gradpad/tensor/error.h"

namespace gradpad {

enum class DType : uint8_t { UInt8, Int32, Int64, Float32, Float64, Bool };
inline constexpr int kDTypeCount = 6;
inline constexpr DType kDTypes[kDTypeCount] = {DType::UInt8,   DType::Int32,   DType::Int64,
                                               DType::Float32, DType::Float64, DType::Bool};

constexpr int64_t item_size(DType dtype) {
  constexpr int64_t sizes[kDTypeCount] = {1, 4, 8, 4, 8, 1};
  return sizes[static_cast<int>(dtype)];
}
constexpr bool is_floating(DType dtype) {
  return dtype == DType::Float32 || dtype == DType::Float64;
}
constexpr bool is_integral(DType dtype) { return !is_floating(dtype) && dtype != DType::Bool; }

/// "float32", "int64", …: the name after `torch.`.
std::string_view dtype_name(DType dtype);
/// From "float32" or "torch.float32"; nothing for any other text.
std::optional<DType> dtype_named(std::string_view name);
/// PyTorch's name in error texts: "Float", "Long", "Byte", ….
std::string_view scalar_type_name(DType dtype);
/// PyTorch's name in loss and backward texts: "float", "long int", "unsigned char", ….
std::string_view c_type_name(DType dtype);
/// The type of `tensor.type()`: "torch.FloatTensor", ….
std::string_view tensor_type_name(DType dtype);

template <class T>
inline constexpr DType dtype_of = [] {
  static_assert(sizeof(T) == 0, "no such element type");
  return DType::Bool;
}();
template <>
inline constexpr DType dtype_of<uint8_t> = DType::UInt8;
template <>
inline constexpr DType dtype_of<int32_t> = DType::Int32;
template <>
inline constexpr DType dtype_of<int64_t> = DType::Int64;
template <>
inline constexpr DType dtype_of<float> = DType::Float32;
template <>
inline constexpr DType dtype_of<double> = DType::Float64;
template <>
inline constexpr DType dtype_of<bool> = DType::Bool;

/// Calls `body.template operator()<T>()` with the C++ type of `dtype`.
template <class Body>
decltype(auto) dispatch(DType dtype, Body&& body) {
  switch (dtype) {
    case DType::UInt8:
      return body.template operator()<uint8_t>();
    case DType::Int32:
      return body.template operator()<int32_t>();
    case DType::Int64:
      return body.template operator()<int64_t>();
    case DType::Float32:
      return body.template operator()<float>();
    case DType::Float64:
      return body.template operator()<double>();
    case DType::Bool:
      break;
  }
  return body.template operator()<bool>();
}

/// The floating types only; anything else is PyTorch's `"<op>" not implemented for 'Long'`.
template <class Body>
decltype(auto) dispatch_floating(DType dtype, std::string_view op, Body&& body) {
  if (dtype == DType::Float32) return body.template operator()<float>();
  if (dtype != DType::Float64) {
    fail('"', op, "\" not implemented for '", scalar_type_name(dtype), "'");
  }
  return body.template operator()<double>();
}

/// A Python number: bool, int or float.
class Scalar {
 public:
  constexpr Scalar(bool value) : kind_(Kind::Bool), int_(value) {}
  constexpr Scalar(int value) : kind_(Kind::Int), int_(value) {}
  constexpr Scalar(int64_t value) : kind_(Kind::Int), int_(value) {}
  constexpr Scalar(double value) : kind_(Kind::Float), float_(value) {}
  constexpr Scalar(float value) : Scalar(static_cast<double>(value)) {}

  constexpr bool is_bool() const { return kind_ == Kind::Bool; }
  constexpr bool is_int() const { return kind_ == Kind::Int; }
  constexpr bool is_float() const { return kind_ == Kind::Float; }

  /// The dtype that a tensor made of this number has: bool, int64, or the default floating type.
  DType dtype() const;
  /// The value converted as C++ converts it (float to int truncates).
  template <class T>
  constexpr T to() const {
    return kind_ == Kind::Float ? static_cast<T>(float_) : static_cast<T>(int_);
  }
  constexpr double to_double() const { return to<double>(); }
  constexpr int64_t to_int() const { return to<int64_t>(); }
  constexpr bool truth() const { return is_float() ? float_ != 0 : int_ != 0; }
  bool equals(const Scalar& other) const {
    if (is_float() || other.is_float()) return to_double() == other.to_double();
    return int_ == other.int_;
  }

 private:
  enum class Kind : uint8_t { Bool, Int, Float };
  Kind kind_;
  union {
    int64_t int_;
    double float_;
  };
};

/// PyTorch's `torch.promote_types`: the smallest type that holds values of both.
DType promote_types(DType a, DType b);

/// What takes part in type promotion: tensors with dimensions outrank 0-dimensional tensors, which
/// outrank Python numbers, unless the lower one is of a higher category (bool < int < float).
/// Source: "Tensor Attributes", torch.dtype, in PyTorch's documentation.
struct Promotion {
  void add(DType dtype, int64_t dim, bool is_number);
  DType result() const;

 private:
  struct Level {
    DType dtype = DType::Bool;
    bool present = false;
    void add(DType other);
  };
  Level dimensioned_, zero_dim_, number_;
};

}  // namespace gradpad
