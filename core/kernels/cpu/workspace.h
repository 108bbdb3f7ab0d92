// Scratch memory that kernels use again from call to call: fresh memory would cost a page fault for
// every 4 KiB of it.
#pragma once

#include <cstdint>

namespace gradpad::kernels {

/// Uses of the scratch memory that are alive at the same time.
enum class Scratch : uint8_t { PackedA, PackedB, Vector, Image, Columns, Sums };

/// At least `bytes` bytes, aligned to 64, valid until this thread's next call for the same use.
void* scratch(Scratch use, int64_t bytes);

template <class T>
T* scratch_of(Scratch use, int64_t count) {
  return static_cast<T*>(scratch(use, count * static_cast<int64_t>(sizeof(T))));
}

}  // namespace gradpad::kernels
