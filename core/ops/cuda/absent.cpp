// Stands in where the CUDA backend is not built.
#include "ops/backend.h"

namespace gradpad::ops {

const Backend* cuda_backend() { return nullptr; }

}  // namespace gradpad::ops
