// Blocks of up to 256 bytes come from free lists by size class, the rest from malloc. Small blocks
// are taken a chunk at a time; chunks whose blocks are all free again go back when a run has ended,
// or when there is no other memory.
#include "lang/objects/heap.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
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

[[noreturn]] void out_of_memory() {
  ++stats_of_thread.refused;
  throw Error(ErrorKind::Memory, "");
}

/// The last resort before a MemoryError: what only cycles keep alive is freed.
bool reclaim() noexcept {
  MemoryPressure* pressure = memory_stats().pressure;
  return pressure && pressure->reclaim();
}

bool fits(size_t bytes) noexcept {
  const HeapStats& stats = stats_of_thread;
  const auto signed_bytes = static_cast<int64_t>(bytes);
  const int64_t tensors = bytes >= kLarge ? memory_stats().held() : 0;
  return signed_bytes >= 0 && signed_bytes <= stats.limit_bytes - stats.live_bytes - tensors;
}

void charge(size_t bytes) {
  HeapStats& stats = stats_of_thread;
  if (stats.limit_bytes > 0 && !fits(bytes) && !(reclaim() && fits(bytes))) out_of_memory();
  stats.live_bytes += static_cast<int64_t>(bytes);
  if (stats.live_bytes > stats.growth_mark) memory_stats().pressure->on_growth();
}

#if GRADPAD_POOL
constexpr size_t kStep = 16;
constexpr size_t kPooled = 256;
constexpr size_t kChunk = 32 * 1024;

struct FreeBlock {
  FreeBlock* next;
};

struct Chunk {
  char* begin = nullptr;
  uint32_t blocks = 0;
  uint32_t free = 0;  // while trimming

  bool idle() const { return free == blocks; }
};

struct Chunks {
  std::vector<Chunk> list;
  ~Chunks() {
    for (const Chunk& chunk : list) std::free(chunk.begin);
  }
  /// The list is sorted. Neighbours in a free list lie mostly in one chunk: `last` comes first.
  Chunk& of(const void* block, Chunk* last) {
    const auto* at = static_cast<const char*>(block);
    const std::less<> before;
    if (last && !before(at, last->begin) && before(at, last->begin + kChunk)) return *last;
    const auto next =
        std::upper_bound(list.begin(), list.end(), at,
                         [&](const char* p, const Chunk& c) { return before(p, c.begin); });
    return *std::prev(next);
  }
};

constinit thread_local FreeBlock* free_lists[kPooled / kStep + 1] = {};
thread_local Chunks chunks;

/// Frees the chunks of which nothing is in use.
void free_idle_chunks() noexcept {
  std::sort(chunks.list.begin(), chunks.list.end(),
            [](const Chunk& a, const Chunk& b) { return std::less<>()(a.begin, b.begin); });
  for (Chunk& chunk : chunks.list) chunk.free = 0;
  Chunk* chunk = nullptr;
  for (const FreeBlock* block : free_lists) {
    for (; block; block = block->next) {
      chunk = &chunks.of(block, chunk);
      ++chunk->free;
    }
  }
  for (FreeBlock*& list : free_lists) {
    FreeBlock** link = &list;
    while (FreeBlock* block = *link) {
      chunk = &chunks.of(block, chunk);
      if (chunk->idle()) {
        *link = block->next;
      } else {
        link = &block->next;
      }
    }
  }
  std::erase_if(chunks.list, [](const Chunk& one) {
    if (!one.idle()) return false;
    std::free(one.begin);
    return true;
  });
}
#else
void free_idle_chunks() noexcept {}
#endif

/// From malloc; what only cycles keep alive and what stands idle is given up for it.
void* allocate_block(size_t bytes) {
  void* block = std::malloc(bytes);
  if (!block) {
    reclaim();
    free_idle_chunks();
    block = std::malloc(bytes);
  }
  if (!block) out_of_memory();
  return block;
}

#if GRADPAD_POOL
void* refill(size_t size_class) {
  const size_t bytes = size_class * kStep;
  // Room for the entry first, in steps that grow.
  chunks.list.emplace_back();
  chunks.list.pop_back();
  auto* chunk = static_cast<char*>(allocate_block(kChunk));
  chunks.list.push_back({chunk, static_cast<uint32_t>(kChunk / bytes)});
  const size_t count = kChunk / bytes;
  // What has been given back while the memory for this was sought.
  FreeBlock* list = free_lists[size_class];
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

void heap_trim() noexcept {
#if GRADPAD_POOL
  // A little is kept warm for the next run.
  constexpr int64_t kIdle = 32 * 1024 * 1024;
  const auto taken = static_cast<int64_t>(chunks.list.size() * kChunk);
  if (taken - stats_of_thread.live_bytes > kIdle) free_idle_chunks();
#endif
}

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
