// Trigonometric and hyperbolic functions; angles are in radians.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Sin : Unary {
  static constexpr PointwiseText text{"sin", "SinBackward0", "Sine.", "T"};
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
  static constexpr PointwiseText text{"cos", "CosBackward0", "Cosine.", "T"};
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
  static constexpr PointwiseText text{"tan", "TanBackward0", "Tangent.", "U"};
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
  static constexpr PointwiseText text{"asin", "AsinBackward0", "Inverse sine; NaN outside [-1, 1].",
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
  static constexpr PointwiseText text{"acos", "AcosBackward0",
                                      "Inverse cosine; NaN outside [-1, 1].", "U"};
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
  static constexpr PointwiseText text{"atan", "AtanBackward0", "Inverse tangent.", "T"};
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
  static constexpr PointwiseText text{"sinh", "SinhBackward0", "Hyperbolic sine.", "T"};
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
  static constexpr PointwiseText text{"cosh", "CoshBackward0", "Hyperbolic cosine.", "T"};
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
  static constexpr PointwiseText text{"tanh", "TanhBackward0", "Hyperbolic tangent.", "T"};
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
  static constexpr PointwiseText text{"atan2", "Atan2Backward0",
                                      "Angle of the point (other, input), in (-pi, pi].", "TT"};
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
