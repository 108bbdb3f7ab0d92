// Places in a source text.
#pragma once

#include <cstdint>

namespace gradpad::lang {

/// A place in the source: lines from 1, columns from 0 in UTF-16 code units, end exclusive.
struct Span {
  int32_t line = 0;
  int32_t column = 0;
  int32_t end_line = 0;
  int32_t end_column = 0;
  bool operator==(const Span&) const = default;
};

}  // namespace gradpad::lang
