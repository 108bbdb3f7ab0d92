// Reference-counted bytes that tensors view, with a version that in-place operations advance, and
// the account of memory in use.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "gradpad/tensor/device.h"
#include "gradpad/tensor/ref.h"

namespace gradpad {

/// What can free memory that nothing uses any more, where somebody does: the search for cycles.
class MemoryPressure {
 public:
  /// Memory has grown beyond the mark: something should be done about it soon.
  virtual void on_growth() noexcept = 0;
  /// There is no memory left, and this is the last moment. True: try again.
  virtual bool reclaim() noexcept = 0;

 protected:
  ~MemoryPressure() = default;
};

/// What tensors that this thread made hold, wherever they end. `limit_bytes` bounds `held()`; 0
/// means no bound.
struct MemoryStats {
  int64_t live_bytes = 0;
  int64_t peak_bytes = 0;
  int64_t live_storages = 0;
  int64_t limit_bytes = 0;
  int64_t growth_mark = INT64_MAX;  ///< `live_bytes` from which on `pressure` is told
  MemoryPressure* pressure = nullptr;
  int64_t refused = 0;  ///< how often the limit or the system said no

  /// The elements, and about what stands around them: a graph of many small tensors is large.
  int64_t held() const noexcept { return live_bytes + live_storages * kAroundStorage; }
  static constexpr int64_t kAroundStorage = 512;
};
MemoryStats& memory_stats();

struct MemoryAccount;
class Moment;

class Storage : public RefCounted {
 public:
  /// Uninitialised bytes, 64-byte aligned from 64 bytes on (16 below). Throws PyTorch's allocator
  /// text when the memory cannot be had or the limit would be passed.
  static Ref<Storage> allocate(int64_t bytes);
  /// The same, all bytes zero. The system hands out large blocks of zeros without touching them, so
  /// this costs nothing until they are written.
  static Ref<Storage> allocate_zeros(int64_t bytes);
  /// Uninitialised bytes on any device. RuntimeError where there is none of its type.
  static Ref<Storage> allocate_on(Device device, int64_t bytes);

  virtual Device device() const noexcept { return {}; }
  /// An address of the device: only the CPU's may be read and written here.
  std::byte* data() noexcept { return data_; }
  int64_t bytes() const noexcept { return bytes_; }
  /// To be called before bytes that somebody may have looked at are written: what is to be
  /// remembered of them is copied (tensor/moment.h).
  void will_change() {
    if (moment_) keep_moment();
  }
  /// Advanced by every in-place operation that autograd must know of.
  uint32_t version() const noexcept { return version_.load(std::memory_order_relaxed); }
  void bump_version() noexcept {
    if (has_threads()) {
      version_.fetch_add(1, std::memory_order_relaxed);
    } else {
      version_.store(version() + 1, std::memory_order_relaxed);
    }
  }

 protected:
  Storage(std::byte* data, int64_t bytes, MemoryAccount& account)
      : data_(data), bytes_(bytes), account_(account) {}
  ~Storage() override = default;
  void dispose() noexcept override;
  /// Takes the bytes off the account they were put on.
  void discount() const noexcept;

 private:
  friend class Moment;
  static Ref<Storage> allocate_by(void* (*take)(size_t), int64_t bytes);
  void keep_moment();

  std::atomic<uint32_t> version_ = 0;
  std::byte* data_;
  int64_t bytes_;
  MemoryAccount& account_;
  Moment* moment_ = nullptr;  ///< of the bytes as they stand, where somebody keeps it
};

}  // namespace gradpad
