// The parts of set and frozenset.
#pragma once

#include <span>

#include "gradpad/tensor/ref.h"
#include "lang/objects/set.h"
#include "lang/objects/native.h"

namespace gradpad::lang {

/// Methods of both, and those that only set has.
std::span<const Method> shared_set_methods();
std::span<const Method> changing_set_methods();

/// set(iterable)
Ref<Set> to_set(Runtime& rt, const Value& iterable);
/// A set or frozenset, without items, as operations on `like` give it.
Ref<Set> new_set_like(Runtime& rt, const Set& like);
/// set.update(iterable)
void update_set(Runtime& rt, Set& set, const Value& iterable);
/// Whether the set holds the key; a set as key is looked for as a frozenset.
bool set_holds(Runtime& rt, Set& set, const Value& key);

Ref<Set> set_copy(Runtime& rt, Set& set);
Ref<Set> set_intersection(Runtime& rt, Set& a, const Value& other);
Ref<Set> set_difference(Runtime& rt, Set& a, const Value& other);
Ref<Set> set_symmetric_difference(Runtime& rt, Set& a, const Value& other);
bool set_is_subset(Runtime& rt, Set& a, Set& b);
/// Makes `set` hold what `other` holds, and the other way round.
void set_assign(Set& set, Set& other);

}  // namespace gradpad::lang
