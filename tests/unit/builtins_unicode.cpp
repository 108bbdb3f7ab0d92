// What str knows of Unicode, against CPython 3.11 (Unicode 14.0): sums over all code points, which
// tests/unit/builtins_unicode.py prints.
#include "lang/syntax/unicode.h"

#include <catch2/catch_test_macros.hpp>

#include "lang/objects/str.h"

using namespace gradpad::lang;

namespace {

/// FNV-1a over 64-bit numbers.
class Sum {
 public:
  void add(uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001B3u; }
  uint64_t value() const { return hash_; }

 private:
  uint64_t hash_ = 0xCBF29CE484222325u;
};

uint64_t sum_of_case(CaseMapping mapping) {
  Sum sum;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_case(text, c, mapping);
    for (size_t at = 0; at < text.size();) sum.add(utf8_next(text, at));
  }
  return sum.value();
}

}  // namespace

TEST_CASE("every code point has CPython's classes and digit value", "[builtins]") {
  Sum sum;
  for (char32_t c = 0; c < 0x110000; ++c) {
    sum.add(unicode_classes(c));
    sum.add(static_cast<uint64_t>(static_cast<int64_t>(unicode_decimal(c))));
  }
  CHECK(sum.value() == 0x6d63e5a35e5bfeddu);
}

TEST_CASE("every code point changes case as in CPython", "[builtins]") {
  CHECK(sum_of_case(CaseMapping::Upper) == 0x10b51b4eac7744a4u);
  CHECK(sum_of_case(CaseMapping::Lower) == 0xce354a6bfdd44e2eu);
  CHECK(sum_of_case(CaseMapping::Title) == 0x9c8781eeb74886cu);
  CHECK(sum_of_case(CaseMapping::Fold) == 0x93a5806685d32617u);
}

TEST_CASE("one character may become several", "[builtins]") {
  std::string text;
  append_case(text, 0xDF, CaseMapping::Upper);    // ß
  append_case(text, 0xFB03, CaseMapping::Upper);  // ﬃ
  CHECK(text == "SSFFI");
}
