#include "unit/isa/math_loops.h"

namespace gradpad::kernels {

#define GRADPAD_X(isa)                      \
  namespace isa {                           \
  const test::MathTable& math_test_table(); \
  }
GRADPAD_ISA_LIST
#undef GRADPAD_X

const test::MathTable& test::math_table(Isa isa) {
#define GRADPAD_X(isa_) \
  if (isa == Isa::isa_) return isa_::math_test_table();
  GRADPAD_ISA_LIST
#undef GRADPAD_X
  return math_table(available_isas().front());
}

}  // namespace gradpad::kernels
