// The tables of unicode_data.h, unpacked when the first character beyond ASCII is asked for.
#include "lang/syntax/unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "lang/syntax/unicode_data.h"
#include "lang/syntax/utf8.h"

namespace gradpad::lang {

namespace {

/// Reads the numbers of a table one by one.
class Numbers {
 public:
  explicit Numbers(std::string_view table) : table_(table) {
    for (uint8_t i = 0; i < 64; ++i) digits_[static_cast<uint8_t>(unicode_data::kAlphabet[i])] = i;
  }
  bool more() const { return at_ < table_.size(); }
  uint32_t next() {
    uint32_t value = 0;
    for (int shift = 0;; shift += 5) {
      const uint32_t digit = digits_[static_cast<uint8_t>(table_[at_++])];
      value |= (digit & 31) << shift;
      if (digit < 32) return value;
    }
  }
  int32_t next_signed() {
    const uint32_t value = next();
    return value & 1 ? -static_cast<int32_t>(value / 2) - 1 : static_cast<int32_t>(value / 2);
  }

 private:
  std::string_view table_;
  size_t at_ = 0;
  std::array<uint8_t, 128> digits_{};
};

struct ClassRun {
  uint32_t start;
  uint16_t classes;
};

struct CaseRun {
  uint32_t start;
  uint32_t count;
  uint32_t stride;
  int32_t shift;
};

struct CaseSpecial {
  uint32_t code;
  uint32_t count;
  std::array<uint32_t, 3> result;
};

struct CaseTable {
  CaseTable(std::string_view packed_runs, std::string_view packed_special) {
    Numbers numbers(packed_runs);
    for (uint32_t start = 0; numbers.more();) {
      start += numbers.next();
      const uint32_t count = numbers.next();
      runs.push_back({start, count / 2, count % 2 + 1, numbers.next_signed()});
    }
    Numbers others(packed_special);
    for (uint32_t code = 0; others.more();) {
      code += others.next();
      CaseSpecial entry{code, others.next(), {}};
      for (uint32_t i = 0; i < entry.count; ++i) entry.result[i] = others.next();
      special.push_back(entry);
    }
  }
  std::vector<CaseRun> runs;
  std::vector<CaseSpecial> special;
};

struct Tables {
  Tables() {
    constexpr uint32_t kKinds = std::size(unicode_data::kClasses);
    Numbers numbers(unicode_data::kRuns);
    for (uint32_t start = 0; numbers.more();) {
      const uint32_t value = numbers.next();
      classes.push_back({start, unicode_data::kClasses[value % kKinds]});
      start += value / kKinds;
    }
  }
  std::vector<ClassRun> classes;
  CaseTable cases[4] = {{unicode_data::kUpper, unicode_data::kUpperSpecial},
                        {unicode_data::kLower, unicode_data::kLowerSpecial},
                        {unicode_data::kTitle, unicode_data::kTitleSpecial},
                        {unicode_data::kFold, unicode_data::kFoldSpecial}};
};

const Tables& tables() {
  static const Tables unpacked;
  return unpacked;
}

const ClassRun& run_of(char32_t c) {
  const auto& runs = tables().classes;
  const auto after = std::ranges::upper_bound(runs, static_cast<uint32_t>(c), {}, &ClassRun::start);
  return after[-1];
}

constexpr uint16_t ascii_classes(char32_t c) {
  uint16_t classes = 0;
  const bool digit = c >= '0' && c <= '9';
  const bool upper = c >= 'A' && c <= 'Z';
  const bool lower = c >= 'a' && c <= 'z';
  if (upper || lower) classes |= kAlphaClass;
  if (digit) classes |= kDecimalClass | kDigitClass | kNumericClass;
  if (lower) classes |= kLowerClass;
  if (upper) classes |= kUpperClass;
  if (c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F)) classes |= kSpaceClass;
  if (c >= 0x20 && c < 0x7F) classes |= kPrintableClass;
  if (upper || lower || c == '_') classes |= kNameStartClass;
  if (upper || lower || c == '_' || digit) classes |= kNameClass;
  return classes;
}

constexpr std::array<uint16_t, 128> kAscii = [] {
  std::array<uint16_t, 128> out{};
  for (char32_t c = 0; c < 128; ++c) out[c] = ascii_classes(c);
  return out;
}();

}  // namespace

uint16_t unicode_classes(char32_t c) { return c < 128 ? kAscii[c] : run_of(c).classes; }

int unicode_decimal(char32_t c) {
  if (c < 128) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  const ClassRun& run = run_of(c);
  // Digits stand in tens, from zero up.
  return run.classes & kDecimalClass ? static_cast<int>((c - run.start) % 10) : -1;
}

void append_case(std::string& text, char32_t c, CaseMapping mapping) {
  if (c < 128) {
    const bool lowers = mapping == CaseMapping::Lower || mapping == CaseMapping::Fold;
    if (lowers ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z') c ^= 0x20;
    text.push_back(static_cast<char>(c));
    return;
  }
  const CaseTable& table = tables().cases[static_cast<size_t>(mapping)];
  const auto code = static_cast<uint32_t>(c);
  const auto special = std::ranges::lower_bound(table.special, code, {}, &CaseSpecial::code);
  if (special != table.special.end() && special->code == code) {
    for (uint32_t i = 0; i < special->count; ++i) utf8_append(text, special->result[i]);
    return;
  }
  const auto after = std::ranges::upper_bound(table.runs, code, {}, &CaseRun::start);
  if (after != table.runs.begin()) {
    const CaseRun& run = after[-1];
    const uint32_t distance = code - run.start;
    if (distance % run.stride == 0 && distance / run.stride < run.count) {
      c = static_cast<char32_t>(static_cast<int32_t>(code) + run.shift);
    }
  }
  utf8_append(text, c);
}

}  // namespace gradpad::lang
