// The storage of list and tuple, and the length of a range.
#include "lang/objects/sequence.h"

#include <memory>

#include "gradpad/tensor/error.h"
#include "lang/objects/heap.h"

namespace gradpad::lang {

void List::clear_references() noexcept {
  Values old;
  old.swap(items);
}

Tuple::Tuple(int64_t size) : Object(kKind, Reach::Unknown), size_(size) {
  if (size > 0) {
    items_ = static_cast<Value*>(heap_allocate(static_cast<size_t>(size) * sizeof(Value)));
    std::uninitialized_default_construct_n(items_, size);
  }
}

Tuple::~Tuple() {
  if (!items_) return;
  std::destroy_n(items_, size_);
  heap_free(items_, static_cast<size_t>(size_) * sizeof(Value));
}

void Tuple::settle_reach() {
  for (const Value& item : *this) {
    if (item.is_unbound()) return;  // it is being made
    if (item.is_reference() && item.as_reference()->reach() != Reach::Nothing) return;
  }
  set_reach(Reach::Nothing);
}

namespace {

int64_t range_count(int64_t start, int64_t stop, int64_t step) {
  // Unsigned differences cannot overflow.
  uint64_t count = 0;
  if (step > 0 && start < stop) {
    const uint64_t span = static_cast<uint64_t>(stop) - static_cast<uint64_t>(start) - 1;
    count = span / static_cast<uint64_t>(step) + 1;
  } else if (step < 0 && start > stop) {
    const uint64_t span = static_cast<uint64_t>(start) - static_cast<uint64_t>(stop) - 1;
    count = span / (0 - static_cast<uint64_t>(step)) + 1;
  }
  if (count > static_cast<uint64_t>(INT64_MAX)) {
    fail(ErrorKind::Overflow, "Python int too large to convert to C ssize_t");
  }
  return static_cast<int64_t>(count);
}

}  // namespace

Range::Range(int64_t start_, int64_t stop_, int64_t step_)
    : Object(kKind),
      start(start_),
      stop(stop_),
      step(step_),
      count(range_count(start_, stop_, step_)) {}

}  // namespace gradpad::lang
