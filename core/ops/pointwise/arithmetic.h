// Arithmetic: the operators, powers, extrema, and what is made of them.
#pragma once

#include <cmath>

#include "kernels/wrapping.h"
#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Add : Binary {
  static constexpr PointwiseText text{"add", "AddBackward0", "input + other.", "TT", 0};
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(wrapping(a) + wrapping(b));
  }
  static Variable derivative_a(const Variable& g, Recall&) { return g; }
  static Variable derivative_b(const Variable& g, Recall&) { return g; }
};

struct Sub : Binary {
  static constexpr PointwiseText text{"sub", "SubBackward0", "input - other.", "TT", 0};
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(wrapping(a) - wrapping(b));
  }
  static Variable derivative_a(const Variable& g, Recall&) { return g; }
  static Variable derivative_b(const Variable& g, Recall&) { return -g; }
};

/// A number minus a tensor, which PyTorch computes by the tensor's reflected method.
struct Rsub : Binary {
  static constexpr PointwiseText text{"rsub", "RsubBackward0", "other - input.", "TT",
                                      0,      "RsubBackward1"};
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(wrapping(b) - wrapping(a));
  }
  static Variable derivative_a(const Variable& g, Recall&) { return -g; }
  static Variable derivative_b(const Variable& g, Recall&) { return g; }
};

struct Mul : Binary {
  static constexpr PointwiseText text{"mul", "MulBackward0",
                                      "input * other, element by element; for bool, and.\n"
                                      "Derivative: g * other; g * input.\n"
                                      "Shape: that to which the operands broadcast.\n"
                                      "Dtypes: any; the result has the promoted one.\n"
                                      "Errors: RuntimeError where the shapes do not broadcast.",
                                      "TT"};
  static constexpr Numbers kNumbers = kNumberAB;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  static constexpr Saves kSavesForA = kSaveB, kSavesForB = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return static_cast<V>(wrapping(a) * wrapping(b));
  }
  static Variable derivative_a(const Variable& g, Recall& r) { return g * r.b(); }
  static Variable derivative_b(const Variable& g, Recall& r) { return g * r.a(); }
};

struct Div : Binary {
  static constexpr PointwiseText text{"div", "DivBackward0", "input / other; integers give floats.",
                                      "TP", 0};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  static constexpr Saves kSavesForA = kSaveB;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return a / b;
  }
  static Variable derivative_a(const Variable& g, Recall& r) { return g / r.b(); }
  static Variable derivative_b(const Variable& g, Recall& r) {
    const Variable b = r.b();
    return -g * ((r.a() / b) / b);
  }
};

/// The kernel of floor_divide, which checks for integer division by zero first.
struct FloorDivide : Binary {
  static constexpr PointwiseText text{"floor_divide", "", "", "", 0};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return math::floor_divide(a, b);
  }
};

struct Remainder : Binary {
  static constexpr PointwiseText text{"remainder", "RemainderBackward1", "", "",
                                      0,           "RemainderBackward0"};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  static constexpr Saves kSavesForA = kSaveNothing;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return math::remainder(a, b);
  }
  static Variable derivative_a(const Variable& g, Recall&) { return g; }
  static Variable derivative_b(const Variable& g, Recall& r) {
    return -g * floor(r.a().detach() / r.b().detach());
  }
};

struct Fmod : Binary {
  static constexpr PointwiseText text{"fmod", "FmodBackward1", "", "", 0, "FmodBackward0"};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  static constexpr Saves kSavesForA = kSaveNothing;
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return math::fmod(a, b);
  }
  static Variable derivative_a(const Variable& g, Recall&) { return g; }
  static Variable derivative_b(const Variable& g, Recall& r) {
    return -g * trunc(r.a().detach() / r.b().detach());
  }
};

/// The kernel of pow with two tensors.
struct Pow : Binary {
  static constexpr PointwiseText text{"pow", "PowBackward1", "", "", 0, "PowBackward2"};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB | kSaveResult);
  static constexpr Saves kSavesForA = static_cast<Saves>(kSaveA | kSaveB);
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    return math::pow(a, b);
  }
  static Variable derivative_a(const Variable& g, Recall& r) {
    const Variable b = r.b();
    return where(eq(b, 0), Variable(0.0), g * b * pow(r.a(), b - 1));
  }
  static Variable derivative_b(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    // The logarithm of a number, in full precision.
    if (a.is_number() && a.item().to_double() > 0) {
      return g * (r.result() * std::log(a.item().to_double()));
    }
    // 0 to a power that is not negative has the limit 0; log(0) would make it NaN.
    return where(logical_and(eq(a, 0), ge(b, 0)), Variable(0.0), g * r.result() * log(a));
  }
};

/// The kernel of pow with a number as exponent.
struct PowNumber : Unary {
  static constexpr PointwiseText text{"pow", "PowBackward0", "", "", 0};
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  struct Params {
    double exponent;
  };
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    if (p.exponent == 2) return a * a;
    if (p.exponent == 3) return a * a * a;
    if (p.exponent == 1) return a;
    if (p.exponent == 0.5) return math::sqrt(a);
    if (p.exponent == -1) return math::constant<V>(1) / a;
    return math::pow(a, math::constant<V>(p.exponent));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const double n = r.params<Params>().exponent;
    if (n == 0) return g * 0.0;
    return g * (n * pow(r.a(), n - 1));
  }
};

