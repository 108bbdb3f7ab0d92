// The memory of frames.
#include "lang/vm/frame.h"

#include <algorithm>

namespace gradpad::lang {

FrameStack::FrameStack() = default;

FrameStack::~FrameStack() {
  for (const Chunk& chunk : chunks_)
    heap_free(chunk.begin, static_cast<size_t>(chunk.end - chunk.begin));
}

char* FrameStack::grow(size_t bytes) {
  constexpr size_t kChunk = 64 * 1024;
  const size_t size = std::max(bytes, kChunk);
  auto* block = static_cast<char*>(heap_allocate(size));
  chunks_.push_back({block, block + size, top_});
  limit_ = block + size;
  return block;
}

void FrameStack::shrink() noexcept {
  const Chunk chunk = chunks_.back();
  chunks_.pop_back();
  heap_free(chunk.begin, static_cast<size_t>(chunk.end - chunk.begin));
  top_ = chunk.resume;
  limit_ = chunks_.back().end;
}

}  // namespace gradpad::lang
