// Shortest decimal text of a double, by printf and strtod.
//
// std::to_chars would do, but its tables make a WebAssembly module 106 KB larger (40 compressed);
// this needs nothing that is not linked already. Why it is right: a decimal of at most 15 digits
// survives the way to a normal double and back (DBL_DIG), so when any such decimal reads as
// `value`, it is the one that %.15g prints. Otherwise 16 digits are tried, then 17, which always
// suffice. Below the normal range doubles hold fewer digits, so there every length is tried from 1
// up. Below a power of two the next double is half as far as above it, so the nearest 16 digits may
// read as that neighbour while the next ones up do not.
#include "tensor/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace gradpad {

namespace {

const char* non_finite_text(double value) {
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

std::string print(const char* format, int precision, double value) {
  if (!std::isfinite(value)) return non_finite_text(value);
  std::array<char, 64> local;
  const int length = std::snprintf(local.data(), local.size(), format, precision, value);
  if (static_cast<size_t>(length) < local.size())
    return {local.data(), static_cast<size_t>(length)};
  std::string text(static_cast<size_t>(length), '\0');
  std::snprintf(text.data(), text.size() + 1, format, precision, value);
  return text;
}

/// Digits (first one not zero, last one not zero) and the decimal exponent of the first digit.
struct Decimal {
  std::string digits;
  int exponent;
};

bool reads_as(const char* text, double value) { return std::strtod(text, nullptr) == value; }

/// Adds one unit to the last digit of "d.ddd…e…". Nothing happens to nines alone.
void increment_last_digit(char* text) {
  char* end = text;
  while (*end != 'e') ++end;
  char* digit = end - 1;
  while (digit > text && (*digit == '9' || *digit == '.')) --digit;
  if (*digit == '9') return;
  ++*digit;
  for (char* lower = digit + 1; lower < end; ++lower) {
    if (*lower != '.') *lower = '0';
  }
}

/// `value` is positive and finite.
Decimal shortest_decimal(double value) {
  int exponent2 = 0;
  const bool power_of_two = std::frexp(value, &exponent2) == 0.5;
  int count = value < std::numeric_limits<double>::min() ? 1 : 15;
  std::array<char, 32> text;
  for (;; ++count) {
    std::snprintf(text.data(), text.size(), "%.*e", count - 1, value);
    if (count >= 17 || reads_as(text.data(), value)) break;
    if (count == 16 && power_of_two) {
      increment_last_digit(text.data());
      if (reads_as(text.data(), value)) break;
    }
  }
  const std::string_view printed(text.data());
  const size_t mark = printed.find('e');
  Decimal result;
  result.exponent = std::atoi(text.data() + mark + 1);
  for (char c : printed.substr(0, mark)) {
    if (c != '.') result.digits += c;
  }
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  return result;
}

}  // namespace

std::string python_float_repr(double value) {
  if (!std::isfinite(value)) return non_finite_text(value);
  std::string text = std::signbit(value) ? "-" : "";
  if (value == 0) return text + "0.0";
  const Decimal decimal = shortest_decimal(std::fabs(value));
  const std::string& digits = decimal.digits;
  const int exponent = decimal.exponent;
  // Python writes an exponent below 1e-4 and from 1e16 on.
  if (exponent < -4 || exponent >= 16) {
    text += digits[0];
    if (digits.size() > 1) text.append(1, '.').append(digits, 1);
    text += exponent < 0 ? "e-" : "e+";
    const int magnitude = std::abs(exponent);
    if (magnitude < 10) text += '0';
    return text + std::to_string(magnitude);
  }
  const auto whole = static_cast<size_t>(exponent < 0 ? 0 : exponent + 1);
  if (whole == 0) {
    return text.append("0.").append(static_cast<size_t>(-exponent - 1), '0').append(digits);
  }
  if (digits.size() <= whole) {
    return text.append(digits).append(whole - digits.size(), '0').append(".0");
  }
  return text.append(digits, 0, whole).append(1, '.').append(digits, whole);
}

std::string format_fixed(double value, int precision) { return print("%.*f", precision, value); }

std::string format_scientific(double value, int precision) {
  return print("%.*e", precision, value);
}

std::optional<Scalar> read_scalar(std::string_view text) {
  if (text == "True") return Scalar(true);
  if (text == "False") return Scalar(false);
  const char* const end = text.data() + text.size();
  int64_t integer = 0;
  if (const auto [at, problem] = std::from_chars(text.data(), end, integer);
      at == end && problem == std::errc()) {
    return Scalar(integer);
  }
  // std::from_chars of doubles brings the same tables as std::to_chars.
  const std::string owned(text);
  char* after = nullptr;
  const double value = std::strtod(owned.c_str(), &after);
  if (owned.empty() || after != owned.c_str() + owned.size()) return std::nullopt;
  return Scalar(value);
}

}  // namespace gradpad
