// The loops of the active instruction set.
#include "kernels/isa.h"
#include "ops/pointwise/pointwise.h"

namespace gradpad::kernels {
#define GRADPAD_X(isa)                         \
  namespace isa {                              \
  extern const ops::LoopRow pointwise_loops[]; \
  }
GRADPAD_ISA_LIST
#undef GRADPAD_X
}  // namespace gradpad::kernels

namespace gradpad::ops {

const LoopRow& loops_of(const PointwiseDef& def) {
  using namespace gradpad::kernels;
#define GRADPAD_X(isa) {Isa::isa, isa::pointwise_loops},
  static const LoopRow* const table = &pick_table<LoopRow>({GRADPAD_ISA_LIST});
#undef GRADPAD_X
  return table[def.index];
}

}  // namespace gradpad::ops
