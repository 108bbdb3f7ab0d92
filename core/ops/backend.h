// What a backend adds to kernels/backend.h for the operations: the loops of the element-wise
// definitions (pointwise/), and the cells of recurrent layers. The CPU's are found without this.
#pragma once

#include <cstdint>

#include "gradpad/tensor/device.h"

namespace gradpad::ops {

struct CellTable;

/// Operands that are walked together: the output first. Strides in bytes, the operands' side by
/// side for each dimension, 0 where one is broadcast; the innermost dimension last.
struct ElementWalk {
  int operands = 0;
  char* const* data = nullptr;
  int dims = 0;
  const int64_t* shape = nullptr;
  const int64_t* strides = nullptr;  ///< [dims][operands]
};

struct Backend {
  /// out = forward(inputs...) of an op by its place in list.h, for inputs of `dtype`. Called only
  /// for types that the op has; `params` is the op's Params, in host memory.
  void (*elementwise)(uint16_t op, DType dtype, const ElementWalk& walk, const void* params);
  const CellTable* cells;
};

// Null where this build has no such backend.
const Backend* cuda_backend();
const Backend* reference_backend();

/// Of a device other than the CPU. RuntimeError where it is not available.
const Backend& backend_of(Device device);

}  // namespace gradpad::ops
