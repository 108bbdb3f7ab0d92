#include "kernels/cpu/workspace.h"

#include <memory>
#include <new>

namespace gradpad::kernels {
namespace {

constexpr std::align_val_t kAlignment{64};
// More than that is given back at the next smaller request.
constexpr int64_t kKeepBytes = int64_t{4} << 20;

struct Free {
  void operator()(void* p) const { ::operator delete(p, kAlignment); }
};

struct Buffer {
  std::unique_ptr<void, Free> memory;
  int64_t bytes = 0;
};

thread_local Buffer buffers[static_cast<int>(Scratch::Sums) + 1];

}  // namespace

void* scratch(Scratch use, int64_t bytes) {
  Buffer& buffer = buffers[static_cast<int>(use)];
  if (bytes > buffer.bytes || (buffer.bytes > kKeepBytes && bytes <= kKeepBytes)) {
    buffer.memory.reset();
    buffer.bytes = 0;
    buffer.memory.reset(::operator new(static_cast<size_t>(bytes), kAlignment));
    buffer.bytes = bytes;
  }
  return buffer.memory.get();
}

}  // namespace gradpad::kernels
