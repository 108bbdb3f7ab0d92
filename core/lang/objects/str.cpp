// Text: UTF-8 with its length in code points, and its hash.
#include "lang/objects/str.h"

#include "gradpad/tensor/error.h"
#include "lang/objects/heap.h"

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

Str::Str(std::string text) : Object(kKind), length_(utf8_length(text)), text_(std::move(text)) {
  HeapStats& stats = heap_stats();
  const auto bytes = static_cast<int64_t>(text_.capacity());
  if (stats.limit_bytes > 0 && stats.live_bytes + bytes > stats.limit_bytes) {
    throw Error(ErrorKind::Memory, "");
  }
  stats.live_bytes += bytes;
}

Str::~Str() { heap_stats().live_bytes -= static_cast<int64_t>(text_.capacity()); }

void Str::compute_hash() const noexcept {
  // FNV-1a, finished as in MurmurHash3. CPython's is salted, so nobody can rely on its values.
  uint64_t h = 0xCBF29CE484222325u;
  for (char c : text_) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  h ^= h >> 33;
  h *= 0xFF51AFD7ED558CCDu;
  h ^= h >> 33;
  hash_ = static_cast<int64_t>(h);
  if (hash_ == 0 || hash_ == -1) hash_ = 1;
}

size_t Str::offset_of(int64_t index) const noexcept {
  if (is_ascii()) return static_cast<size_t>(index);
  size_t offset = 0;
  for (; index > 0; --index) offset += static_cast<size_t>(utf8_width(text_[offset]));
  return offset;
}

std::string_view Str::slice(int64_t from, int64_t to) const noexcept {
  if (to <= from) return {};
  const size_t begin = offset_of(from);
  if (is_ascii()) return view().substr(begin, static_cast<size_t>(to - from));
  size_t end = begin;
  for (int64_t i = from; i < to; ++i) end += static_cast<size_t>(utf8_width(text_[end]));
  return view().substr(begin, end - begin);
}

}  // namespace gradpad::lang
