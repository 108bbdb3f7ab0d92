// Activation records. They live on a stack of the interpreter's own, those of generators on the
// heap.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "lang/objects/code.h"
#include "lang/objects/function.h"

namespace gradpad::lang {

class Generator;

struct alignas(Value) Frame {
  /// What happens to the value that a frame returns.
  enum class Kind : uint8_t {
    Call,       // register `result` of the frame behind
    Init,       // dropped: __init__; the object is in the register already
    Entry,      // leaves the loop: the call came from C++
    ForIter,    // a generator in a for loop: each yield is an item
    YieldFrom,  // a generator delegated to
  };

  Frame* back = nullptr;
  const Code* code = nullptr;
  const Instruction* pc = nullptr;  // the instruction at work
  Value* registers = nullptr;
  Function* function = nullptr;  // retained; null in a module
  Module* module = nullptr;
  Generator* generator = nullptr;  // whose frame this is
  uint32_t register_count = 0;
  uint16_t result = kNone;
  Kind kind = Kind::Call;
};

/// Memory for frames, last in first out.
class FrameStack {
 public:
  FrameStack();
  ~FrameStack();
  FrameStack(const FrameStack&) = delete;
  FrameStack& operator=(const FrameStack&) = delete;

  Frame* push(uint32_t register_count) {
    const size_t bytes = sizeof(Frame) + register_count * sizeof(Value);
    char* block = top_;
    if (static_cast<size_t>(limit_ - top_) < bytes) block = grow(bytes);
    top_ = block + bytes;
    return begin_frame(block, register_count);
  }
  void pop(Frame* frame) noexcept {
    top_ = reinterpret_cast<char*>(frame);
    if (top_ == chunks_.back().begin && chunks_.size() > 1) shrink();
  }
  static Frame* begin_frame(char* block, uint32_t register_count) {
    auto* frame = new (block) Frame;
    frame->registers = reinterpret_cast<Value*>(block + sizeof(Frame));
    frame->register_count = register_count;
    std::uninitialized_default_construct_n(frame->registers, register_count);
    return frame;
  }

 private:
  struct Chunk {
    char* begin;
    char* end;
    char* resume;  // where the chunk before had got to
  };
  char* grow(size_t bytes);
  void shrink() noexcept;

  std::vector<Chunk> chunks_;
  char* top_ = nullptr;
  char* limit_ = nullptr;
};
static_assert(sizeof(Frame) % alignof(Value) == 0);

}  // namespace gradpad::lang
