// set: the open table and the probing of CPython's setobject.c (3.11), step for step, because a set
// is printed and walked in the order of its table.
#include "lang/objects/set.h"

#include "lang/objects/key.h"
#include "lang/objects/object_space.h"

namespace gradpad::lang {

namespace {

constexpr size_t kLinearProbes = 9;
constexpr int kPerturbShift = 5;
constexpr size_t kMinimum = 8;

}  // namespace

Set::Entry* Set::lookup(ObjectSpace& space, const Value& key, int64_t hash) {
restart:
  if (table_.empty()) return nullptr;
  const size_t mask = table_.size() - 1;
  auto perturb = static_cast<uint64_t>(hash);
  size_t i = static_cast<size_t>(perturb) & mask;
  for (;;) {
    size_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    for (size_t at = i;; ++at) {
      Entry& entry = table_[at];
      if (entry.key.is_unbound() && !entry.deleted) return nullptr;
      if (entry.key.is_bound() && entry.hash == hash) {
        const Likeness likeness = compare_keys(space, entry.key, key);
        bool equal = likeness == Likeness::Equal;
        if (likeness == Likeness::Unknown) {
          const uint32_t changes = changes_;
          const Value held = entry.key;
          equal = space.equal(held, key);
          if (changes != changes_) goto restart;
        }
        if (equal) return &entry;
      }
      if (probes-- == 0) break;
    }
    perturb >>= kPerturbShift;
    i = static_cast<size_t>(static_cast<uint64_t>(i) * 5 + 1 + perturb) & mask;
  }
}

bool Set::contains(ObjectSpace& space, const Value& key) {
  return contains(space, key, hash_key(space, key));
}

bool Set::contains(ObjectSpace& space, const Value& key, int64_t hash) {
  return lookup(space, key, hash) != nullptr;
}

bool Set::add(ObjectSpace& space, const Value& key) {
  return add(space, key, hash_key(space, key));
}

bool Set::add(ObjectSpace& space, const Value& key, int64_t hash) {
  if (lookup(space, key, hash)) return false;
  ++changes_;
  if (table_.empty()) table_.resize(kMinimum);
  // For the last one memory may have failed: a table that fills up has no end to probing.
  if (is_crowded()) grow();
  // As in CPython, a deleted entry is never taken again before the next resize.
  insert_clean(key, hash);
  ++used_;
  ++filled_;
  if (is_crowded()) grow();
  return true;
}

bool Set::is_crowded() const noexcept {
  return filled_ * 5 >= static_cast<int64_t>(table_.size() - 1) * 3;
}

void Set::grow() { resize(used_ > 50000 ? used_ * 2 : used_ * 4); }

void Set::insert_clean(Value key, int64_t hash) noexcept {
  const size_t mask = table_.size() - 1;
  auto perturb = static_cast<uint64_t>(hash);
  size_t i = static_cast<size_t>(perturb) & mask;
  for (;;) {
    size_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    for (size_t at = i;; ++at) {
      Entry& entry = table_[at];
      if (entry.key.is_unbound() && !entry.deleted) {
        entry.key = std::move(key);
        entry.hash = hash;
        return;
      }
      if (probes-- == 0) break;
    }
    perturb >>= kPerturbShift;
    i = static_cast<size_t>(static_cast<uint64_t>(i) * 5 + 1 + perturb) & mask;
  }
}

void Set::resize(int64_t minimum) {
  size_t size = kMinimum;
  while (size <= static_cast<size_t>(minimum)) size *= 2;
  decltype(table_) old(size);
  old.swap(table_);
  for (Entry& entry : old) {
    if (entry.key.is_bound()) insert_clean(std::move(entry.key), entry.hash);
  }
  filled_ = used_;
}

void Set::merge(ObjectSpace& space, Set& other) {
  if (&other == this || other.used_ == 0) return;
  if (table_.empty()) table_.resize(kMinimum);
  const auto mask = static_cast<int64_t>(table_.size() - 1);
  if ((filled_ + other.used_) * 5 >= mask * 3) resize((used_ + other.used_) * 2);
  const bool was_empty = filled_ == 0;
  ++changes_;
  if (was_empty && table_.size() == other.table_.size() && other.filled_ == other.used_) {
    table_ = other.table_;
    used_ = filled_ = other.used_;
    return;
  }
  int64_t at = 0;
  while (Entry* entry = other.next(at)) {
    if (was_empty) {
      insert_clean(entry->key, entry->hash);
      ++used_;
      ++filled_;
    } else {
      add(space, entry->key, entry->hash);
    }
  }
}

bool Set::erase(ObjectSpace& space, const Value& key) {
  Entry* entry = lookup(space, key, hash_key(space, key));
  if (!entry) return false;
  ++changes_;
  entry->deleted = true;
  --used_;
  const Value old = std::move(entry->key);
  return true;
}

void Set::visit(ReferenceVisitor& visitor) {
  for (const Entry& entry : table_) entry.key.visit(visitor);
}

void Set::clear() noexcept {
  ++changes_;
  auto old = std::move(table_);
  table_.clear();
  used_ = 0;
  filled_ = 0;
}

void Set::swap_items(Set& other) noexcept {
  table_.swap(other.table_);
  std::swap(used_, other.used_);
  std::swap(filled_, other.filled_);
  ++changes_;
  ++other.changes_;
}

Set::Entry* Set::next(int64_t& position) noexcept {
  while (position < static_cast<int64_t>(table_.size())) {
    Entry& entry = table_[static_cast<size_t>(position++)];
    if (entry.key.is_bound()) return &entry;
  }
  return nullptr;
}

}  // namespace gradpad::lang
