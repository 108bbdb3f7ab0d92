// Properties of characters and their case, beyond ASCII too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradpad::lang {

// Classes of code points, as str.isalpha and its like ask for them.
inline constexpr uint16_t kAlphaClass = 1 << 0;
inline constexpr uint16_t kDecimalClass = 1 << 1;
inline constexpr uint16_t kDigitClass = 1 << 2;
inline constexpr uint16_t kNumericClass = 1 << 3;
inline constexpr uint16_t kLowerClass = 1 << 4;
inline constexpr uint16_t kUpperClass = 1 << 5;
inline constexpr uint16_t kTitleClass = 1 << 6;
inline constexpr uint16_t kSpaceClass = 1 << 7;
inline constexpr uint16_t kPrintableClass = 1 << 8;
inline constexpr uint16_t kNameStartClass = 1 << 9;  // may begin a name
inline constexpr uint16_t kNameClass = 1 << 10;      // may stand in a name

/// The classes of a code point.
uint16_t unicode_classes(char32_t c);
inline bool unicode_is(char32_t c, uint16_t classes) { return (unicode_classes(c) & classes) != 0; }
/// The value of a decimal digit of any script, or -1.
int unicode_decimal(char32_t c);

enum class CaseMapping : uint8_t { Upper, Lower, Title, Fold };
/// Appends what the code point becomes; one may become up to three.
void append_case(std::string& text, char32_t c, CaseMapping mapping);

}  // namespace gradpad::lang
