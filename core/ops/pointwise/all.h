// All element-wise ops with their places in list.h.
#pragma once

#include "ops/pointwise/activation.h"
#include "ops/pointwise/arithmetic.h"
#include "ops/pointwise/comparison.h"
#include "ops/pointwise/exponential.h"
#include "ops/pointwise/rounding.h"
#include "ops/pointwise/trigonometric.h"

namespace gradpad::ops {

#define GRADPAD_OP(entry)
#define GRADPAD_KERNEL(Op) Op,
#define GRADPAD_UNARY(name, Op) Op,
#define GRADPAD_BINARY(name, Op) Op,

namespace place {
enum Place : uint16_t {
#include "gradpad/ops/list.h"
};
}  // namespace place

#undef GRADPAD_KERNEL
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY

template <class Op>
inline constexpr PointwiseDef def_of = [] {
  static_assert(sizeof(Op) == 0, "not in ops/list.h");
  return PointwiseDef{};
}();
#define GRADPAD_KERNEL(Op) \
  template <>              \
  inline constexpr PointwiseDef def_of<Op> = make_def<Op>(place::Op);
#define GRADPAD_UNARY(name, Op) GRADPAD_KERNEL(Op)
#define GRADPAD_BINARY(name, Op) GRADPAD_KERNEL(Op)
#include "gradpad/ops/list.h"
#undef GRADPAD_OP
#undef GRADPAD_KERNEL
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY

}  // namespace gradpad::ops
