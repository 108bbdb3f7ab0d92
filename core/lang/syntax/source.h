// A source text with its lines, shared by everything compiled from it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradpad/tensor/ref.h"

namespace gradpad::lang {

class Source final : public RefCounted {
 public:
  Source(std::string filename, std::string text, bool is_library);

  const std::string filename;
  const std::string text;  // "\n" ends every line
  /// Part of Gradpad (torch.nn, ...), not of the user's program.
  const bool is_library;

  int32_t line_count() const noexcept { return static_cast<int32_t>(starts_.size()); }
  /// A line from 1 without its end; empty beyond the last.
  std::string_view line(int32_t number) const noexcept;

 private:
  std::vector<size_t> starts_;
};

/// Byte offset of a column counted in UTF-16 units.
size_t byte_of_column(std::string_view line, int32_t utf16_column) noexcept;

/// The same for many columns of one source: goes on from the last one, so that a line is walked
/// once when its columns are asked for in order.
class ColumnCursor {
 public:
  explicit ColumnCursor(const Source& source) : source_(source) {}
  size_t byte_of(int32_t line, int32_t utf16_column) noexcept;

 private:
  const Source& source_;
  int32_t line_ = 0;
  int32_t column_ = 0;
  size_t byte_ = 0;
};

}  // namespace gradpad::lang
