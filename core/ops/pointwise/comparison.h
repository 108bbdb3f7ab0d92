// Comparisons, logic and bits. None has a derivative.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Eq : Binary {
  static constexpr PointwiseText text{"eq", "",
                                      "Whether the elements are equal: input == other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a == b;
  }
};

struct Ne : Binary {
  static constexpr PointwiseText text{"ne", "",
                                      "Whether the elements differ: input != other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a != b;
  }
};

struct Lt : Binary {
  static constexpr PointwiseText text{"lt", "",
                                      "Whether each element is smaller: input < other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a < b;
  }
};

struct Le : Binary {
  static constexpr PointwiseText text{"le", "",
                                      "Whether each element is at most as large: input <= other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a <= b;
  }
};

struct Gt : Binary {
  static constexpr PointwiseText text{"gt", "",
                                      "Whether each element is larger: input > other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a > b;
  }
};

struct Ge : Binary {
  static constexpr PointwiseText text{"ge", "",
                                      "Whether each element is at least as large: input >= other.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr Numbers kNumbers = kNumberB;
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a >= b;
  }
};

struct LogicalAnd : Binary {
  static constexpr PointwiseText text{"logical_and", "",
                                      "True where both are not 0, as bool.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr auto kResult = ResultType::logical;
  GRADPAD_INLINE static bool forward(bool a, bool b) { return a && b; }
};

struct LogicalOr : Binary {
  static constexpr PointwiseText text{"logical_or", "",
                                      "True where either is not 0, as bool.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr auto kResult = ResultType::logical;
  GRADPAD_INLINE static bool forward(bool a, bool b) { return a || b; }
};

struct LogicalXor : Binary {
  static constexpr PointwiseText text{"logical_xor", "",
                                      "True where exactly one is not 0, as bool.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      ""};
  static constexpr auto kResult = ResultType::logical;
  GRADPAD_INLINE static bool forward(bool a, bool b) { return a != b; }
};

struct LogicalNot : Unary {
  static constexpr PointwiseText text{"logical_not", "",
                                      "True where input is 0, as bool.\n"
                                      "Derivative: none.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      ""};
  static constexpr auto kResult = ResultType::logical;
  GRADPAD_INLINE static bool forward(bool a) { return !a; }
};

struct BitwiseAnd : Binary {
  static constexpr PointwiseText text{"bitwise_and",
                                      "",
                                      "Bitwise and of integers; of bools, the logical one.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: integers and bool.\n"
                                      "Errors: RuntimeError for floating operands.",
                                      "",
                                      kEverywhere | kInPlace,
                                      "",
                                      "bitwise_and_cpu"};
  static constexpr Numbers kNumbers = kNumberAB;
  static constexpr auto kTypes = Types::integral;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(a & b);
  }
};

struct BitwiseOr : Binary {
  static constexpr PointwiseText text{"bitwise_or",
                                      "",
                                      "Bitwise or of integers; of bools, the logical one.\n"
                                      "Derivative: none.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: integers and bool.\n"
                                      "Errors: RuntimeError for floating operands.",
                                      "",
                                      kEverywhere | kInPlace,
                                      "",
                                      "bitwise_or_cpu"};
  static constexpr Numbers kNumbers = kNumberAB;
  static constexpr auto kTypes = Types::integral;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(a | b);
  }
};

struct BitwiseXor : Binary {
  static constexpr PointwiseText text{
      "bitwise_xor",
      "",
      "Bitwise exclusive or of integers; of bools, the logical one.\n"
      "Derivative: none.\n"
      "Shape: that to which the operands broadcast.\n"
      "Dtypes: integers and bool.\n"
      "Errors: RuntimeError for floating operands.",
      "",
      kEverywhere | kInPlace,
      "",
      "bitwise_xor_cpu"};
  static constexpr Numbers kNumbers = kNumberAB;
  static constexpr auto kTypes = Types::integral;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(a ^ b);
  }
};

struct BitwiseNot : Unary {
  static constexpr PointwiseText text{"bitwise_not",
                                      "",
                                      "Bitwise complement of integers; of bools, logical not.\n"
                                      "Derivative: none.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: integers and bool.\n"
                                      "Errors: RuntimeError for floating operands.",
                                      "",
                                      kEverywhere | kInPlace,
                                      "",
                                      "bitwise_not_cpu"};
  static constexpr auto kTypes = Types::integral;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    if constexpr (std::is_same_v<V, bool>)
      return !a;
    else
      return static_cast<V>(~a);
  }
};

struct Isnan : Unary {
  static constexpr PointwiseText text{"isnan", "",
                                      "Whether each element is NaN.\n"
                                      "Derivative: none.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "", kEverywhere};
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a != a;
    else
      return math::isnan(a);
  }
};

struct Isinf : Unary {
  static constexpr PointwiseText text{"isinf", "",
                                      "True where input is infinite.\n"
                                      "Derivative: none.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "", kEverywhere};
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return a != a;
    else
      return math::isinf(a);
  }
};

struct Isfinite : Unary {
  static constexpr PointwiseText text{"isfinite", "",
                                      "True where input is neither NaN nor infinite.\n"
                                      "Derivative: none.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result is bool.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "", kEverywhere};
  static constexpr auto kResult = ResultType::boolean;
  template <class V>
  GRADPAD_INLINE static auto forward(V a) {
    if constexpr (std::is_integral_v<V>)
      return true;
    else
      return math::isfinite(a);
  }
};

}  // namespace gradpad::ops
