// Trigonometric and hyperbolic functions; angles are in radians.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Sin : Unary {
  static constexpr PointwiseText text{
      "sin", "SinBackward0",
      "The sine of each element, in radians.\n"
      "Derivative: g * cos(input).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::sin(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * cos(r.a()); }
};

struct Cos : Unary {
  static constexpr PointwiseText text{
      "cos", "CosBackward0",
      "The cosine of each element, in radians.\n"
      "Derivative: -g * sin(input).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::cos(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * -sin(r.a()); }
};

struct Tan : Unary {
  static constexpr PointwiseText text{
      "tan", "TanBackward0",
      "The tangent of each element, in radians.\n"
      "Derivative: g * (1 + result²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "U"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::tan(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * (1 + square(r.result())); }
};

struct Asin : Unary {
  static constexpr PointwiseText text{
      "asin", "AsinBackward0",
      "Inverse sine; NaN outside [-1, 1].\n"
      "Derivative: g / sqrt(1 - input²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "U"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::asin(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * rsqrt(1 - square(r.a())); }
};

struct Acos : Unary {
  static constexpr PointwiseText text{
      "acos", "AcosBackward0",
      "Inverse cosine; NaN outside [-1, 1].\n"
      "Derivative: -g / sqrt(1 - input²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "U"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::acos(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * -rsqrt(1 - square(r.a())); }
};

struct Atan : Unary {
  static constexpr PointwiseText text{
      "atan", "AtanBackward0",
      "The inverse tangent, in (-pi/2, pi/2).\n"
      "Derivative: g / (1 + input²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::atan(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g / (square(r.a()) + 1); }
};

struct Sinh : Unary {
  static constexpr PointwiseText text{
      "sinh", "SinhBackward0",
      "The hyperbolic sine, (exp(input) - exp(-input)) / 2.\n"
      "Derivative: g * cosh(input).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::sinh(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * cosh(r.a()); }
};

struct Cosh : Unary {
  static constexpr PointwiseText text{
      "cosh", "CoshBackward0",
      "The hyperbolic cosine, (exp(input) + exp(-input)) / 2.\n"
      "Derivative: g * sinh(input).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::cosh(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * sinh(r.a()); }
};

struct Tanh : Unary {
  static constexpr PointwiseText text{
      "tanh", "TanhBackward0",
      "The hyperbolic tangent, between -1 and 1.\n"
      "Derivative: g * (1 - result²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::tanh(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * (1 - square(r.result())); }
};

struct Atan2 : Binary {
  static constexpr PointwiseText text{
      "atan2", "Atan2Backward0",
      "Angle of the point (other, input), in (-pi, pi].\n"
      "Derivative: g * other / (input² + other²); -g * input / (input² + other²).\n"
      "Shape: that to which the operands broadcast.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: RuntimeError where the shapes do not broadcast.",
      "TT"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return math::atan2(a, b);
  }
  static Variable derivative_a(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return g * (b / (square(a) + square(b)));
  }
  static Variable derivative_b(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return g * (-a / (square(a) + square(b)));
  }
};

}  // namespace gradpad::ops
