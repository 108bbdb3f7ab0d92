// Counting, reading and writing UTF-8.
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

int64_t utf8_length(std::string_view text) noexcept {
  int64_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

char32_t utf8_next(std::string_view text, size_t& offset) noexcept {
  const auto byte = [&](size_t i) {
    return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) & 0x3Fu : 0u;
  };
  const auto first = static_cast<unsigned char>(text[offset]);
  char32_t code_point = first;
  const int width = utf8_width(text[offset]);
  if (width == 2) code_point = ((first & 0x1Fu) << 6) | byte(1);
  if (width == 3) code_point = ((first & 0x0Fu) << 12) | (byte(1) << 6) | byte(2);
  if (width == 4) {
    code_point = ((first & 0x07u) << 18) | (byte(1) << 12) | (byte(2) << 6) | byte(3);
  }
  offset += static_cast<size_t>(width);
  if (offset > text.size()) offset = text.size();
  return code_point;
}

void utf8_append(std::string& text, char32_t c) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

int64_t utf16_length(std::string_view text) noexcept {
  int64_t count = 0;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    count += (byte & 0xC0) != 0x80;
    count += byte >= 0xF0;  // beyond the basic plane: two units
  }
  return count;
}

}  // namespace gradpad::lang
