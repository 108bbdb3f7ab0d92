// The parts of the reference backend's table. Every kernel here is the plainest loop that computes
// what kernels.h says, in a wider type where sums are taken: other backends are compared with it.
#pragma once

#include "kernels/kernels.h"

namespace gradpad::kernels::reference {

void add_products(KernelTable& table);
void add_reductions(KernelTable& table);
void add_normalising(KernelTable& table);
void add_convolution(KernelTable& table);
void add_pooling(KernelTable& table);
void add_rows(KernelTable& table);

}  // namespace gradpad::kernels::reference
