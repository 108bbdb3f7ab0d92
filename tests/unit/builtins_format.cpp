// The format specification, on its own. Expected texts are CPython's; the programs in
// tests/lang/python/formatting_*.py go further.
#include "lang/builtins/format.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "gradpad/tensor/error.h"

using namespace gradpad;
using namespace gradpad::lang;

namespace {

std::string error_of(auto&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

}  // namespace

TEST_CASE("zeros that fill the width are grouped with the digits", "[builtins]") {
  CHECK(format_int(1234, "010,", "int") == "00,001,234");
  CHECK(format_int(1234, "09,", "int") == "0,001,234");
  CHECK(format_int(1234, "08,", "int") == "0,001,234");
  CHECK(format_int(255, "#012_b", "int") == "0b0_1111_1111");
  CHECK(format_float(1234.5, "012,.1f", "float") == "00,001,234.5");
  CHECK(format_float(HUGE_VAL, "010,", "float") == "0000000inf");
}

TEST_CASE("a float keeps looking like one where no type is given", "[builtins]") {
  CHECK(format_float(100, "", "float") == "100.0");
  CHECK(format_float(100, ".3", "float") == "1e+02");
  CHECK(format_float(99.9, ".3", "float") == "99.9");
  CHECK(format_float(5, ".4", "float") == "5.0");
  CHECK(format_float(1e20, "#", "float") == "1.e+20");
  CHECK(format_float(0.00001234, ".2", "float") == "1.2e-05");
}

TEST_CASE("sign, fill and alignment", "[builtins]") {
  CHECK(format_int(-5, "=6", "int") == "-    5");
  CHECK(format_int(5, "+06d", "int") == "+00005");
  CHECK(format_int(5, "é^5", "int") == "éé5éé");
  CHECK(format_float(-0.04, "z.1f", "float") == "0.0");
  CHECK(format_float(-0.04, ".1f", "float") == "-0.0");
  CHECK(format_text("日本", ">4", "str") == "  日本");
  CHECK(format_text("abc", ".2", "str") == "ab");
}

TEST_CASE("large precisions are exact", "[builtins]") {
  CHECK(format_float(0.1, ".55f", "float") ==
        "0.1000000000000000055511151231257827021181583404541015625");
  CHECK(format_float(1e22, ".0f", "float") == "10000000000000000000000");
  CHECK(float_text(2.5, 'f', 200, false).size() == 202);
}

TEST_CASE("a specification that is none says why", "[builtins]") {
  CHECK(error_of([] { format_int(1, "qq", "int"); }) ==
        "Invalid format specifier 'qq' for object of type 'int'");
  CHECK(error_of([] { format_int(1, ".2d", "int"); }) ==
        "Precision not allowed in integer format specifier");
  CHECK(error_of([] { format_float(1, "d", "float"); }) ==
        "Unknown format code 'd' for object of type 'float'");
  CHECK(error_of([] { format_text("a", ",", "str"); }) == "Cannot specify ',' with 's'.");
  CHECK(error_of([] { format_int(1, "99999999999999999999d", "int"); }) ==
        "Too many decimal digits in format string");
}

TEST_CASE("quoting escapes what cannot be printed", "[builtins]") {
  CHECK(quoted_text("it's", false) == "\"it's\"");
  CHECK(quoted_text("it's \"so\"", false) == "'it\\'s \"so\"'");
  CHECK(quoted_text("a\n\t\r\\", false) == "'a\\n\\t\\r\\\\'");
  CHECK(quoted_text("é\xC2\xA0\xE2\x80\x8B\x7F", false) == "'é\\xa0\\u200b\\x7f'");
  CHECK(quoted_text("é😀", true) == "'\\xe9\\U0001f600'");
  CHECK(quoted_text(std::string_view("\0", 1), false) == "'\\x00'");
}
