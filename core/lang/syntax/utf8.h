// UTF-8, in which sources and strings are kept. Lone surrogates are three bytes, as Python allows
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gradpad::lang {

/// Code points.
int64_t utf8_length(std::string_view text) noexcept;
/// Bytes of the code point that this byte begins.
inline int utf8_width(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}
/// Decodes the code point at `offset` and moves `offset` past it.
char32_t utf8_next(std::string_view text, size_t& offset) noexcept;
void utf8_append(std::string& text, char32_t code_point);
/// UTF-16 code units of the text: what columns in the page count.
int64_t utf16_length(std::string_view text) noexcept;

}  // namespace gradpad::lang
