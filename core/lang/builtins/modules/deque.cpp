// collections.deque: a queue with two ends.
#include <algorithm>

#include "lang/builtins/generic_alias.h"
#include "lang/builtins/modules/collections.h"
#include "lang/builtins/modules/ring.h"
#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

namespace {

class Deque : public Container {
 public:
  Deque() : Container(Kind::Plain) {}
  void visit(ReferenceVisitor& visitor) override { items.visit(visitor); }
  void clear_references() noexcept override {
    ++changes;
    items.clear();
  }
  int64_t size() const noexcept { return items.size(); }

  Ring items;
  int64_t limit = -1;    // maxlen; -1: none
  uint64_t changes = 0;  // iterators end with an error when it moves
};

Deque& self_of(const Value& v) { return *v.as<Deque>(); }
int64_t deque_length(Runtime&, const Value& self) { return self_of(self).size(); }

/// The Deque, where the value is one or of a class derived from it; else null.
Deque* to_deque(Runtime& rt, const Value& v) {
  for (const Type* type : rt.type_of(v)->mro()) {
    if (!type->is_user) return type->slots.length == deque_length ? v.as<Deque>() : nullptr;
  }
  return nullptr;
}

void push_back(Deque& deque, Value item) {
  ++deque.changes;
  deque.items.push_back(std::move(item));
  if (deque.limit >= 0 && deque.size() > deque.limit) deque.items.pop_front();
}

void push_front(Deque& deque, Value item) {
  ++deque.changes;
  deque.items.push_front(std::move(item));
  if (deque.limit >= 0 && deque.size() > deque.limit) deque.items.pop_back();
}

void extend(Runtime& rt, const Value& self, const Value& iterable, bool front) {
  const Value source =
      iterable.same(self) ? Value(rt.make_list(self_of(self).items.to_values())) : iterable;
  rt.for_each(source, [&](Value& item) {
    (front ? push_front : push_back)(self_of(self), item);
    return true;
  });
}

Value deque_repr(Runtime& rt, const Value& self) {
  const Runtime::Printing printing(rt, self);
  if (printing.again()) return rt.make_str("[...]");
  Deque& deque = self_of(self);
  const Value items = rt.make_list(deque.items.to_values());
  std::string text = text_of({rt.type_name(self), "(", rt.repr(items)->view()});
  if (deque.limit >= 0) text += ", maxlen=" + std::to_string(deque.limit);
  return rt.make_str(text + ")");
}

int64_t deque_hash(Runtime&, const Value&) { fail_type({"unhashable type: 'collections.deque'"}); }
bool deque_truth(Runtime&, const Value& self) { return !self_of(self).items.empty(); }
Value deque_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  Deque* b = to_deque(rt, other);
  if (!b) return rt.not_implemented();
  const Deque& a = self_of(self);
  return rt.compare(op, rt.make_list(a.items.to_values()), rt.make_list(b->items.to_values()));
}

Value new_like(Runtime& rt, const Value& self) {
  Ref<Deque> out = rt.make_of<Deque>(rt.type_of(self));
  out->limit = self_of(self).limit;
  return out;
}

Value deque_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  const bool left = to_deque(rt, a) != nullptr;
  if (op == BinaryOp::Add && left) {
    if (!to_deque(rt, b)) {
      fail_type({"can only concatenate deque (not \"", rt.type_name(b), "\") to deque"});
    }
    Value out = new_like(rt, a);
    extend(rt, out, a, false);
    extend(rt, out, b, false);
    return out;
  }
  int64_t count = 0;
  const Value& self = left ? a : b;
  if (op == BinaryOp::Mul && read_repeat(rt, left ? b : a, count)) {
    check_room(count, (self_of(self).size() + 1) * static_cast<int64_t>(sizeof(Value)));
    Value out = new_like(rt, self);
    for (int64_t i = 0; i < count; ++i) extend(rt, out, self, false);
    return out;
  }
  return rt.not_implemented();
}

Value deque_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  if (op != BinaryOp::Add) return rt.not_implemented();
  extend(rt, self, other, false);
  return self;
}

int64_t position(Runtime& rt, const Value& self, const Value& key) {
  const Deque& deque = self_of(self);
  int64_t index = 0;
  if (!read_index(rt, key, deque.size(), index)) {
    fail_type({"sequence index must be integer, not '", rt.type_name(key), "'"});
  }
  if (index < 0 || index >= deque.size()) {
    fail_with(ErrorKind::Index, {"deque index out of range"});
  }
  return index;
}

