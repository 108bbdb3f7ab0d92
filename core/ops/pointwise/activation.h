// Activation functions.
#pragma once

#include "ops/pointwise/pointwise.h"

namespace gradpad::ops {

struct Sigmoid : Unary {
  static constexpr PointwiseText text{
      "sigmoid", "SigmoidBackward0",
      "1 / (1 + exp(-input)).\n"
      "Derivative: g * result * (1 - result).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating; integers and bool become the default floating type.\n"
      "Errors: none beside wrong types of arguments.",
      "T", kEverywhere | kInPlace | kFunctional};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::sigmoid(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return g * ((1 - r.result()) * r.result());
  }
};

struct Relu : Unary {
  static constexpr PointwiseText text{"relu", "ReluBackward0",
                                      "max(input, 0). Its derivative at 0 is taken as 0.\n"
                                      "Derivative: g where input > 0, else 0.\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: any but bool; the result has that of `input`.\n"
                                      "Errors: RuntimeError for bool.",
                                      "P", kEverywhere | kInPlace | kFunctional};
  static constexpr auto kTypes = Types::numeric;
  static constexpr Saves kSaves = kSaveResult;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::max(a, math::constant<V>(0));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return where(gt(r.result(), 0), g, Variable(0.0));
  }
};

struct LeakyRelu : Unary {
  static constexpr PointwiseText text{"leaky_relu", "LeakyReluBackward0", "", "", 0};
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  struct Params {
    double slope;
  };
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    return math::select(a > math::constant<V>(0), a, a * math::constant<V>(p.slope));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    return where(gt(r.a(), 0), g, g * r.params<Params>().slope);
  }
};

/// scale * (input above 0, else alpha * (exp(input) - 1)): elu and selu.
struct Elu : Unary {
  static constexpr PointwiseText text{"elu", "EluBackward0", "", "", 0};
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  struct Params {
    double alpha, scale;
  };
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    const V below = math::constant<V>(p.alpha) * math::expm1(a);
    return math::constant<V>(p.scale) * math::select(a > math::constant<V>(0), a, below);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const auto& p = r.params<Params>();
    const Variable a = r.a();
    return g * where(gt(a, 0), Variable(p.scale), p.alpha * p.scale * exp(a));
  }
};

struct Softplus : Unary {
  static constexpr PointwiseText text{"softplus", "SoftplusBackward0", "", "", 0};
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  struct Params {
    double beta, threshold;
  };
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    const V scaled = a * math::constant<V>(p.beta);
    return math::select(scaled > math::constant<V>(p.threshold), a,
                        math::log1p(math::exp(scaled)) / math::constant<V>(p.beta));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const auto& p = r.params<Params>();
    const Variable scaled = r.a() * p.beta;
    return where(gt(scaled, p.threshold), g, g * sigmoid(scaled));
  }
};

/// log(1 / (1 + exp(-input))) without overflow.
struct LogSigmoid : Unary {
  static constexpr PointwiseText text{"logsigmoid", "LogSigmoidBackward0",
                                      "log(1 / (1 + exp(-input))).\n"
                                      "Derivative: g * sigmoid(-input).\n"
                                      "Shape: that of `input`.\n"
                                      "Dtypes: floating.\n"
                                      "Errors: none beside wrong types of arguments.",
                                      "T", kFunctional};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return math::min(a, math::constant<V>(0)) - math::log1p(math::exp(-math::abs(a)));
  }
  static Variable derivative(const Variable& g, Recall& r) { return g * sigmoid(-r.a()); }
};

struct Silu : Unary {
  static constexpr PointwiseText text{
      "silu", "SiluBackward0",
      "The sigmoid-weighted unit, input * sigmoid(input).\n"
      "Derivative: g * sigmoid(input) * (1 + input * (1 - sigmoid(input))).\n"
      "Shape: that of `input`.\n"
      "Dtypes: floating.\n"
      "Errors: none beside wrong types of arguments.",
      "T", kFunctional};
  static constexpr auto kResult = ResultType::floating;
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    return a * math::sigmoid(a);
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const Variable a = r.a(), s = sigmoid(a);
    return g * (s * (1 + a * (1 - s)));
  }
};

/// input times the normal distribution's cumulative function.
struct Gelu : Unary {
  static constexpr PointwiseText text{"gelu", "GeluBackward0", "", "", 0};
  static constexpr auto kTypes = Types::floating;
  static constexpr Saves kSaves = kSaveA;
  template <class V>
  GRADPAD_INLINE static V forward(V a) {
    const V half = math::constant<V>(0.5);
    return half * a * (math::constant<V>(1) + math::erf(a * math::constant<V>(0.7071067811865476)));
  }
  static Variable derivative(const Variable& g, Recall& r) {
    const Variable a = r.a();
    const Variable cumulative = 0.5 * (1 + erf(a * 0.7071067811865476));
    return g * (cumulative + a * (0.3989422804014327 * exp(-0.5 * square(a))));
  }
};

}  // namespace gradpad::ops
