// Arithmetic of integers that wraps around, as PyTorch's does.
#pragma once

#include <cstdint>

#include "kernels/isa.h"

namespace gradpad {

/// What V computes in: the overflow of signed numbers C++ leaves undefined, that of unsigned ones
/// wraps. Floats and batches stay what they are.
template <class V>
struct Wrapping {
  using type = V;
};
template <>
struct Wrapping<int32_t> {
  using type = uint32_t;
};
template <>
struct Wrapping<int64_t> {
  using type = uint64_t;
};
template <class V>
GRADPAD_INLINE auto wrapping(V value) {
  return static_cast<typename Wrapping<V>::type>(value);
}

}  // namespace gradpad
