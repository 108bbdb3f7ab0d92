// Blocks of up to 256 bytes come from free lists by size class, the rest from malloc. A page's
// worth of small blocks is taken at a time and kept for the life of the thread.
#include "lang/objects/heap.h"

#include <cstdlib>
#include <new>
#include <vector>

#include "gradpad/tensor/error.h"
#include "gradpad/tensor/storage.h"

#if defined(__SANITIZE_ADDRESS__)
#define GRADPAD_POOL 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GRADPAD_POOL 0
#endif
#endif
#ifndef GRADPAD_POOL
#define GRADPAD_POOL 1
#endif

namespace gradpad::lang {

namespace {

// Blocks this large are worth a look at what tensors hold as well.
constexpr size_t kLarge = 64 * 1024;

constinit thread_local HeapStats stats_of_thread;

[[noreturn]] void out_of_memory() { throw Error(ErrorKind::Memory, ""); }

/// The last resort before a MemoryError: what only cycles keep alive is freed.
bool reclaim() noexcept {
  MemoryPressure* pressure = memory_stats().pressure;
  return pressure && pressure->reclaim();
}

bool fits(size_t bytes) noexcept {
  const HeapStats& stats = stats_of_thread;
  const auto signed_bytes = static_cast<int64_t>(bytes);
  const int64_t tensors = bytes >= kLarge ? memory_stats().live_bytes : 0;
  return signed_bytes >= 0 && signed_bytes <= stats.limit_bytes - stats.live_bytes - tensors;
}

void charge(size_t bytes) {
  HeapStats& stats = stats_of_thread;
  if (stats.limit_bytes > 0 && !fits(bytes) && !(reclaim() && fits(bytes))) out_of_memory();
  stats.live_bytes += static_cast<int64_t>(bytes);
  if (stats.live_bytes > stats.growth_mark) memory_stats().pressure->on_growth();
}

/// std::malloc, which is tried again when something could be freed.
void* allocate_block(size_t bytes) {
  void* block = std::malloc(bytes);
  if (!block && reclaim()) block = std::malloc(bytes);
  if (!block) out_of_memory();
  return block;
}

#if GRADPAD_POOL
constexpr size_t kStep = 16;
constexpr size_t kPooled = 256;
constexpr size_t kChunk = 32 * 1024;

struct FreeBlock {
  FreeBlock* next;
};

struct Chunks {
  std::vector<void*> blocks;
  ~Chunks() {
    for (void* block : blocks) std::free(block);
  }
};

constinit thread_local FreeBlock* free_lists[kPooled / kStep + 1] = {};

void* refill(size_t size_class) {
  thread_local Chunks chunks;
  const size_t bytes = size_class * kStep;
  auto* chunk = static_cast<char*>(allocate_block(kChunk));
  chunks.blocks.push_back(chunk);
  const size_t count = kChunk / bytes;
  FreeBlock* list = nullptr;
  for (size_t i = count; i-- > 1;) {
    auto* block = reinterpret_cast<FreeBlock*>(chunk + i * bytes);
    block->next = list;
    list = block;
  }
  free_lists[size_class] = list;
  return chunk;
}
#endif

void* take(size_t bytes) {
#if GRADPAD_POOL
  if (bytes <= kPooled) {
    const size_t size_class = (bytes + kStep - 1) / kStep;
    FreeBlock* block = free_lists[size_class];
    if (!block) return refill(size_class);
    free_lists[size_class] = block->next;
    return block;
  }
#endif
  return allocate_block(bytes);
}

void give_back(void* block, size_t bytes) noexcept {
#if GRADPAD_POOL
  if (bytes <= kPooled) {
    auto* free_block = static_cast<FreeBlock*>(block);
    FreeBlock*& list = free_lists[(bytes + kStep - 1) / kStep];
    free_block->next = list;
    list = free_block;
    return;
  }
#endif
  (void)bytes;
  std::free(block);
}

}  // namespace

HeapStats& heap_stats() noexcept { return stats_of_thread; }

void* heap_allocate_object(size_t bytes) {
  charge(bytes);
  void* block = nullptr;
  try {
    block = take(bytes);
  } catch (...) {
    stats_of_thread.live_bytes -= static_cast<int64_t>(bytes);
    throw;
  }
  ++stats_of_thread.live_objects;
  return block;
}

void heap_free_object(void* block, size_t bytes) noexcept {
  --stats_of_thread.live_objects;
  stats_of_thread.live_bytes -= static_cast<int64_t>(bytes);
  give_back(block, bytes);
}

void* heap_allocate(size_t bytes) {
  if (bytes == 0) bytes = 1;
  charge(bytes);
  try {
    return take(bytes);
  } catch (...) {
    stats_of_thread.live_bytes -= static_cast<int64_t>(bytes);
    throw;
  }
}

void heap_free(void* block, size_t bytes) noexcept {
  if (bytes == 0) bytes = 1;
  stats_of_thread.live_bytes -= static_cast<int64_t>(bytes);
  give_back(block, bytes);
}

}  // namespace gradpad::lang
