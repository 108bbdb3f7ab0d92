// dict. It hashes with the language's own equality, so lookups may run user code.
#pragma once

#include <cstdint>
#include <vector>

#include "lang/objects/object.h"

namespace gradpad::lang {

/// Insertion-ordered, as Python promises: an index of positions into a list of entries.
class Dict : public Container {
 public:
  static constexpr Kind kKind = Kind::Dict;
  Dict() : Container(kKind) {}
  void clear_references() noexcept override { clear(); }
  void visit(ReferenceVisitor& visitor) override;

  struct Entry {
    Value key;  // unbound: deleted
    Value value;
    int64_t hash;
  };

  int64_t size() const noexcept { return used_; }
  /// The value, or null. The pointer holds until the dict changes.
  Value* find(ObjectSpace& space, const Value& key);
  Value* find(ObjectSpace& space, const Value& key, int64_t hash);
  /// An existing key keeps its place and the key object it has.
  void set(ObjectSpace& space, const Value& key, Value value);
  void set(ObjectSpace& space, const Value& key, int64_t hash, Value value);
  /// False where the key is not there. `out`, where given, takes the value.
  bool erase(ObjectSpace& space, const Value& key, Value* out = nullptr);
  void clear() noexcept;

  /// Walks the entries in order: `int64_t at = 0; while (Entry* e = dict.next(at)) ...`.
  /// Changing sizes while walking is safe for memory; iterators of the language check `version`.
  Entry* next(int64_t& position) noexcept;
  Entry* previous(int64_t& position) noexcept;  // from `entry_count()` down
  int64_t entry_count() const noexcept { return static_cast<int64_t>(entries_.size()); }

 private:
  /// Position of the key among the entries, or -1; `slot` is its place in the index.
  int64_t lookup(ObjectSpace& space, const Value& key, int64_t hash, size_t* slot);
  void rebuild();

  std::vector<int32_t, HeapAllocator<int32_t>> index_;  // -1 empty, -2 deleted
  std::vector<Entry, HeapAllocator<Entry>> entries_;
  int64_t used_ = 0;
  int64_t filled_ = 0;    // slots of the index that are not empty
  uint32_t changes_ = 0;  // of the structure: a lookup that ran user code starts over
};

}  // namespace gradpad::lang
