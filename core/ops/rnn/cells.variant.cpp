// The kernels of recurrent layers of the active instruction set.
#include "ops/rnn/cells.h"

namespace gradpad::kernels {
#define GRADPAD_X(isa)                    \
  namespace isa {                         \
  extern const ops::CellTable cell_table; \
  }
GRADPAD_ISA_LIST
#undef GRADPAD_X
}  // namespace gradpad::kernels

namespace gradpad::ops {

const CellTable& cell_table() {
  using namespace gradpad::kernels;
#define GRADPAD_X(isa) {Isa::isa, &isa::cell_table},
  static const CellTable& table = pick_table<CellTable>({GRADPAD_ISA_LIST});
#undef GRADPAD_X
  return table;
}

}  // namespace gradpad::ops
