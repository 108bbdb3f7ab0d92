// set and frozenset: their slots, and the operations between sets, which add items in the order in
// which CPython adds them, so that the results print alike.
#include "lang/builtins/set_type.h"

#include "lang/builtins/support.h"
#include "lang/builtins/types.h"

namespace gradpad::lang {

namespace {

Set& self_of(const Value& self) { return *self.as<Set>(); }

}  // namespace

Ref<Set> new_set_like(Runtime& rt, const Set& like) {
  Ref<Set> set = rt.make_of<Set>(like.frozen ? rt.types.frozenset : rt.types.set);
  set->frozen = like.frozen;
  return set;
}

Ref<Set> set_copy(Runtime& rt, Set& set) {
  Ref<Set> out = new_set_like(rt, set);
  out->merge(rt, set);
  return out;
}

void update_set(Runtime& rt, Set& set, const Value& iterable) {
  if (Set* other = iterable.to<Set>()) {
    set.merge(rt, *other);
    return;
  }
  rt.for_each(iterable, [&](Value& item) {
    set.add(rt, item);
    return true;
  });
}

Ref<Set> to_set(Runtime& rt, const Value& iterable) {
  Ref<Set> set = rt.make_set();
  update_set(rt, *set, iterable);
  return set;
}

bool set_holds(Runtime& rt, Set& set, const Value& key) {
  const Set* inner = key.to<Set>();
  if (!inner || inner->frozen) return set.contains(rt, key);
  Ref<Set> frozen = rt.make_of<Set>(rt.types.frozenset);
  frozen->merge(rt, self_of(key));
  frozen->frozen = true;
  return set.contains(rt, frozen);
}

void set_assign(Set& set, Set& other) { set.swap_items(other); }

Ref<Set> set_intersection(Runtime& rt, Set& a, const Value& other) {
  Ref<Set> out = new_set_like(rt, a);
  if (Set* b = other.to<Set>()) {
    if (b == &a) return set_copy(rt, a);
    Set* smaller = b;
    Set* larger = &a;
    if (b->size() > a.size()) std::swap(smaller, larger);
    int64_t at = 0;
    while (Set::Entry* entry = smaller->next(at)) {
      const Value key = entry->key;
      const int64_t hash = entry->hash;
      if (larger->contains(rt, key, hash)) out->add(rt, key, hash);
    }
    return out;
  }
  rt.for_each(other, [&](Value& item) {
    if (a.contains(rt, item)) out->add(rt, item);
    return true;
  });
  return out;
}

Ref<Set> set_difference(Runtime& rt, Set& a, const Value& other) {
  Set* b = other.to<Set>();
  Dict* dict = other.to<Dict>();
  const int64_t size = b ? b->size() : dict ? dict->size() : 0;
  if ((!b && !dict) || a.size() / 4 > size) {
    Ref<Set> out = set_copy(rt, a);
    rt.for_each(other, [&](Value& item) {
      out->erase(rt, item);
      return true;
    });
    return out;
  }
  Ref<Set> out = new_set_like(rt, a);
  int64_t at = 0;
  while (Set::Entry* entry = a.next(at)) {
    const Value key = entry->key;
    const int64_t hash = entry->hash;
    const bool there = b ? b->contains(rt, key, hash) : dict->find(rt, key, hash) != nullptr;
    if (!there) out->add(rt, key, hash);
  }
  return out;
}

Ref<Set> set_symmetric_difference(Runtime& rt, Set& a, const Value& other) {
  Ref<Set> out = new_set_like(rt, a);
  update_set(rt, *out, other);
  int64_t at = 0;
  while (Set::Entry* entry = a.next(at)) {
    const Value key = entry->key;
    const int64_t hash = entry->hash;
    if (!out->erase(rt, key)) out->add(rt, key, hash);
  }
  return out;
}

bool set_is_subset(Runtime& rt, Set& a, Set& b) {
  if (a.size() > b.size()) return false;
  int64_t at = 0;
  while (Set::Entry* entry = a.next(at)) {
    const Value key = entry->key;
    if (!b.contains(rt, key, entry->hash)) return false;
  }
  return true;
}

namespace {

Value set_repr(Runtime& rt, const Value& self) {
  Set& set = self_of(self);
  const std::string& name = rt.type_name(self);
  if (set.size() == 0) return rt.make_str(name + "()");
  const Runtime::Printing printing(rt, self);
  if (printing.again()) return rt.make_str(name + "(...)");
  const bool bare = set.type() == rt.types.set;
  std::string text = bare ? "{" : name + "({";
  bool first = true;
  Ticker tick(rt);
  int64_t at = 0;
  while (Set::Entry* entry = set.next(at)) {
    const Value key = entry->key;
    tick();
    if (!first) text += ", ";
    first = false;
    text += rt.repr(key)->view();
    check_room(static_cast<int64_t>(text.size()), 1);
  }
  return rt.make_str(text + (bare ? "}" : "})"));
}

bool set_truth(Runtime&, const Value& self) { return self_of(self).size() > 0; }
int64_t set_length(Runtime&, const Value& self) { return self_of(self).size(); }
bool set_contains(Runtime& rt, const Value& self, const Value& key) {
  return set_holds(rt, self_of(self), key);
}

// The order of the items must not matter, so their hashes are scattered and xored, as in CPython.
int64_t frozenset_hash(Runtime&, const Value& self) {
  Set& set = self_of(self);
  if (set.frozen_hash != 0) return set.frozen_hash;
  uint64_t hash = 0;
  int64_t at = 0;
  while (const Set::Entry* entry = set.next(at)) {
    const auto h = static_cast<uint64_t>(entry->hash);
    hash ^= ((h ^ 89869747u) ^ (h << 16)) * 3644798167u;
  }
  hash ^= (static_cast<uint64_t>(set.size()) + 1) * 1927868237u;
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923u;
  if (hash == ~uint64_t{0}) hash = 590923713u;
  set.frozen_hash = static_cast<int64_t>(hash);
  return set.frozen_hash;
}

Value set_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  Set* b = other.to<Set>();
  if (!b) return rt.not_implemented();
  Set& a = self_of(self);
  switch (op) {
    case CompareOp::Eq:
      return Value(a.size() == b->size() && set_is_subset(rt, a, *b));
    case CompareOp::Ne:
      return Value(a.size() != b->size() || !set_is_subset(rt, a, *b));
    case CompareOp::Lt:
      return Value(a.size() < b->size() && set_is_subset(rt, a, *b));
    case CompareOp::Le:
      return Value(set_is_subset(rt, a, *b));
    case CompareOp::Gt:
      return Value(a.size() > b->size() && set_is_subset(rt, *b, a));
    case CompareOp::Ge:
      return Value(set_is_subset(rt, *b, a));
  }
  return rt.not_implemented();
}

Value set_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (!a.is<Set>() || !b.is<Set>()) return rt.not_implemented();
  Set& left = self_of(a);
  switch (op) {
    case BinaryOp::Or: {
      Ref<Set> out = set_copy(rt, left);
      out->merge(rt, self_of(b));
      return out;
    }
    case BinaryOp::And:
      return set_intersection(rt, left, b);
    case BinaryOp::Sub:
      return set_difference(rt, left, b);
    case BinaryOp::Xor:
      return set_symmetric_difference(rt, left, b);
    default:
      return rt.not_implemented();
  }
}