Value deque_get_item(Runtime& rt, const Value& self, const Value& key) {
  return self_of(self).items[position(rt, self, key)];
}
void deque_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value) {
  Value item = value;
  self_of(self).items[position(rt, self, key)].swap(item);
}
void deque_del_item(Runtime& rt, const Value& self, const Value& key) {
  const int64_t index = position(rt, self, key);
  ++self_of(self).changes;
  const Value old = self_of(self).items.erase(index);
}

/// Position of the first equal item in [from, to), or -1.
int64_t find_in(Runtime& rt, const Value& self, const Value& wanted, int64_t from, int64_t to) {
  Deque& deque = self_of(self);
  const uint64_t changes = deque.changes;
  Ticker tick(rt);
  for (int64_t i = from; i < to && i < deque.size(); ++i) {
    tick();
    const Value item = deque.items[i];
    if (rt.equal(item, wanted)) return i;
    if (deque.changes != changes) {
      fail_with(ErrorKind::Runtime, {"deque mutated during iteration"});
    }
  }
  return -1;
}

bool deque_contains(Runtime& rt, const Value& self, const Value& item) {
  return find_in(rt, self, item, 0, INT64_MAX) >= 0;
}

class DequeIterator final : public Iterator {
 public:
  DequeIterator(Deque* deque, bool reverse)
      : deque_(deque), reverse_(reverse), changes_(deque->changes), left_(deque->size()) {}
  bool next(Runtime&, Value& out) override {
    if (!deque_ || left_ == 0) return false;
    if (deque_->changes != changes_) {
      left_ = 0;
      fail_with(ErrorKind::Runtime, {"deque mutated during iteration"});
    }
    out = deque_->items[reverse_ ? left_ - 1 : deque_->size() - left_];
    --left_;
    return true;
  }
  int64_t remaining(Runtime&) override { return left_; }
  void visit(ReferenceVisitor& visitor) override { deque_.visit(visitor); }
  void clear_references() noexcept override { deque_.reset(); }

 private:
  Ref<Deque> deque_;
  bool reverse_;
  uint64_t changes_;
  int64_t left_;
};

Value deque_iterate(Runtime& rt, const Value& self) {
  return rt.make_iterator<DequeIterator>("_deque_iterator", &self_of(self), false);
}
Value deque_reversed(Runtime& rt, Value* a) {
  return rt.make_iterator<DequeIterator>("_deque_reverse_iterator", &self_of(a[0]), true);
}

Value deque_make(Runtime& rt, Type* cls, const Arguments&) { return rt.make_of<Deque>(cls); }

void deque_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  const CallArguments given("deque", arguments, {"iterable", "maxlen"});
  Deque& deque = self_of(self);
  deque.limit = -1;
  if (given[1].is_bound() && !given[1].is_none()) {
    deque.limit = rt.to_index(given[1]);
    if (deque.limit < 0) fail_value({"maxlen must be non-negative"});
  }
  deque.clear_references();
  if (given[0].is_bound()) extend(rt, self, given[0], false);
}

Value deque_append(Runtime&, Value* a) {
  push_back(self_of(a[0]), std::move(a[1]));
  return Value::none();
}
Value deque_appendleft(Runtime&, Value* a) {
  push_front(self_of(a[0]), std::move(a[1]));
  return Value::none();
}

Value take(Deque& deque, bool front) {
  if (deque.items.empty()) fail_with(ErrorKind::Index, {"pop from an empty deque"});
  ++deque.changes;
  return front ? deque.items.pop_front() : deque.items.pop_back();
}
Value deque_pop(Runtime&, Value* a) { return take(self_of(a[0]), false); }
Value deque_popleft(Runtime&, Value* a) { return take(self_of(a[0]), true); }

Value deque_extend(Runtime& rt, Value* a) {
  extend(rt, a[0], a[1], false);
  return Value::none();
}
Value deque_extendleft(Runtime& rt, Value* a) {
  extend(rt, a[0], a[1], true);
  return Value::none();
}

