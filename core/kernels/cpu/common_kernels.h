// The CPU kernels that are compiled once, for no instruction set in particular: what they do is
// moving bytes, integer arithmetic that the compiler vectorises, or picking from windows.
#pragma once

#include "kernels/kernels.h"

namespace gradpad::kernels {

// Each sets its entries of the table.
void add_integer_reductions(KernelTable& table);
void add_integer_gemm(KernelTable& table);
void add_rows(KernelTable& table);
void add_pooling(KernelTable& table);
void add_normalising(KernelTable& table);
void add_windows(KernelTable& table);
void add_class_losses(KernelTable& table);
void add_scans(KernelTable& table);
void add_sorting(KernelTable& table);
void add_indexing(KernelTable& table);

}  // namespace gradpad::kernels
