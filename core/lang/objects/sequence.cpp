// list, tuple, range and slice: storage, and slices applied to a length.
#include "lang/objects/sequence.h"

#include <memory>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

void List::clear_references() noexcept {
  Values old;
  old.swap(items);
}

Tuple::Tuple(int64_t size) : Object(kKind), size_(size) {
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

SliceIndices resolve_slice(Runtime& rt, const Slice& slice, int64_t length) {
  const auto read = [&](const Value& v, int64_t otherwise) {
    if (v.is_none()) return otherwise;
    if (v.is_integral()) return v.as_int();
    const Value index = rt.find_special(v, rt.names.index.get());
    if (index.is_unbound() && !v.is_tensor()) {
      fail(ErrorKind::Type, "slice indices must be integers or None or have an __index__ method");
    }
    return rt.to_index(v);
  };
  const int64_t step = read(slice.step, 1);
  if (step == 0) fail(ErrorKind::Value, "slice step cannot be zero");
  const bool forward = step > 0;
  const int64_t low = forward ? 0 : -1;
  const int64_t high = forward ? length : length - 1;
  const auto clip = [&](int64_t i) {
    if (i < 0) i = i < -length ? low : i + length < low ? low : i + length;
    return i > high ? high : i;
  };
  SliceIndices out{};
  out.step = step;
  out.start = slice.start.is_none() ? (forward ? low : high) : clip(read(slice.start, 0));
  out.stop = slice.stop.is_none() ? (forward ? high : low) : clip(read(slice.stop, 0));
  if (forward && out.start < out.stop) out.count = (out.stop - out.start - 1) / step + 1;
  if (!forward && out.start > out.stop) {
    const uint64_t span = static_cast<uint64_t>(out.start - out.stop - 1);
    out.count = static_cast<int64_t>(span / (0 - static_cast<uint64_t>(step))) + 1;
  }
  return out;
}

}  // namespace gradpad::lang
