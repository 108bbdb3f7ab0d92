// The loops of every element-wise op for one instruction set.
#include "kernels/cpu/loops.h"

#include "ops/pointwise/all.h"

namespace gradpad::kernels::GRADPAD_ISA {

namespace {

template <class Op, class T>
constexpr Loop loop_for() {
  if constexpr (!ops::has_type<Op, T>()) {
    return nullptr;
  } else if constexpr (Op::kArity == 1) {
    return unary_loop<Op, T>;
  } else if constexpr (Op::kArity == 2) {
    return binary_loop<Op, T>;
  } else {
    return &loop<Op, bool, T, T>;
  }
}

template <class Op>
constexpr ops::LoopRow row() {
  return {loop_for<Op, uint8_t>(), loop_for<Op, int32_t>(), loop_for<Op, int64_t>(),
          loop_for<Op, float>(),   loop_for<Op, double>(),  loop_for<Op, bool>()};
}

}  // namespace

extern const ops::LoopRow pointwise_loops[];
const ops::LoopRow pointwise_loops[] = {
#define GRADPAD_OP(entry)
#define GRADPAD_KERNEL(Op) row<ops::Op>(),
#define GRADPAD_UNARY(name, Op) row<ops::Op>(),
#define GRADPAD_BINARY(name, Op) row<ops::Op>(),
#include "gradpad/ops/list.h"
#undef GRADPAD_OP
#undef GRADPAD_KERNEL
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY
};

}  // namespace gradpad::kernels::GRADPAD_ISA
