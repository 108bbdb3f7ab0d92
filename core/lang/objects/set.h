// set and frozenset. They hash with the language's own equality, so lookups may run user code.
#pragma once

#include <cstdint>
#include <vector>

#include "lang/objects/object.h"

namespace gradpad::lang {

/// set and frozenset. CPython's table and probing, so that sets of numbers print in its order.
class Set : public Container {
 public:
  static constexpr Kind kKind = Kind::Set;
  Set() : Container(kKind) {}
  void clear_references() noexcept override { clear(); }
  void visit(ReferenceVisitor& visitor) override;

  int64_t size() const noexcept { return used_; }
  bool contains(ObjectSpace& space, const Value& key);
  bool contains(ObjectSpace& space, const Value& key, int64_t hash);
  /// True where the item is new.
  bool add(ObjectSpace& space, const Value& key);
  bool add(ObjectSpace& space, const Value& key, int64_t hash);
  bool erase(ObjectSpace& space, const Value& key);
  void clear() noexcept;
  /// Adds all items of another set, placed as CPython's `update`, `|` and `copy` place them.
  void merge(ObjectSpace& space, Set& other);
  /// Exchanges the items of two sets.
  void swap_items(Set& other) noexcept;

  struct Entry {
    Value key;  // unbound: empty or deleted
    int64_t hash = 0;
    bool deleted = false;
  };
  /// Walks the items: `int64_t at = 0; while (Entry* e = set.next(at)) ...`.
  Entry* next(int64_t& position) noexcept;

  bool frozen = false;
  mutable int64_t frozen_hash = 0;
  int64_t finger = 0;  // where pop() looks next, so that emptying a set takes linear time

 private:
  Entry* lookup(ObjectSpace& space, const Value& key, int64_t hash);
  bool is_crowded() const noexcept;
  void grow();
  void resize(int64_t minimum);
  void insert_clean(Value key, int64_t hash) noexcept;

  std::vector<Entry, HeapAllocator<Entry>> table_;  // empty or a power of two
  int64_t used_ = 0;
  int64_t filled_ = 0;
  uint32_t changes_ = 0;
};

}  // namespace gradpad::lang
