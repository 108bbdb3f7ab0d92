// dict: an index of positions, probed linearly, into the entries in order of insertion.
#include "lang/objects/dict.h"

#include "gradpad/tensor/error.h"
#include "lang/objects/key.h"
#include "lang/objects/object_space.h"

namespace gradpad::lang {

namespace {

constexpr int32_t kEmpty = -1;
constexpr int32_t kDeleted = -2;

size_t mix(int64_t hash) noexcept {
  const auto h = static_cast<uint64_t>(hash) * 0x9E3779B97F4A7C15u;
  return static_cast<size_t>(h ^ (h >> 32));
}

}  // namespace

int64_t Dict::lookup(ObjectSpace& space, const Value& key, int64_t hash, size_t* slot) {
restart:
  if (index_.empty()) return -1;
  const size_t mask = index_.size() - 1;
  for (size_t i = mix(hash) & mask;; i = (i + 1) & mask) {
    const int32_t position = index_[i];
    if (position == kEmpty) return -1;
    if (position == kDeleted) continue;
    const Entry& entry = entries_[static_cast<size_t>(position)];
    if (entry.hash != hash) continue;
    const Likeness likeness = compare_keys(space, entry.key, key);
    bool equal = likeness == Likeness::Equal;
    if (likeness == Likeness::Unknown) {
      const uint32_t changes = changes_;
      const Value held = entry.key;
      equal = space.equal(held, key);
      if (changes != changes_) goto restart;
    }
    if (equal) {
      if (slot) *slot = i;
      return position;
    }
  }
}

Value* Dict::find(ObjectSpace& space, const Value& key) {
  return find(space, key, hash_key(space, key));
}

Value* Dict::find(ObjectSpace& space, const Value& key, int64_t hash) {
  const int64_t position = lookup(space, key, hash, nullptr);
  return position < 0 ? nullptr : &entries_[static_cast<size_t>(position)].value;
}

void Dict::set(ObjectSpace& space, const Value& key, Value value) {
  set(space, key, hash_key(space, key), std::move(value));
}

void Dict::set(ObjectSpace& space, const Value& key, int64_t hash, Value value) {
  const int64_t position = lookup(space, key, hash, nullptr);
  if (position >= 0) {
    entries_[static_cast<size_t>(position)].value.swap(value);
    return;  // the old value ends here, when the dict is in order again
  }
  if (entries_.size() >= static_cast<size_t>(INT32_MAX)) fail(ErrorKind::Memory, "");
  ++changes_;
  // Room first: what memory fails for is not there, not half.
  if (static_cast<size_t>(filled_ + 1) * 3 >= index_.size() * 2) rebuild();
  entries_.push_back(Entry{key, std::move(value), hash});
  ++used_;
  const size_t mask = index_.size() - 1;
  size_t i = mix(hash) & mask;
  while (index_[i] != kEmpty) i = (i + 1) & mask;
  index_[i] = static_cast<int32_t>(entries_.size() - 1);
  ++filled_;
}

bool Dict::erase(ObjectSpace& space, const Value& key, Value* out) {
  size_t slot = 0;
  const int64_t position = lookup(space, key, hash_key(space, key), &slot);
  if (position < 0) return false;
  ++changes_;
  index_[slot] = kDeleted;
  Entry& entry = entries_[static_cast<size_t>(position)];
  const Value old_key = std::move(entry.key);
  Value old_value = std::move(entry.value);
  --used_;
  // The tail is cut, so that a stack of popitem() does not leave a trail behind.
  while (!entries_.empty() && entries_.back().key.is_unbound()) entries_.pop_back();
  if (out) *out = std::move(old_value);
  return true;
}

void Dict::visit(ReferenceVisitor& visitor) {
  for (const Entry& entry : entries_) {
    entry.key.visit(visitor);
    entry.value.visit(visitor);
  }
}

void Dict::clear() noexcept {
  ++changes_;
  auto entries = std::move(entries_);
  entries_.clear();
  index_.clear();
  used_ = 0;
  filled_ = 0;
}

/// Drops what was deleted and makes the index fit, with room for one more.
void Dict::rebuild() {
  size_t capacity = 8;
  while (capacity < static_cast<size_t>(used_ + 2) * 2) capacity *= 2;
  decltype(index_) index(capacity, kEmpty);
  index_.swap(index);
  size_t kept = 0;
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].key.is_unbound()) continue;
    if (kept != i) entries_[kept] = std::move(entries_[i]);
    ++kept;
  }
  entries_.resize(kept);
  const size_t mask = capacity - 1;
  for (size_t position = 0; position < kept; ++position) {
    size_t i = mix(entries_[position].hash) & mask;
    while (index_[i] != kEmpty) i = (i + 1) & mask;
    index_[i] = static_cast<int32_t>(position);
  }
  filled_ = static_cast<int64_t>(kept);
}

Dict::Entry* Dict::next(int64_t& position) noexcept {
  while (position < entry_count()) {
    Entry& entry = entries_[static_cast<size_t>(position++)];
    if (entry.key.is_bound()) return &entry;
  }
  return nullptr;
}

Dict::Entry* Dict::previous(int64_t& position) noexcept {
  if (position > entry_count()) position = entry_count();
  while (position > 0) {
    Entry& entry = entries_[static_cast<size_t>(--position)];
    if (entry.key.is_bound()) return &entry;
  }
  return nullptr;
}

}  // namespace gradpad::lang
