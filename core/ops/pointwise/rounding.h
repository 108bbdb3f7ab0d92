// Rounding.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Floor : Unary {
  static constexpr PointwiseText text{"floor", "FloorBackward0",
                                      "The largest integer not above input. Its derivative is 0.\n"
                                      "Derivative: 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "T"};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a;
    else
      return math::floor(a);
  }
  static Variable derivative(const Variable& g, Recall&) { return g * 0.0; }
};

struct Ceil : Unary {
  static constexpr PointwiseText text{"ceil", "CeilBackward0",
                                      "The smallest integer not below input. Its derivative is 0.\n"
                                      "Derivative: 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "T"};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a;
    else
      return math::ceil(a);
  }
  static Variable derivative(const Variable& g, Recall&) { return g * 0.0; }
};

struct Round : Unary {
  static constexpr PointwiseText text{"round", "RoundBackward0",
                                      "The nearest integer, halves to even. Its derivative is 0.\n"
                                      "Derivative: 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "T"};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a;
    else
      return math::round(a);
  }
  static Variable derivative(const Variable& g, Recall&) { return g * 0.0; }
};

struct Trunc : Unary {
  static constexpr PointwiseText text{"trunc", "TruncBackward0",
                                      "The integer part. Its derivative is 0.\n"
                                      "Derivative: 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "T"};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a;
    else
      return math::trunc(a);
  }
  static Variable derivative(const Variable& g, Recall&) { return g * 0.0; }
};

}  // namespace gradpad::ops
