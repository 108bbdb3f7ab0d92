// The types of itertools, in two files.
#pragma once

#include <span>

#include "lang/objects/native.h"

namespace gradpad::lang {

struct IteratorTypeEntry {
  const char* name;
  Value (*make)(Runtime&, Type*, const Arguments&);
  Value (*repr)(Runtime&, const Value&) = nullptr;
};

/// product, permutations, combinations, groupby, ...
std::span<const IteratorTypeEntry> combining_iterators();
Value itertools_tee(Runtime& rt, Value* a);

}  // namespace gradpad::lang
