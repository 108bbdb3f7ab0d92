// Text: its bytes among those of the heap, its hash, and places in it.
#include "lang/objects/str.h"

#include "gradpad/tensor/error.h"
#include "lang/objects/heap.h"

namespace gradpad::lang {

Str::Str(std::string text) : Object(kKind), length_(utf8_length(text)), text_(std::move(text)) {
  HeapStats& stats = heap_stats();
  const auto bytes = static_cast<int64_t>(text_.capacity());
  if (stats.limit_bytes > 0 && stats.live_bytes + bytes > stats.limit_bytes) {
    ++stats.refused;
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
