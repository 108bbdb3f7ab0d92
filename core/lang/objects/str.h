// str: immutable text, kept as UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/objects/object.h"
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

/// Lone surrogates, which Python allows, are kept as their three bytes.
class Str : public Object {
 public:
  static constexpr Kind kKind = Kind::Str;
  explicit Str(std::string text);
  ~Str() override;

  std::string_view view() const noexcept { return text_; }
  const std::string& text() const noexcept { return text_; }
  const char* c_str() const noexcept { return text_.c_str(); }
  bool empty() const noexcept { return text_.empty(); }
  /// Bytes; `length` counts code points.
  size_t bytes() const noexcept { return text_.size(); }
  int64_t length() const noexcept { return length_; }
  /// One byte for each code point: indices of both are the same.
  bool is_ascii() const noexcept { return length_ == static_cast<int64_t>(text_.size()); }
  int64_t hash() const noexcept {
    if (hash_ == 0) compute_hash();
    return hash_;
  }
  /// Byte offset of a code point, 0 <= index <= length().
  size_t offset_of(int64_t index) const noexcept;
  /// Code points [from, to), both within 0..length().
  std::string_view slice(int64_t from, int64_t to) const noexcept;

  /// Interned strings are equal only where they are the same object. Attribute names are interned.
  bool is_interned() const noexcept { return interned_; }
  void mark_interned() noexcept { interned_ = true; }
  bool equals(const Str& other) const noexcept {
    if (this == &other) return true;
    if (interned_ && other.interned_) return false;
    return text_ == other.text_;
  }

 private:
  void compute_hash() const noexcept;

  bool interned_ = false;
  mutable int64_t hash_ = 0;
  int64_t length_;
  std::string text_;
};

}  // namespace gradpad::lang
