// The floating type of what is made of Python floats, on this thread: `torch.set_default_dtype`.
// Promotion uses it where no tensor decides: integers that become floats, a number beside integers.
#pragma once

#include "gradpad/tensor/dtype.h"

namespace gradpad {

/// Float32 unless set.
DType default_dtype() noexcept;
/// TypeError for a type that is not floating.
void set_default_dtype(DType dtype);

/// Sets it for a scope.
class DefaultDTypeGuard {
 public:
  explicit DefaultDTypeGuard(DType dtype) : previous_(default_dtype()) { set_default_dtype(dtype); }
  ~DefaultDTypeGuard() { set_default_dtype(previous_); }
  DefaultDTypeGuard(const DefaultDTypeGuard&) = delete;
  DefaultDTypeGuard& operator=(const DefaultDTypeGuard&) = delete;

 private:
  DType previous_;
};

}  // namespace gradpad