Value deque_rotate(Runtime& rt, Value* a) {
  Deque& deque = self_of(a[0]);
  const int64_t steps = rt.to_index(a[1]);
  if (deque.items.empty()) return Value::none();
  ++deque.changes;
  // To the right where positive.
  deque.items.rotate(((-steps % deque.size()) + deque.size()) % deque.size());
  return Value::none();
}

Value deque_clear(Runtime&, Value* a) {
  self_of(a[0]).clear_references();
  return Value::none();
}

Value deque_copy(Runtime& rt, Value* a) {
  Value out = new_like(rt, a[0]);
  extend(rt, out, a[0], false);
  return out;
}

Value deque_count(Runtime& rt, Value* a) {
  int64_t count = 0;
  for (int64_t at = 0;; ++at, ++count) {
    at = find_in(rt, a[0], a[1], at, INT64_MAX);
    if (at < 0) return Value(count);
  }
}

Value deque_index(Runtime& rt, Value* a) {
  int64_t from = 0;
  int64_t to = 0;
  read_bounds(rt, a[2], a[3], self_of(a[0]).size(), from, to);
  const int64_t at = find_in(rt, a[0], a[1], from, to);
  if (at < 0) fail_value({rt.repr(a[1])->view(), " is not in deque"});
  return Value(at);
}

Value deque_insert(Runtime& rt, Value* a) {
  Deque& deque = self_of(a[0]);
  if (deque.limit >= 0 && deque.size() >= deque.limit) {
    fail_with(ErrorKind::Index, {"deque already at its maximum size"});
  }
  int64_t index = rt.to_index(a[1]);
  if (index < 0) index = std::max<int64_t>(index + deque.size(), 0);
  ++deque.changes;
  deque.items.insert(std::min(index, deque.size()), a[2]);
  return Value::none();
}

Value deque_remove(Runtime& rt, Value* a) {
  const int64_t at = find_in(rt, a[0], a[1], 0, INT64_MAX);
  if (at < 0) fail_value({rt.repr(a[1])->view(), " is not in deque"});
  deque_del_item(rt, a[0], Value(at));
  return Value::none();
}

Value deque_reverse(Runtime&, Value* a) {
  Deque& deque = self_of(a[0]);
  ++deque.changes;
  deque.items.reverse();
  return Value::none();
}

Value deque_maxlen(Runtime&, const Value& self) {
  return self_of(self).limit < 0 ? Value::none() : Value(self_of(self).limit);
}

constexpr Method kMethods[] = {
    {"append", "self, x, /", deque_append},
    {"appendleft", "self, x, /", deque_appendleft},
    {"pop", "self, /", deque_pop},
    {"popleft", "self, /", deque_popleft},
    {"extend", "self, iterable, /", deque_extend},
    {"extendleft", "self, iterable, /", deque_extendleft},
    {"rotate", "self, n=1, /", deque_rotate},
    {"clear", "self, /", deque_clear},
    {"copy", "self, /", deque_copy},
    {"__copy__", "self, /", deque_copy},
    {"count", "self, value, /", deque_count},
    {"index", "self, value, start=None, stop=None, /", deque_index},
    {"insert", "self, i, x, /", deque_insert},
    {"remove", "self, value, /", deque_remove},
    {"reverse", "self, /", deque_reverse},
    {"__reversed__", "self, /", deque_reversed},
    {"__class_getitem__", "cls, item, /", make_generic_alias, "", MethodKind::Class},
};
constexpr Getter kGetters[] = {{"maxlen", deque_maxlen}};

}  // namespace

Ref<Type> make_deque_type(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = deque_repr;
  spec.slots.hash = deque_hash;
  spec.slots.truth = deque_truth;
  spec.slots.length = deque_length;
  spec.slots.compare = deque_compare;
  spec.slots.binary = deque_binary;
  spec.slots.inplace = deque_inplace;
  spec.slots.get_item = deque_get_item;
  spec.slots.set_item = deque_set_item;
  spec.slots.del_item = deque_del_item;
  spec.slots.contains = deque_contains;
  spec.slots.iterate = deque_iterate;
  spec.slots.make = deque_make;
  spec.slots.init = deque_init;
  spec.methods = kMethods;
  spec.getters = kGetters;
  spec.doc = "A list-like sequence optimized for data accesses near its endpoints.";
  const Ref<Type> type = rt.make_type("deque", rt.types.object, spec, "collections");
  type->can_inherit = true;
  return type;
}

}  // namespace gradpad::lang
