// Iterators written in C++: those of list, dict, range, map, zip and so on.
#pragma once

#include "lang/objects/object.h"

namespace gradpad::lang {

/// Derive, implement `next`, and return `rt.make_iterator<MyIterator>(type_name, ...)`.
class Iterator : public Container {
 public:
  static constexpr Kind kKind = Kind::Iterator;
  /// Puts the next item into `out`; false at the end, and for ever after.
  virtual bool next(Runtime& rt, Value& out) = 0;
  /// Python's __length_hint__: how many items remain, or -1.
  virtual int64_t remaining(Runtime&) { return -1; }
  void clear_references() noexcept override {}

 protected:
  Iterator() : Container(kKind) {}
};

}  // namespace gradpad::lang
