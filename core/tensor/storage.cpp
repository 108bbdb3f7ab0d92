// On the CPU one block of memory holds the Storage object and, behind it, its bytes. The object of
// another device's bytes stands alone.
#include "gradpad/tensor/storage.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#include "gradpad/tensor/error.h"

namespace gradpad {

namespace {

constexpr int64_t kAlignment = 64;

[[noreturn]] void out_of_memory(int64_t bytes) {
  ++memory_stats().refused;
  fail(
      "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried "
      "to allocate ",
      bytes, " bytes. Error code 12 (Cannot allocate memory)");
}

}  // namespace

/// What a thread's tensors hold. An account outlives its thread, for tensors may: a thread that
/// starts later takes it over, with what is still out.
struct MemoryAccount {
  MemoryStats stats;  ///< the owner's alone
  // What ended on other threads since the owner last looked.
  std::atomic<int64_t> returned_bytes = 0;
  std::atomic<int64_t> returned_storages = 0;

  void take_returned() {
    stats.live_bytes -= returned_bytes.exchange(0, std::memory_order_relaxed);
    stats.live_storages -= returned_storages.exchange(0, std::memory_order_relaxed);
  }
};

namespace {

/// All accounts, and those whose thread has ended.
struct Accounts {
  std::mutex mutex;
  std::vector<std::unique_ptr<MemoryAccount>> all;
  std::vector<MemoryAccount*> free;

  static Accounts& get() {
    // Never destroyed: tensors may end after everything else.
    static Accounts& accounts = *std::make_unique<Accounts>().release();
    return accounts;
  }
  MemoryAccount& open() {
    const std::lock_guard lock(mutex);
    if (free.empty()) return *all.emplace_back(std::make_unique<MemoryAccount>());
    MemoryAccount& account = *free.back();
    free.pop_back();
    return account;
  }
  void close(MemoryAccount& account) {
    account.stats.limit_bytes = 0;
    const std::lock_guard lock(mutex);
    free.push_back(&account);
  }
};

constinit thread_local MemoryAccount* own_account = nullptr;

MemoryAccount& open_account() {
  struct Owner {
    ~Owner() {
      Accounts::get().close(*own_account);
      own_account = nullptr;
    }
  };
  own_account = &Accounts::get().open();
  thread_local Owner owner;
  return *own_account;
}

MemoryAccount& account_of_thread() {
  MemoryAccount& account = own_account ? *own_account : open_account();
  if (account.returned_storages.load(std::memory_order_relaxed) != 0) account.take_returned();
  return account;
}

/// The last resort before an error: what only cycles keep alive is freed.
bool reclaim(const MemoryStats& stats) noexcept {
  return stats.pressure && stats.pressure->reclaim();
}

/// RuntimeError where `bytes` more would pass the limit of this thread's account, which it returns.
MemoryAccount& account_for(int64_t bytes) {
  MemoryAccount& account = account_of_thread();
  const MemoryStats& stats = account.stats;
  const auto fits = [&] {
    return stats.limit_bytes <= 0 || bytes <= stats.limit_bytes - stats.held();
  };
  if (!fits() && !(reclaim(stats) && fits())) out_of_memory(bytes);
  return account;
}

void count(MemoryStats& stats, int64_t bytes) {
  stats.live_bytes += bytes;
  stats.peak_bytes = std::max(stats.peak_bytes, stats.live_bytes);
  ++stats.live_storages;
  if (stats.live_bytes > stats.growth_mark) stats.pressure->on_growth();
}

/// Bytes of a device other than the CPU.
class DeviceStorage final : public Storage {
 public:
  DeviceStorage(Device device, const DeviceMemory& memory, void* data, int64_t bytes,
                MemoryAccount& account)
      : Storage(static_cast<std::byte*>(data), bytes, account), device_(device), memory_(&memory) {}
  Device device() const noexcept override { return device_; }

 private:
  void dispose() noexcept override {
    discount();
    memory_->release(device_.index, data(), bytes());
    delete this;
  }

  Device device_;
  const DeviceMemory* memory_;
};

}  // namespace

MemoryStats& memory_stats() { return account_of_thread().stats; }

Ref<Storage> Storage::allocate(int64_t bytes) { return allocate_by(std::malloc, bytes); }

Ref<Storage> Storage::allocate_zeros(int64_t bytes) {
  return allocate_by([](size_t size) { return std::calloc(1, size); }, bytes);
}

Ref<Storage> Storage::allocate_by(void* (*take)(size_t), int64_t bytes) {
  const int64_t slack = bytes >= kAlignment ? kAlignment : 0;
  constexpr int64_t header = (static_cast<int64_t>(sizeof(Storage)) + 15) & ~int64_t{15};
  constexpr int64_t most = std::numeric_limits<ptrdiff_t>::max() - kAlignment - header;
  if (bytes < 0 || bytes > most) out_of_memory(bytes);
  MemoryAccount& account = account_for(bytes);
  void* block = take(static_cast<size_t>(header + bytes + slack));
  if (!block && reclaim(account.stats)) block = take(static_cast<size_t>(header + bytes + slack));
  if (!block) out_of_memory(bytes);
  auto* data = static_cast<std::byte*>(block) + header;
  if (slack) {
    const auto address = reinterpret_cast<uintptr_t>(data);
    data += (kAlignment - static_cast<int64_t>(address % kAlignment)) % kAlignment;
  }
  count(account.stats, bytes);
  return Ref<Storage>(new (block) Storage(data, bytes, account));
}

Ref<Storage> Storage::allocate_on(Device device, int64_t bytes) {
  if (device.is_cpu()) return allocate(bytes);
  const DeviceMemory* memory = find_memory(device.type);
  if (!memory) fail("device ", to_string(device), " is not available");
  if (bytes < 0) out_of_memory(bytes);
  MemoryAccount& account = account_for(bytes);
  void* data = memory->allocate(device.index, bytes);
  if (!data) out_of_memory(bytes);
  count(account.stats, bytes);
  return make_ref<DeviceStorage>(device, *memory, data, bytes, account);
}

void Storage::discount() const noexcept {
  if (&account_ == own_account) {
    account_.stats.live_bytes -= bytes_;
    --account_.stats.live_storages;
  } else {
    account_.returned_bytes.fetch_add(bytes_, std::memory_order_relaxed);
    account_.returned_storages.fetch_add(1, std::memory_order_relaxed);
  }
}

void Storage::dispose() noexcept {
  discount();
  this->~Storage();
  std::free(this);
}

}  // namespace gradpad
