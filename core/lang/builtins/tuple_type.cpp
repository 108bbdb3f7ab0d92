// tuple.
#include <algorithm>

#include "lang/builtins/generic_alias.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "lang/runtime/slices.h"

namespace gradpad::lang {

namespace {

Tuple& self_of(const Value& self) { return *self.as<Tuple>(); }

Value tuple_repr(Runtime& rt, const Value& self) {
  const bool single = self_of(self).size() == 1;
  return repr_items(rt, self, "(", single ? ",)" : ")", "(...)");
}

// xxHash over the hashes of the items, as in CPython 3.8 and later: sets of tuples of numbers print
// in its order.
int64_t tuple_hash(Runtime& rt, const Value& self) {
  constexpr uint64_t kPrime1 = 11400714785074694791u;
  constexpr uint64_t kPrime2 = 14029467366897019727u;
  constexpr uint64_t kPrime5 = 2870177450012600261u;
  uint64_t acc = kPrime5;
  for (const Value& item : self_of(self)) {
    acc += static_cast<uint64_t>(rt.hash(item)) * kPrime2;
    acc = acc << 31 | acc >> 33;
    acc *= kPrime1;
  }
  acc += static_cast<uint64_t>(self_of(self).size()) ^ (kPrime5 ^ 3527539u);
  return acc == ~uint64_t{0} ? 1546275796 : static_cast<int64_t>(acc);
}

bool tuple_truth(Runtime&, const Value& self) { return self_of(self).size() > 0; }
int64_t tuple_length(Runtime&, const Value& self) { return self_of(self).size(); }

Value tuple_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  return other.is<Tuple>() ? compare_items(rt, op, self, other) : rt.not_implemented();
}

Value tuple_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (op == BinaryOp::Add && a.is<Tuple>() && b.is<Tuple>()) {
    const Tuple& left = self_of(a);
    const Tuple& right = self_of(b);
    Ref<Tuple> out = rt.make<Tuple>(left.size() + right.size());
    std::copy(right.begin(), right.end(), std::copy(left.begin(), left.end(), out->begin()));
    return out;
  }
  int64_t count = 0;
  if (op == BinaryOp::Mul && read_repeat(rt, a.is<Tuple>() ? b : a, count)) {
    const Tuple& tuple = self_of(a.is<Tuple>() ? a : b);
    check_room(count, std::max<int64_t>(tuple.size(), 1) * static_cast<int64_t>(sizeof(Value)));
    Ref<Tuple> out = rt.make<Tuple>(tuple.size() * count);
    Value* at = out->begin();
    while (at != out->end()) at = std::copy(tuple.begin(), tuple.end(), at);
    return out;
  }
  return rt.not_implemented();
}

Value tuple_get_item(Runtime& rt, const Value& self, const Value& key) {
  const Tuple& tuple = self_of(self);
  if (const Slice* slice = key.to<Slice>()) {
    const SliceIndices at = resolve_slice(rt, *slice, tuple.size());
    if (at.count == tuple.size() && at.step == 1 && tuple.type() == rt.types.tuple) return self;
    Ref<Tuple> out = rt.make<Tuple>(at.count);
    for (int64_t i = 0; i < at.count; ++i) (*out)[i] = tuple[at.start + i * at.step];
    return out;
  }
  int64_t index = 0;
  if (!read_index(rt, key, tuple.size(), index)) fail_index_type(rt, "tuple", key);
  if (index < 0 || index >= tuple.size()) {
    fail_with(ErrorKind::Index, {"tuple index out of range"});
  }
  return tuple[index];
}

bool tuple_contains(Runtime& rt, const Value& self, const Value& item) {
  return find_item(rt, self, item, 0, INT64_MAX) >= 0;
}

Value tuple_iterate(Runtime& rt, const Value& self) {
  return iterate_items(rt, self, false, "tuple_iterator");
}

Value tuple_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("tuple", arguments, 0, 1);
  if (arguments.positional == 0) return rt.make_of<Tuple>(cls, 0);
  const Value& from = arguments.values[0];
  if (cls == rt.types.tuple && from.is<Tuple>() && from.as_object()->type() == cls) return from;
  Values items = rt.to_values(from);
  Ref<Tuple> out = rt.make_of<Tuple>(cls, static_cast<int64_t>(items.size()));
  std::move(items.begin(), items.end(), out->begin());
  return out;
}

Value tuple_index(Runtime& rt, Value* a) {
  int64_t from = 0;
  int64_t to = 0;
  read_bounds(rt, a[2], a[3], self_of(a[0]).size(), from, to);
  const int64_t at = find_item(rt, a[0], a[1], from, to);
  if (at < 0) fail_value({"tuple.index(x): x not in tuple"});
  return Value(at);
}

Value tuple_count(Runtime& rt, Value* a) { return Value(count_item(rt, a[0], a[1])); }

constexpr Method kMethods[] = {
    {"index", "self, value, start=0, stop=9223372036854775807, /", tuple_index,
     "Return first index of value."},
    {"count", "self, value, /", tuple_count, "Return number of occurrences of value."},
    {"__class_getitem__", "cls, item, /", make_generic_alias, "", MethodKind::Class},
};

}  // namespace

void define_tuple(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = tuple_repr;
  spec.slots.hash = tuple_hash;
  spec.slots.truth = tuple_truth;
  spec.slots.length = tuple_length;
  spec.slots.compare = tuple_compare;
  spec.slots.binary = tuple_binary;
  spec.slots.get_item = tuple_get_item;
  spec.slots.contains = tuple_contains;
  spec.slots.iterate = tuple_iterate;
  spec.slots.make = tuple_make;
  spec.methods = kMethods;
  spec.doc = "Built-in immutable sequence.";
  rt.define(rt.types.tuple, spec);
}

}  // namespace gradpad::lang
