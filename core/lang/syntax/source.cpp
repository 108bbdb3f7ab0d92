// Lines of a source text.
#include "lang/syntax/source.h"

#include <algorithm>

#include "lang/syntax/utf8.h"

namespace gradpad::lang {

namespace {

std::string normalised(std::string text) {
  if (std::ranges::find(text, '\r') == text.end()) return text;
  std::string out;
  out.reserve(text.size() + 1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') continue;
      out.push_back('\n');
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

}  // namespace

Source::Source(std::string filename_, std::string text_, bool is_library_)
    : filename(std::move(filename_)), text(normalised(std::move(text_))), is_library(is_library_) {
  starts_.push_back(0);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts_.push_back(i + 1);
  }
}

std::string_view Source::line(int32_t number) const noexcept {
  if (number < 1 || number > line_count()) return {};
  const size_t begin = starts_[static_cast<size_t>(number - 1)];
  const size_t end = number < line_count() ? starts_[static_cast<size_t>(number)] - 1 : text.size();
  return std::string_view(text).substr(begin, end - begin);
}

size_t byte_of_column(std::string_view line, int32_t utf16_column) noexcept {
  size_t offset = 0;
  while (utf16_column > 0 && offset < line.size()) {
    const int width = utf8_width(line[offset]);
    utf16_column -= width == 4 ? 2 : 1;
    offset += static_cast<size_t>(width);
  }
  return offset < line.size() ? offset : line.size();
}

size_t ColumnCursor::byte_of(int32_t line, int32_t utf16_column) noexcept {
  const std::string_view text = source_.line(line);
  if (line != line_ || utf16_column < column_ / 2) {
    line_ = line;
    column_ = 0;
    byte_ = 0;
  }
  // An operator stands before the operands that were looked at last: a few steps back.
  while (utf16_column < column_ && byte_ > 0) {
    do {
      --byte_;
    } while (byte_ > 0 && (static_cast<unsigned char>(text[byte_]) & 0xC0) == 0x80);
    column_ -= utf8_width(text[byte_]) == 4 ? 2 : 1;
  }
  byte_ += byte_of_column(text.substr(byte_), utf16_column - column_);
  column_ = utf16_column;
  if (byte_ == text.size()) line_ = 0;  // perhaps beyond the end: count anew
  return byte_;
}

}  // namespace gradpad::lang
