// Exponentials, logarithms and the error function.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Exp : Unary {
  static constexpr PointwiseText text{
      "exp", "ExpBackward0",
      "e to the power of input.\n"
      "Derivative: g * result.\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::exp(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * r.result(); }
};

struct Exp2 : Unary {
  static constexpr PointwiseText text{
      "exp2", "Exp2Backward0",
      "2 to the power of input.\n"
      "Derivative: g * result * log(2).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::exp2(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g * r.result() * 0.6931471805599453;
  }
};

struct Expm1 : Unary {
  static constexpr PointwiseText text{
      "expm1", "Expm1Backward0",
      "exp(input) - 1, accurate near 0.\n"
      "Derivative: g * (result + 1).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::expm1(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * (r.result() + 1); }
};

struct Log : Unary {
  static constexpr PointwiseText text{
      "log", "LogBackward0",
      "Natural logarithm; -inf at 0, NaN below.\n"
      "Derivative: g / input.\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::log(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g / r.a(); }
};

struct Log2 : Unary {
  static constexpr PointwiseText text{
      "log2", "Log2Backward0",
      "Logarithm to base 2.\n"
      "Derivative: g / (input * log(2)).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::log2(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g / (r.a() * 0.6931471805599453);
  }
};

struct Log10 : Unary {
  static constexpr PointwiseText text{
      "log10", "Log10Backward0",
      "Logarithm to base 10.\n"
      "Derivative: g / (input * log(10)).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::log10(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g / (r.a() * 2.302585092994046);
  }
};

struct Log1p : Unary {
  static constexpr PointwiseText text{
      "log1p", "Log1PBackward0",
      "log(1 + input), accurate near 0.\n"
      "Derivative: g / (1 + input).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::log1p(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g / (r.a() + 1); }
};

struct Erf : Unary {
  static constexpr PointwiseText text{
      "erf", "ErfBackward0",
      "Error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to input.\n"
      "Derivative: g * 2 / sqrt(pi) * exp(-input²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::erf(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g * (1.1283791670955126 * exp(-square(r.a())));
  }
};

struct Erfc : Unary {
  static constexpr PointwiseText text{
      "erfc", "ErfcBackward0",
      "The rest of the error function, 1 - erf(input).\n"
      "Derivative: -g * 2 / sqrt(pi) * exp(-input²).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::erfc(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g * (-1.1283791670955126 * exp(-square(r.a())));
  }
};

}  // namespace gradpad::ops
