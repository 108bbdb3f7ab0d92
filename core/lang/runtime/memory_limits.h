// What objects and tensors may take, for as long as this stands.
#pragma once

#include "gradpad/tensor/storage.h"
#include "lang/objects/heap.h"

namespace gradpad::lang {

class MemoryLimits {
 public:
  /// 0: no limit, as for what must be said when a program has used up its own.
  explicit MemoryLimits(int64_t max_bytes) noexcept
      : tensors_(memory_stats().limit_bytes), objects_(heap_stats().limit_bytes) {
    memory_stats().limit_bytes = max_bytes;
    heap_stats().limit_bytes = max_bytes;
  }
  ~MemoryLimits() {
    memory_stats().limit_bytes = tensors_;
    heap_stats().limit_bytes = objects_;
  }
  MemoryLimits(const MemoryLimits&) = delete;
  MemoryLimits& operator=(const MemoryLimits&) = delete;

 private:
  int64_t tensors_, objects_;
};

}  // namespace gradpad::lang
