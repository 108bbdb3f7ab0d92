// Slices applied to a sequence of some length.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// As slice.indices does.
struct SliceIndices {
  int64_t start;
  int64_t stop;
  int64_t step;
  int64_t count;  // how many items it selects
};
/// TypeError or ValueError with Python's text where the slice is not of integers or its step is 0.
SliceIndices resolve_slice(Runtime& rt, const Slice& slice, int64_t length);

}  // namespace gradpad::lang
