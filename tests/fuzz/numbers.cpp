// Numbers: what float() and int() read and what repr and format write, beside the C library's.
#include <cmath>
#include <limits>

#include "input.h"
#include "lang/builtins/format.h"
#include "lang/builtins/number.h"
#include "lang/session/session.h"
#include "tensor/number_text.h"

using namespace gradpad;
using fuzz::expect;
using fuzz::Input;

namespace {

std::string printed(const char* format, int precision, double value) {
  std::string text(2000, '\0');
  const int length = std::snprintf(text.data(), text.size(), format, precision, value);
  text.resize(static_cast<size_t>(length));
  return text;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void check_writing(double value, int precision) {
  const std::string shortest = python_float_repr(value);
  expect(same(std::strtod(shortest.c_str(), nullptr), value), shortest);
  // No text of fewer digits reads back.
  if (std::isfinite(value) && value != 0) {
    const auto digits = [](const std::string& text) {
      std::string found;
      for (char c : text.substr(0, text.find('e'))) {
        if (c >= '0' && c <= '9') found += c;
      }
      found.erase(0, found.find_first_not_of('0'));
      while (found.size() > 1 && found.back() == '0') found.pop_back();
      return found.size();
    };
    const auto fewer = static_cast<int>(digits(shortest)) - 2;
    if (fewer >= 0) {
      const std::string text = printed("%.*e", fewer, value);
      expect(std::strtod(text.c_str(), nullptr) != value, text + " is shorter than " + shortest);
    }
  }
  if (!std::isfinite(value)) return;
  expect(format_fixed(value, precision) == printed("%.*f", precision, value), shortest);
  expect(format_scientific(value, precision) == printed("%.*e", precision, value), shortest);
  for (const char type : {'e', 'f', 'g', 'E', 'F', 'G'}) {
    const char format[] = {'%', '.', '*', type, '\0'};
    expect(lang::float_text(value, type, precision, false) == printed(format, precision, value),
           shortest);
  }
}

void check_rounding(double value, int digits) {
  if (!std::isfinite(value) || digits < 0) return;
  // The decimal digits of a float64 are exact in printf, which rounds halves to even.
  const double expected = std::strtod(printed("%.*f", digits, value).c_str(), nullptr);
  expect(same(lang::float_round(value, digits), expected), python_float_repr(value));
}

/// A specification of any text: a result or ValueError.
void check_spec(double value, int64_t integer, std::string_view spec) {
  if (spec.size() > 12) return;
  // What would be wide is a matter of memory. Digits may be those of any script.
  for (size_t i = 0, run = 0; i < spec.size(); ++i) {
    run = std::isdigit(static_cast<unsigned char>(spec[i])) || (spec[i] & 0x80) ? run + 1 : 0;
    if (run > 4) return;
  }
  const auto tries = [](auto call) {
    try {
      call();
    } catch (const Error& error) {
      expect(error.kind() == ErrorKind::Value || error.kind() == ErrorKind::Overflow ||
                 error.kind() == ErrorKind::Memory,
             error.message());
    }
  };
  tries([&] { lang::format_float(value, spec, "float"); });
  tries([&] { lang::format_int(integer, spec, "int"); });
  tries([&] { lang::format_text("text", spec, "str"); });
}

/// float(text) and int(text) in the language.
void check_reading(std::string_view text) {
  std::string literal;
  bool plain = !text.empty() && text.size() < 60;
  for (const char c : text) {
    if (c < ' ' || c > '~' || c == '\'' || c == '\\') plain = false;
  }
  if (!plain) return;
  static lang::Session session;
  const std::string quoted = "'" + std::string(text) + "'";
  lang::RunOptions options;
  options.inspect = false;
  const lang::RunResult result =
      session.run("try:\n    print(repr(float(" + quoted +
                      ")))\nexcept ValueError as e:\n    print(e)\n"
                      "try:\n    print(int(" +
                      quoted + "))\nexcept (ValueError, OverflowError) as e:\n    print('no')\n",
                  options);
  expect(!result.error, result.error ? result.error->traceback : "");
  const std::string read = result.stdout_text.substr(0, result.stdout_text.find('\n'));
  const std::string own(text);
  char* end = nullptr;
  const double value = std::strtod(own.c_str(), &end);
  const bool whole =
      end == own.c_str() + own.size() && own.find_first_of("xXpP()_ ") == std::string::npos;
  if (whole) expect(read == python_float_repr(value) || (std::isnan(value) && read == "nan"), own);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input in(data, size);
  const auto value = in.take<double>();
  const auto integer = in.take<int64_t>();
  const auto precision = static_cast<int>(in.between(0, 60));
  check_writing(value, precision);
  check_writing(static_cast<float>(value), precision);
  check_rounding(value, precision);
  expect(lang::int_digits(integer, 10) == std::to_string(integer < 0
                                                             ? 0 - static_cast<uint64_t>(integer)
                                                             : static_cast<uint64_t>(integer)),
         std::to_string(integer));
  check_spec(value, integer, in.rest());
  check_reading(in.rest());
  return 0;
}
