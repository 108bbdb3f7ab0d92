// One block of memory holds the Storage object and, behind it, its bytes.
#include "gradpad/tensor/storage.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <new>

#include "gradpad/tensor/error.h"

namespace gradpad {

namespace {

constexpr int64_t kAlignment = 64;

[[noreturn]] void out_of_memory(int64_t bytes) {
  fail(
      "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried "
      "to allocate ",
      bytes, " bytes. Error code 12 (Cannot allocate memory)");
}

}  // namespace

MemoryStats& memory_stats() {
  thread_local MemoryStats stats;
  return stats;
}

Ref<Storage> Storage::allocate(int64_t bytes) { return allocate_by(std::malloc, bytes); }

Ref<Storage> Storage::allocate_zeros(int64_t bytes) {
  return allocate_by([](size_t size) { return std::calloc(1, size); }, bytes);
}

Ref<Storage> Storage::allocate_by(void* (*take)(size_t), int64_t bytes) {
  MemoryStats& stats = memory_stats();
  const int64_t slack = bytes >= kAlignment ? kAlignment : 0;
  constexpr int64_t header = (static_cast<int64_t>(sizeof(Storage)) + 15) & ~int64_t{15};
  constexpr int64_t most = std::numeric_limits<ptrdiff_t>::max() - kAlignment - header;
  if (bytes < 0 || bytes > most) out_of_memory(bytes);
  if (stats.limit_bytes > 0 && stats.live_bytes + bytes > stats.limit_bytes) out_of_memory(bytes);
  void* block = take(static_cast<size_t>(header + bytes + slack));
  if (!block) out_of_memory(bytes);
  auto* data = static_cast<std::byte*>(block) + header;
  if (slack) {
    const auto address = reinterpret_cast<uintptr_t>(data);
    data += (kAlignment - static_cast<int64_t>(address % kAlignment)) % kAlignment;
  }
  stats.live_bytes += bytes;
  stats.peak_bytes = std::max(stats.peak_bytes, stats.live_bytes);
  ++stats.live_storages;
  return Ref<Storage>(new (block) Storage(data, bytes));
}

void Storage::dispose() noexcept {
  MemoryStats& stats = memory_stats();
  stats.live_bytes -= bytes_;
  --stats.live_storages;
  this->~Storage();
  std::free(this);
}

}  // namespace gradpad
