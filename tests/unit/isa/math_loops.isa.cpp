#include "unit/isa/math_loops.h"

#include "kernels/cpu/loops.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

#define GRADPAD_UNARY(name)                \
  struct name##_op {                       \
    template <class V>                     \
    GRADPAD_INLINE static V forward(V a) { \
      return math::name(a);                \
    }                                      \
  };
#define GRADPAD_BINARY(name)                    \
  struct name##_op {                            \
    template <class V>                          \
    GRADPAD_INLINE static V forward(V a, V b) { \
      return math::name(a, b);                  \
    }                                           \
  };
// clang-format off
#define GRADPAD_UNARY_LIST(X)                                           \
  X(exp) X(exp2) X(expm1) X(log) X(log1p) X(log2) X(log10)              \
  X(sin) X(cos) X(tan) X(asin) X(acos) X(atan) X(sinh) X(cosh) X(tanh)  \
  X(sigmoid) X(erf) X(erfc) X(sqrt) X(rsqrt) X(abs) X(sign)             \
  X(floor) X(ceil) X(round) X(trunc)
// clang-format on
#define GRADPAD_BINARY_LIST(X) \
  X(pow) X(atan2) X(fmod) X(remainder) X(floor_divide) X(min) X(max) X(copysign)
GRADPAD_UNARY_LIST(GRADPAD_UNARY)
GRADPAD_BINARY_LIST(GRADPAD_BINARY)

struct Less {
  template <class V>
  GRADPAD_INLINE static auto forward(V a, V b) {
    return a < b;
  }
};
struct Where {
  template <class M, class V>
  GRADPAD_INLINE static V forward(M condition, V a, V b) {
    return math::select(condition, a, b);
  }
};
struct Clamp {
  using Params = test::ClampParams;
  template <class V>
  GRADPAD_INLINE static V forward(V a, const Params& p) {
    return math::min(math::max(a, math::constant<V>(p.low)), math::constant<V>(p.high));
  }
};

void scalar_exp(float* out, const float* in, int64_t n) {
  for (int64_t i = 0; i < n; ++i) out[i] = math::exp(in[i]);
}

}  // namespace

const test::MathTable& math_test_table() {
#define GRADPAD_ROW_1(name) {#name, unary_loop<name##_op, float>, unary_loop<name##_op, double>},
#define GRADPAD_ROW_2(name) {#name, binary_loop<name##_op, float>, binary_loop<name##_op, double>},
  static constexpr test::MathLoops kUnary[] = {GRADPAD_UNARY_LIST(GRADPAD_ROW_1)};
  static constexpr test::MathLoops kBinary[] = {GRADPAD_BINARY_LIST(GRADPAD_ROW_2)};
  static constexpr test::MathTable table{{kUnary, kUnary + sizeof(kUnary) / sizeof(*kUnary)},
                                         {kBinary, kBinary + sizeof(kBinary) / sizeof(*kBinary)},
                                         binary_loop<Less, float>,
                                         binary_loop<Less, double>,
                                         loop<Where, bool, float, float>,
                                         loop<Where, bool, double, double>,
                                         unary_loop<Clamp, float>,
                                         unary_loop<Clamp, int64_t>,
                                         scalar_exp};
  return table;
}

}  // namespace gradpad::kernels::GRADPAD_ISA
