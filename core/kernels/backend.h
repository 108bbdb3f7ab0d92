// What one type of device brings: its memory and its table of kernels. Each backend defines its
// function below; a build without it links the `absent.cpp` that stands beside it instead.
#pragma once

#include "gradpad/tensor/device.h"
#include "kernels/kernels.h"

namespace gradpad::kernels {

struct Backend {
  const DeviceMemory* memory;
  const KernelTable& (*kernels)();
};

// Null where this build has no such backend.
const Backend* cpu_backend();
const Backend* cuda_backend();
const Backend* reference_backend();

const Backend* find_backend(DeviceType type);

}  // namespace gradpad::kernels
