// set and frozenset: union, add, pop and the other methods.
#include "lang/builtins/generic_alias.h"
#include "lang/builtins/set_type.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

Set& self_of(Value* a) { return *a[0].as<Set>(); }
Tuple& others_of(Value* a) { return *a[1].as<Tuple>(); }

Value set_copy_method(Runtime& rt, Value* a) { return set_copy(rt, self_of(a)); }

Value set_union(Runtime& rt, Value* a) {
  Ref<Set> out = set_copy(rt, self_of(a));
  for (const Value& other : others_of(a)) update_set(rt, *out, other);
  return out;
}

Value set_intersection_method(Runtime& rt, Value* a) {
  Ref<Set> out = set_copy(rt, self_of(a));
  for (const Value& other : others_of(a)) out = set_intersection(rt, *out, other);
  return out;
}

Value set_difference_method(Runtime& rt, Value* a) {
  Ref<Set> out = set_copy(rt, self_of(a));
  for (const Value& other : others_of(a)) out = set_difference(rt, *out, other);
  return out;
}

Value set_symmetric_difference_method(Runtime& rt, Value* a) {
  return set_symmetric_difference(rt, self_of(a), a[1]);
}

Value set_issubset(Runtime& rt, Value* a) {
  const Ref<Set> other = a[1].is<Set>() ? Ref<Set>(a[1].as<Set>()) : to_set(rt, a[1]);
  return Value(set_is_subset(rt, self_of(a), *other));
}

Value set_issuperset(Runtime& rt, Value* a) {
  bool all = true;
  rt.for_each(a[1], [&](Value& item) { return all = self_of(a).contains(rt, item); });
  return Value(all);
}

Value set_isdisjoint(Runtime& rt, Value* a) {
  bool disjoint = true;
  rt.for_each(a[1], [&](Value& item) { return disjoint = !self_of(a).contains(rt, item); });
  return Value(disjoint);
}

Value set_add(Runtime& rt, Value* a) {
  self_of(a).add(rt, a[1]);
  return Value::none();
}

bool discard(Runtime& rt, Value* a) {
  const Set* inner = a[1].to<Set>();
  if (!inner || inner->frozen) return self_of(a).erase(rt, a[1]);
  Ref<Set> frozen = rt.make_of<Set>(rt.types.frozenset);
  frozen->merge(rt, *a[1].as<Set>());
  frozen->frozen = true;
  return self_of(a).erase(rt, frozen);
}

Value set_discard(Runtime& rt, Value* a) {
  discard(rt, a);
  return Value::none();
}

Value set_remove(Runtime& rt, Value* a) {
  if (!discard(rt, a)) rt.raise_value(rt.types.key_error, a[1]);
  return Value::none();
}

Value set_pop(Runtime& rt, Value* a) {
  Set& set = self_of(a);
  Set::Entry* entry = set.next(set.finger);
  if (!entry) {
    set.finger = 0;
    entry = set.next(set.finger);
  }
  if (!entry) rt.raise_value(rt.types.key_error, rt.make_str("pop from an empty set"));
  Value key = entry->key;
  set.erase(rt, key);
  return key;
}

Value set_clear(Runtime&, Value* a) {
  self_of(a).clear();
  return Value::none();
}

Value set_update(Runtime& rt, Value* a) {
  for (const Value& other : others_of(a)) update_set(rt, self_of(a), other);
  return Value::none();
}

Value set_intersection_update(Runtime& rt, Value* a) {
  Value out = set_intersection_method(rt, a);
  set_assign(self_of(a), *out.as<Set>());
  return Value::none();
}

Value set_difference_update(Runtime& rt, Value* a) {
  Value out = set_difference_method(rt, a);
  set_assign(self_of(a), *out.as<Set>());
  return Value::none();
}

Value set_symmetric_difference_update(Runtime& rt, Value* a) {
  Value out = set_symmetric_difference_method(rt, a);
  set_assign(self_of(a), *out.as<Set>());
  return Value::none();
}

constexpr Method kShared[] = {
    {"copy", "self, /", set_copy_method, "Return a shallow copy of a set."},
    {"union", "self, /, *others", set_union, "Return the union of sets as a new set."},
    {"intersection", "self, /, *others", set_intersection_method,
     "Return the intersection of sets as a new set."},
    {"difference", "self, /, *others", set_difference_method,
     "Return the difference of two or more sets as a new set."},
    {"symmetric_difference", "self, other, /", set_symmetric_difference_method,
     "Return the symmetric difference of two sets as a new set."},
    {"issubset", "self, other, /", set_issubset, "Report whether another set contains this set."},
    {"issuperset", "self, other, /", set_issuperset,
     "Report whether this set contains another set."},
    {"isdisjoint", "self, other, /", set_isdisjoint,
     "Return True if two sets have a null intersection."},
    {"__class_getitem__", "cls, item, /", make_generic_alias, "", MethodKind::Class},
};

constexpr Method kChanging[] = {
    {"add", "self, elem, /", set_add, "Add an element to a set."},
    {"discard", "self, elem, /", set_discard, "Remove an element from a set if it is a member."},
    {"remove", "self, elem, /", set_remove, "Remove an element from a set; it must be a member."},
    {"pop", "self, /", set_pop, "Remove and return an arbitrary set element."},
    {"clear", "self, /", set_clear, "Remove all elements from this set."},
    {"update", "self, /, *others", set_update, "Update a set with the union of itself and others."},
    {"intersection_update", "self, /, *others", set_intersection_update},
    {"difference_update", "self, /, *others", set_difference_update},
    {"symmetric_difference_update", "self, other, /", set_symmetric_difference_update},
};

}  // namespace

std::span<const Method> shared_set_methods() { return kShared; }
std::span<const Method> changing_set_methods() { return kChanging; }

}  // namespace gradpad::lang
