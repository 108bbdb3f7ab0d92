// Conversion of one element, and of a strided row of them.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace gradpad {

/// As x86 converts and PyTorch therefore prints: NaN and what is out of range give the smallest
/// integer. To uint8 by way of int64, as PyTorch does: -1.0 gives 255.
template <class Out, class In>
inline Out convert_element(In value) {
  if constexpr (std::is_same_v<Out, bool>) {
    return value != In(0);
  } else if constexpr (std::is_floating_point_v<In> && std::is_integral_v<Out>) {
    using Wide = std::conditional_t<sizeof(Out) == 1, int64_t, Out>;
    // The bounds are powers of two, exact in float and double; the upper one is excluded.
    constexpr In kLow = static_cast<In>(std::numeric_limits<Wide>::min());
    constexpr In kHigh = -kLow;
    const bool fits = value >= kLow && value < kHigh;
    return static_cast<Out>(fits ? static_cast<Wide>(value) : std::numeric_limits<Wide>::min());
  } else {
    return static_cast<Out>(value);
  }
}

template <class Out, class In>
void convert_row(char* out, int64_t out_stride, const char* in, int64_t in_stride, int64_t n) {
  constexpr int64_t kOut = sizeof(Out), kIn = sizeof(In);
  if (out_stride == kOut && in_stride == kIn) {
    Out* const to = reinterpret_cast<Out*>(out);
    const In* const from = reinterpret_cast<const In*>(in);
    for (int64_t i = 0; i < n; ++i) to[i] = convert_element<Out>(from[i]);
    return;
  }
  for (int64_t i = 0; i < n; ++i) {
    *reinterpret_cast<Out*>(out + i * out_stride) =
        convert_element<Out>(*reinterpret_cast<const In*>(in + i * in_stride));
  }
}

/// The same for elements that stay as they are, of the size of a Word.
template <class Word>
void move_row(char* out, int64_t out_stride, const char* in, int64_t in_stride, int64_t n) {
  for (int64_t i = 0; i < n; ++i)
    std::memcpy(out + i * out_stride, in + i * in_stride, sizeof(Word));
}

}  // namespace gradpad
