// Hands out the tables of kernels.
#include "kernels/kernels.h"

namespace gradpad::kernels {

#define GRADPAD_X(isa)               \
  namespace isa {                    \
  const KernelTable& kernel_table(); \
  }
GRADPAD_ISA_LIST
#undef GRADPAD_X

const KernelTable& kernels_of(Isa isa) {
#define GRADPAD_X(isa_) {Isa::isa_, &isa_::kernel_table},
  static constexpr struct {
    Isa isa;
    const KernelTable& (*table)();
  } kTables[] = {GRADPAD_ISA_LIST};
#undef GRADPAD_X
  for (const auto& entry : kTables) {
    if (entry.isa == isa) return entry.table();
  }
  return kTables[0].table();
}

const KernelTable& kernels() {
  static const KernelTable& table = kernels_of(active_isa());
  return table;
}

}  // namespace gradpad::kernels
