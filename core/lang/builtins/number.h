// Numbers: reading and writing them as text, rounding, and what only the built-in functions need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/objects/numbers.h"
#include "lang/runtime/number_operators.h"

namespace gradpad::lang {

/// pow(base, exponent, modulus).
int64_t int_power_mod(int64_t base, int64_t exponent, int64_t modulus);
/// int(value): cut towards zero; ValueError or OverflowError where there is no such int.
Value float_to_int(double value);
/// round(value, digits), correctly from the exact binary value, halves to even.
double float_round(double value, int64_t digits);
/// round(value): halves to even.
Value float_round_to_int(double value);
/// round(value, -digits) of an int, halves to even; `digits` > 0.
int64_t int_round_tens(int64_t value, int64_t digits);

/// int(text, base): `base` 0 reads the prefix. ValueError with Python's text.
int64_t parse_int(Runtime& rt, Str* text, int64_t base);
/// float(text). ValueError with Python's text.
double parse_float(Runtime& rt, Str* text);

/// Digits of |value| in a base of 2 to 36, lower case.
std::string int_digits(int64_t value, int base);
/// "-0x1f", "0b101", "-0o17".
std::string int_prefixed(int64_t value, int base);

}  // namespace gradpad::lang