Value set_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  if (!other.is<Set>()) return rt.not_implemented();
  if (op == BinaryOp::Or) {
    self_of(self).merge(rt, self_of(other));
    return self;
  }
  Value out = set_binary(rt, op, self, other);
  if (Set* set = out.to<Set>()) {
    set_assign(self_of(self), *set);
    return self;
  }
  return out;
}

class SetIterator final : public Iterator {
 public:
  explicit SetIterator(Set* set) : set_(set), size_(set->size()) {}
  bool next(Runtime&, Value& out) override {
    if (!set_) return false;
    if (set_->size() != size_) {
      size_ = -1;
      fail_with(ErrorKind::Runtime, {"Set changed size during iteration"});
    }
    const Set::Entry* entry = set_->next(position_);
    if (!entry) {
      set_.reset();
      return false;
    }
    ++given_;
    out = entry->key;
    return true;
  }
  int64_t remaining(Runtime&) override { return set_ && size_ >= 0 ? size_ - given_ : 0; }
  void visit(ReferenceVisitor& visitor) override { set_.visit(visitor); }
  void clear_references() noexcept override { set_.reset(); }

 private:
  Ref<Set> set_;
  int64_t size_;
  int64_t position_ = 0;
  int64_t given_ = 0;
};

Value set_iterate(Runtime& rt, const Value& self) {
  return rt.make_iterator<SetIterator>("set_iterator", self.as<Set>());
}

Value set_make(Runtime& rt, Type* cls, const Arguments&) { return rt.make_of<Set>(cls); }

void set_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  check_positional("set", arguments, 0, 1);
  Ref<Set> items = rt.make_set();
  if (arguments.positional > 0) update_set(rt, *items, arguments.values[0]);
  set_assign(self_of(self), *items);
}

Value frozenset_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("frozenset", arguments, 0, 1);
  if (arguments.positional > 0) {
    const Value& from = arguments.values[0];
    if (cls == rt.types.frozenset && rt.type_of(from) == cls) return from;
  }
  Ref<Set> set = rt.make_of<Set>(cls);
  if (arguments.positional > 0) update_set(rt, *set, arguments.values[0]);
  set->frozen = true;
  return set;
}

}  // namespace

void define_sets(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = set_repr;
  spec.slots.truth = set_truth;
  spec.slots.length = set_length;
  spec.slots.compare = set_compare;
  spec.slots.binary = set_binary;
  spec.slots.contains = set_contains;
  spec.slots.iterate = set_iterate;
  TypeSpec frozen = spec;
  frozen.slots.hash = frozenset_hash;
  frozen.slots.make = frozenset_make;
  frozen.methods = shared_set_methods();
  frozen.doc = "frozenset(iterable) -> frozenset object";
  rt.define(rt.types.frozenset, frozen);
  const auto shared = shared_set_methods();
  const auto changing = changing_set_methods();
  std::vector<Method> methods(shared.begin(), shared.end());
  methods.insert(methods.end(), changing.begin(), changing.end());
  spec.slots.inplace = set_inplace;
  spec.slots.make = set_make;
  spec.slots.init = set_init;
  spec.methods = methods;
  spec.doc = "set(iterable) -> new set object";
  rt.define(rt.types.set, spec);
}

}  // namespace gradpad::lang
