// The table of one instruction set.
#include "kernels/cpu/common_kernels.h"
#include "kernels/cpu/cpu_kernels.h"

namespace gradpad::kernels::GRADPAD_ISA {

const KernelTable& kernel_table() {
  static const KernelTable table = [] {
    KernelTable t{};
    t.isa = kIsa;
    add_gemm(t);
    add_reductions(t);
    add_softmax(t);
    add_convolution(t);
    add_integer_reductions(t);
    add_integer_gemm(t);
    add_rows(t);
    add_pooling(t);
    add_normalising(t);
    add_windows(t);
    add_class_losses(t);
    add_scans(t);
    add_sorting(t);
    add_indexing(t);
    return t;
  }();
  return table;
}

}  // namespace gradpad::kernels::GRADPAD_ISA
