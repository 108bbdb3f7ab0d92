// Memory of the language's objects: a pool for small blocks, an account with a limit, and the
// allocator with which containers take theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

namespace gradpad::lang {

/// What the objects of this thread hold (tensors have an account of their own). `limit_bytes`
/// bounds `live_bytes` plus the bytes of tensors; 0 means no bound.
struct HeapStats {
  int64_t live_bytes = 0;
  int64_t live_objects = 0;
  int64_t limit_bytes = 0;
  int64_t growth_mark = INT64_MAX;  ///< `live_bytes` from which on MemoryStats::pressure is told
  int64_t refused = 0;              ///< how often the limit or the system said no
};
HeapStats& heap_stats() noexcept;

/// A block for an object; MemoryError where the limit would be passed.
void* heap_allocate_object(size_t bytes);
void heap_free_object(void* block, size_t bytes) noexcept;

/// A block for the contents of a container or string; MemoryError as above.
void* heap_allocate(size_t bytes);
void heap_free(void* block, size_t bytes) noexcept;

/// Gives memory that freed objects have left back to the system, if it is worth the walk. Called
/// when a runtime has ended, and when the system has no more.
void heap_trim() noexcept;

/// Standard allocator over heap_allocate, so that a list without end becomes a MemoryError.
template <class T>
struct HeapAllocator {
  using value_type = T;
  HeapAllocator() = default;
  template <class U>
  HeapAllocator(const HeapAllocator<U>&) noexcept {}
  T* allocate(size_t count) {
    if (count > std::numeric_limits<size_t>::max() / sizeof(T)) {
      return static_cast<T*>(heap_allocate(std::numeric_limits<size_t>::max()));
    }
    return static_cast<T*>(heap_allocate(count * sizeof(T)));
  }
  void deallocate(T* block, size_t count) noexcept { heap_free(block, count * sizeof(T)); }
  template <class U>
  bool operator==(const HeapAllocator<U>&) const noexcept {
    return true;
  }
};

}  // namespace gradpad::lang
