// Integer and float arithmetic of the language. Expected values are CPython's.
#include "lang/objects/numbers.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>

#include "gradpad/tensor/error.h"
#include "lang/builtins/modules/precise.h"
#include "lang/builtins/number.h"

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

TEST_CASE("hashes of numbers are CPython's", "[builtins]") {
  CHECK(hash_int(0) == 0);
  CHECK(hash_int(-1) == -2);
  CHECK(hash_int((int64_t{1} << 61) - 1) == 0);
  CHECK(hash_int(INT64_MIN) == -4);
  CHECK(hash_float(1.0) == hash_int(1));
  CHECK(hash_float(-1.0) == -2);
  CHECK(hash_float(0.5) == 1152921504606846976);
  CHECK(hash_float(3.14) == 322818021289917443);
  CHECK(hash_float(1e300) == 1224995262755759164);
  CHECK(hash_float(HUGE_VAL) == 314159);
  CHECK(hash_float(-HUGE_VAL) == -314159);
}

TEST_CASE("an int and a float compare exactly", "[builtins]") {
  constexpr int64_t kOdd = (int64_t{1} << 53) + 1;  // no double
  CHECK(compare_int_float(kOdd, 0x1p53) == 1);
  CHECK(compare_int_float(kOdd - 1, 0x1p53) == 0);
  CHECK(compare_int_float(INT64_MAX, 0x1p63) == -1);
  CHECK(compare_int_float(INT64_MIN, -0x1p63) == 0);
  CHECK(compare_int_float(2, 2.5) == -1);
  CHECK(compare_int_float(-2, -2.5) == 1);
  CHECK(compare_int_float(0, std::nan("")) == 2);
  CHECK(compare_int_float(INT64_MAX, HUGE_VAL) == -1);
}

TEST_CASE("floor division and remainder of floats", "[builtins]") {
  CHECK(float_floor_div(7, -2) == -4);
  CHECK(float_mod(7, -2) == -1);
  CHECK(float_mod(-7, 2) == 1);
  CHECK(float_floor_div(1, 0.1) == 9);
  CHECK(float_mod(1, 0.1) == 0.09999999999999995);
  CHECK(std::signbit(float_mod(4, -2)));
  CHECK(std::signbit(float_floor_div(-0.0, 2)));
}

TEST_CASE("powers", "[builtins]") {
  CHECK(number_power(Value(-2), Value(63)).as_int() == INT64_MIN);
  CHECK(number_power(Value(2), Value(-1)).as_float() == 0.5);
  CHECK(number_power(Value(0), Value(0)).as_int() == 1);
  CHECK(number_power(Value(-1), Value(INT64_MAX)).as_int() == -1);
  CHECK(error_of([] { number_power(Value(2), Value(63)); }) ==
        "int result does not fit in 64 bits");
  CHECK(error_of([] { number_power(Value(0), Value(-1)); }) ==
        "0.0 cannot be raised to a negative power");
  CHECK(error_of([] { number_power(Value(10.0), Value(400)); }) ==
        "(34, 'Numerical result out of range')");
  CHECK(error_of([] { number_power(Value(-8.0), Value(0.5)); }) ==
        "negative number cannot be raised to a fractional power");
}

TEST_CASE("powers to a modulus", "[builtins]") {
  CHECK(int_power_mod(3, 200, 1000007) == 959082);
  CHECK(int_power_mod(-3, 3, 5) == 3);
  CHECK(int_power_mod(3, 2, -4) == -3);
  CHECK(int_power_mod(2, -1, 7) == 4);
  CHECK(int_power_mod(7, 0, 1) == 0);
  CHECK(int_power_mod(INT64_MAX, INT64_MAX, INT64_MAX - 1) == 1);
  CHECK(error_of([] { int_power_mod(4, -1, 6); }) ==
        "base is not invertible for the given modulus");
}

TEST_CASE("rounding goes by the exact value, halves to even", "[builtins]") {
  CHECK(float_round(2.675, 2) == 2.67);
  CHECK(float_round(0.5, 0) == 0);
  CHECK(float_round(1.5, 0) == 2);
  CHECK(float_round(25, -1) == 20);
  CHECK(float_round(35, -1) == 40);
  CHECK(float_round(5, -1) == 0);
  CHECK(float_round(5.000000001, -1) == 10);
  CHECK(float_round(1e22, 2) == 1e22);
  CHECK(float_round(5e-324, 323) == 0);
  CHECK(std::signbit(float_round(-0.2, 0)));
  CHECK(float_round_to_int(-2.5).as_int() == -2);
  CHECK(int_round_tens(15, 1) == 20);
  CHECK(int_round_tens(25, 1) == 20);
  CHECK(int_round_tens(-15, 1) == -20);
  CHECK(int_round_tens(INT64_MIN, 20) == 0);
  CHECK(error_of([] { int_round_tens(INT64_MAX, 1); }) == "int result does not fit in 64 bits");
}

TEST_CASE("sums and norms round once", "[builtins]") {
  CHECK(exact_sum(std::vector<double>(10, 0.1)) == 1.0);
  CHECK(exact_sum({1e16, 1, -1e16}) == 1);
  CHECK(exact_sum({1e100, 1, -1e100, 1}) == 2);
  CHECK(error_of([] { exact_sum({1e308, 1e308, -1e308}); }) == "intermediate overflow in fsum");
  CHECK(vector_norm({3, 4}) == 5);
  CHECK(vector_norm({1e300, 1e300}) == 1.4142135623730952e300);
  CHECK(vector_norm({5e-324, 5e-324}) == 5e-324);
  CHECK(std::isinf(vector_norm({HUGE_VAL, std::nan("")})));
}

TEST_CASE("digits in any base", "[builtins]") {
  CHECK(int_digits(INT64_MIN, 2) == "1" + std::string(63, '0'));
  CHECK(int_digits(35, 36) == "z");
  CHECK(int_prefixed(-255, 16) == "-0xff");
  CHECK(int_prefixed(8, 8) == "0o10");
}
