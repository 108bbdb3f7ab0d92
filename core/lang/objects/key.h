// What dict and set share: hashing a key, and the cheap part of comparing two.
#pragma once

#include "lang/objects/numbers.h"
#include "lang/objects/object_space.h"

namespace gradpad::lang {

inline int64_t hash_key(ObjectSpace& space, const Value& key) {
  if (key.is_object() && key.as_object()->type() == space.types.str) return key.as<Str>()->hash();
  if (key.is_integral()) return hash_int(key.as_int());
  return space.hash(key);
}

enum class Likeness : uint8_t { Equal, Different, Unknown };

/// Equality of keys whose hashes agree, where it needs no user code.
inline Likeness compare_keys(ObjectSpace& space, const Value& a, const Value& b) noexcept {
  if (a.same(b)) return Likeness::Equal;
  if (a.is_object() && b.is_object()) {
    if (a.as_object()->type() == space.types.str && b.as_object()->type() == space.types.str) {
      return a.as<Str>()->equals(*b.as<Str>()) ? Likeness::Equal : Likeness::Different;
    }
    return Likeness::Unknown;
  }
  if (a.is_integral() && b.is_integral()) {
    return a.as_int() == b.as_int() ? Likeness::Equal : Likeness::Different;
  }
  return Likeness::Unknown;
}

}  // namespace gradpad::lang
