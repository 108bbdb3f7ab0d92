// A ring of values: both ends grow and shrink in constant time.
#pragma once

#include <cstdint>

#include "lang/objects/sequence.h"

namespace gradpad::lang {

class Ring {
 public:
  int64_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  Value& operator[](int64_t i) noexcept { return slots_[place(i)]; }
  const Value& operator[](int64_t i) const noexcept { return slots_[place(i)]; }

  void push_back(Value item);
  void push_front(Value item);
  Value pop_back() noexcept;
  Value pop_front() noexcept;
  /// Before position i, 0 <= i <= size().
  void insert(int64_t i, Value item);
  Value erase(int64_t i) noexcept;
  /// Moves the first `count` items to the end, 0 <= count <= size().
  void rotate(int64_t count) noexcept;
  void reverse() noexcept;
  /// The items leave the ring one after the other once it is empty already.
  void clear() noexcept;
  Values to_values() const;
  void visit(ReferenceVisitor& visitor) const { visit_each(visitor, slots_); }

 private:
  size_t place(int64_t i) const noexcept {
    return (head_ + static_cast<size_t>(i)) & (slots_.size() - 1);
  }
  void make_room();

  Values slots_;  // empty or a power of two
  size_t head_ = 0;
  int64_t size_ = 0;
};

}  // namespace gradpad::lang