struct Neg : Unary {
  static constexpr PointwiseText text{"neg", "NegBackward0",
                                      "The elements with the other sign, -input.\n"
                                      "Derivative: -g.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any but bool; the result has that of `input`.\n"
                                      "Errors: RuntimeError for bool.",
                                      "T"};
  static constexpr auto kTypes = Types::numeric;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    // Batches subtract from 0, which would lose the sign of -0.
    if constexpr (std::is_integral_v<V>) {
      return static_cast<V>(-wrapping(a));
    } else {
      return a * math::constant<V>(-1);
    }
  }
  static Variable derivative(const Variable& g, Recall&) { return -g; }
};

struct Abs : Unary {
  static constexpr PointwiseText text{"abs", "AbsBackward0",
                                      "Absolute value. Its derivative at 0 is taken as 0.\n"
                                      "Derivative: g * sign(input).\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "P"};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::abs(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * sign(r.a()); }
};

struct Sign : Unary {
  static constexpr PointwiseText text{"sign", "SignBackward0",
                                      "-1, 0 or 1. Its derivative is 0.\n"
                                      "Derivative: 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any; the result has that of `input`.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "P"};
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::sign(a);
  }
  static Variable derivative(const Variable& g, Recall&) { return g * 0.0; }
};

struct Sqrt : Unary {
  static constexpr PointwiseText text{
      "sqrt", "SqrtBackward0",
      "Square root; NaN below 0.\n"
      "Derivative: g / (2 * result).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::sqrt(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return g / (2.0 * r.result()); }
};

struct Rsqrt : Unary {
  static constexpr PointwiseText text{
      "rsqrt", "RsqrtBackward0",
      "One divided by the square root, 1 / sqrt(input).\n"
      "Derivative: -g * result³ / 2.\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::constant<V>(1) / math::sqrt(a);
  }
  static Variable derivative(const Variable& g, Recall& r) { return -0.5 * g * pow(r.result(), 3); }
};

struct Reciprocal : Unary {
  static constexpr PointwiseText text{
      "reciprocal", "ReciprocalBackward0",
      "One divided by each element, 1 / input.\n"
      "Derivative: -g * result².\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "P"};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::constant<V>(1) / a;
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const Variable y = r.result();
    return -g * (y * y);
  }
};

struct Maximum : Binary {
  static constexpr PointwiseText text{
      "maximum", "MaximumBackward0",
      "The larger of each two elements, NaN if either is. Where they are equal each gets half of "
      "the gradient.\n"
      "Derivative: g where the operand is larger, half where they are equal.\n"
      "Shape: that to which the operands broadcast.\n"
      "Dtypes: any; the result has the promoted one.\n"
      "Errors: RuntimeError where the shapes do not broadcast.",
      "TT", kTorch | kMethod};
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    // Of 0 and -0, which are equal, the first.
    return math::max(b, a);
  }
  static Variable derivative_a(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return where(eq(a, b), g / 2, where(lt(a, b), Variable(0.0), g));
  }
  static Variable derivative_b(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return where(eq(a, b), g / 2, where(gt(a, b), Variable(0.0), g));
  }
};

struct Minimum : Binary {
  static constexpr PointwiseText text{
      "minimum", "MinimumBackward0",
      "The smaller of each two elements, NaN if either is. Where they are equal each gets half of "
      "the gradient.\n"
      "Derivative: g where the operand is smaller, half where they are equal.\n"
      "Shape: that to which the operands broadcast.\n"
      "Dtypes: any; the result has the promoted one.\n"
      "Errors: RuntimeError where the shapes do not broadcast.",
      "TT", kTorch | kMethod};
  static constexpr Saves kSaves = static_cast<Saves>(kSaveA | kSaveB);
  template <class V>
  GRADPAD_INLINE static V forward(V a, V b) {
    // Of 0 and -0, which are equal, the first.
    return math::min(b, a);
  }
  static Variable derivative_a(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return where(eq(a, b), g / 2, where(gt(a, b), Variable(0.0), g));
  }
  static Variable derivative_b(const Variable& g, Recall& r) {
    const Variable a = r.a(), b = r.b();
    return where(eq(a, b), g / 2, where(lt(a, b), Variable(0.0), g));
  }
};

/// The kernel of clamp with numbers as bounds; a missing bound is infinite.
struct Clamp : Unary {
  static constexpr PointwiseText text{"clamp", "ClampBackward1", "", "", 0};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = kSaveA;
  struct Params {
    double low, high;
  };
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    return math::min(math::max(a, math::constant<V>(p.low)), math::constant<V>(p.high));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const auto& p = r.params<Params>();
    const Variable a = r.a();
    return where(logical_and(ge(a, p.low), le(a, p.high)), g, Variable(0.0));
  }
};

/// The kernel of where.
struct Where : Masked {
  static constexpr PointwiseText text{"where", "WhereBackward0", "", "", 0};
  static constexpr Saves kSaves = kSaveA;
  template <class M, class V>
  GRADPAD_INLINE static V forward(M mask, V a, V b) {
    return math::select(mask, a, b);
  }
  static Variable derivative_b(const Variable& g, Recall& r) {
    return where(r.a(), g, Variable(0.0));
  }
  static Variable derivative_c(const Variable& g, Recall& r) {
    return where(r.a(), Variable(0.0), g);
  }
};

}  // namespace gradpad::ops
