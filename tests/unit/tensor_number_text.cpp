// Floats as Python writes them. Expected texts are CPython's.
#include "tensor/number_text.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

using namespace gradpad;

TEST_CASE("repr of a float has the fewest digits that read back", "[number_text]") {
  const std::pair<double, const char*> cases[] = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1.0, "1.0"},
      {-2.5, "-2.5"},
      {0.1, "0.1"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1.0 / 3, "0.3333333333333333"},
      {2.0 / 3, "0.6666666666666666"},
      {100.0, "100.0"},
      {123456.789, "123456.789"},
      {double{0.1f}, "0.10000000149011612"},
      {3.141592653589793, "3.141592653589793"},
      {9007199254740993.0, "9007199254740992.0"},
      {123456789012345680.0, "1.2345678901234568e+17"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {2.2250738585072014e-308, "2.2250738585072014e-308"},
  };
  for (const auto& [value, text] : cases) CHECK(python_float_repr(value) == text);
}

TEST_CASE("repr of a float takes an exponent below 1e-4 and from 1e16 on", "[number_text]") {
  CHECK(python_float_repr(0.0001) == "0.0001");
  CHECK(python_float_repr(0.00001) == "1e-05");
  CHECK(python_float_repr(0.000012) == "1.2e-05");
  CHECK(python_float_repr(9999999999999998.0) == "9999999999999998.0");
  CHECK(python_float_repr(1e16) == "1e+16");
  CHECK(python_float_repr(1e22) == "1e+22");
  CHECK(python_float_repr(-1e100) == "-1e+100");
}

TEST_CASE("repr of what is not finite", "[number_text]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(python_float_repr(infinity) == "inf");
  CHECK(python_float_repr(-infinity) == "-inf");
  CHECK(python_float_repr(std::nan("")) == "nan");
  CHECK(python_float_repr(-std::nan("")) == "nan");
}

TEST_CASE("repr at the edges where digit counting is subtle", "[number_text]") {
  // Subnormal numbers hold fewer than 15 digits.
  CHECK(python_float_repr(5e-324) == "5e-324");
  CHECK(python_float_repr(1.5e-323) == "1.5e-323");
  // A power of two whose nearest 16 digits read as the double below it.
  CHECK(python_float_repr(std::ldexp(1.0, -1017)) == "7.120236347223045e-307");
  CHECK(python_float_repr(std::ldexp(1.0, -44)) == "5.684341886080802e-14");
}

TEST_CASE("repr of random doubles reads back, and no shorter text does", "[number_text]") {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 20000; ++i) {
    const double value =
        std::ldexp(static_cast<double>(engine() >> 11), static_cast<int>(engine() % 600) - 350);
    const std::string text = python_float_repr(value);
    REQUIRE(std::strtod(text.c_str(), nullptr) == value);
    std::string digits;
    for (char c : text.substr(0, text.find('e'))) {
      if (c >= '0' && c <= '9') digits += c;
    }
    digits.erase(0, digits.find_first_not_of('0'));
    digits.erase(digits.find_last_not_of('0') + 1);
    char shorter[40];
    std::snprintf(shorter, sizeof shorter, "%.*e", static_cast<int>(digits.size()) - 2, value);
    if (digits.size() > 1) REQUIRE(std::strtod(shorter, nullptr) != value);
  }
}

TEST_CASE("fixed and scientific notation round half to even on the exact value", "[number_text]") {
  CHECK(format_fixed(2.5, 0) == "2");
  CHECK(format_fixed(3.5, 0) == "4");
  CHECK(format_fixed(0.125, 2) == "0.12");
  CHECK(format_fixed(2.675, 2) == "2.67");
  CHECK(format_fixed(-0.0, 1) == "-0.0");
  CHECK(format_fixed(1e300, 0).size() == 301);
  CHECK(format_scientific(123456, 4) == "1.2346e+05");
  CHECK(format_scientific(1e-300, 0) == "1e-300");
  CHECK(format_fixed(-std::nan(""), 2) == "nan");
  CHECK(format_scientific(-std::numeric_limits<double>::infinity(), 2) == "-inf");
}
