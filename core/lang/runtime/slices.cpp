// slice.indices: bounds clipped to a length.
#include "lang/runtime/slices.h"

namespace gradpad::lang {

SliceIndices resolve_slice(Runtime& rt, const Slice& slice, int64_t length) {
  const auto read = [&](const Value& v, int64_t otherwise) {
    if (v.is_none()) return otherwise;
    if (v.is_integral()) return v.as_int();
    const Value index = rt.find_special(v, rt.names.index.get());
    if (index.is_unbound() && !v.is_tensor()) {
      fail(ErrorKind::Type, "slice indices must be integers or None or have an __index__ method");
    }
    return rt.to_index(v);
  };
  const int64_t step = read(slice.step, 1);
  if (step == 0) fail(ErrorKind::Value, "slice step cannot be zero");
  const bool forward = step > 0;
  const int64_t low = forward ? 0 : -1;
  const int64_t high = forward ? length : length - 1;
  const auto clip = [&](int64_t i) {
    if (i < 0) i = i < -length ? low : i + length < low ? low : i + length;
    return i > high ? high : i;
  };
  SliceIndices out{};
  out.step = step;
  out.start = slice.start.is_none() ? (forward ? low : high) : clip(read(slice.start, 0));
  out.stop = slice.stop.is_none() ? (forward ? high : low) : clip(read(slice.stop, 0));
  if (forward && out.start < out.stop) out.count = (out.stop - out.start - 1) / step + 1;
  if (!forward && out.start > out.stop) {
    const uint64_t span = static_cast<uint64_t>(out.start - out.stop - 1);
    out.count = static_cast<int64_t>(span / (0 - static_cast<uint64_t>(step))) + 1;
  }
  return out;
}

}  // namespace gradpad::lang
