// The CPU kernels that are compiled once, for no instruction set in particular: what they do is
// moving bytes, integer arithmetic that the compiler vectorises, or picking from windows.
#pragma once

#include "kernels/kernels.h"

namespace gradpad::kernels {

// Each sets its entries of the table.
void add_integer_reductions(KernelTable& table);
void add_integer_gemm(KernelTable& table);
void add_copies(KernelTable& table);
void add_rows(KernelTable& table);
void add_pooling(KernelTable& table);

}  // namespace gradpad::kernels
