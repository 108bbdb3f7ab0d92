// The default floating type.
#include "gradpad/tensor/default_dtype.h"

namespace gradpad {

namespace {

constinit thread_local DType default_of_thread = DType::Float32;

}  // namespace

DType default_dtype() noexcept { return default_of_thread; }

void set_default_dtype(DType dtype) {
  if (!is_floating(dtype)) {
    fail(ErrorKind::Type, "only floating-point types are supported as the default type");
  }
  default_of_thread = dtype;
}

DType Scalar::dtype() const {
  return is_float() ? default_dtype() : is_int() ? DType::Int64 : DType::Bool;
}

}  // namespace gradpad
