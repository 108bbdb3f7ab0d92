// operator new for programs that run other people's programs: the command line, the WebAssembly
// module, the tests. What no account holds, such as a text while it is put together, is bounded as
// well then: a block that the running program could not have is refused, before the system is
// asked. The library itself leaves operator new alone.
#include <cstdlib>
#include <new>

#include "gradpad/tensor/storage.h"
#include "lang/objects/heap.h"

namespace {

// Smaller ones come to little before the objects made of them are counted.
constexpr size_t kLarge = 1024 * 1024;

bool allows(size_t bytes) noexcept {
  const gradpad::lang::HeapStats& objects = gradpad::lang::heap_stats();
  if (objects.limit_bytes == 0) return true;
  const int64_t left = objects.limit_bytes - objects.live_bytes - gradpad::memory_stats().held();
  return left > 0 && bytes <= static_cast<uint64_t>(left);
}

}  // namespace

void* operator new(size_t bytes) {
  if (bytes >= kLarge && !allows(bytes)) throw std::bad_alloc();
  void* block = std::malloc(bytes > 0 ? bytes : 1);
  if (!block) throw std::bad_alloc();
  return block;
}
// By default this calls the one above, except where a sanitizer has put its own in its place.
void* operator new(size_t bytes, const std::nothrow_t&) noexcept {
  try {
    return operator new(bytes);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }
