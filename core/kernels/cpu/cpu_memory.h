// The CPU's part of gradpad/tensor/device.h.
#pragma once

#include "gradpad/tensor/device.h"

namespace gradpad::kernels {

/// DeviceMemory::copy for host memory.
void cpu_copy(CopySide out, CopySide in, const int64_t* shape, int dims);

}  // namespace gradpad::kernels
