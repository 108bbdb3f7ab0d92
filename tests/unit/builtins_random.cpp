// The generator of the module random, against CPython's values.
#include "lang/builtins/modules/random.h"

#include <catch2/catch_test_macros.hpp>

#include "lang/builtins/modules/sha512.h"

using namespace gradpad;
using namespace gradpad::lang;

TEST_CASE("seeds give CPython's streams", "[builtins]") {
  Runtime rt;
  RandomState random;
  random.seed(rt, Value(42));
  CHECK(random.uniform() == 0x1.4762f307200c5p-1);
  CHECK(random.uniform() == 0x1.99c6b5eeb2060p-6);
  CHECK(random.bits(40) == 267469214295u);
  random.seed(rt, Value(-42));
  CHECK(random.uniform() == 0x1.4762f307200c5p-1);
  random.seed(rt, Value((int64_t{1} << 40) + 17));
  CHECK(random.uniform() == 0x1.52a58cb0eb12ap-1);
  random.seed(rt, rt.make_str("hello"));
  CHECK(random.uniform() == 0x1.6a441bebd6e04p-2);
}

TEST_CASE("numbers below a bound stay below it", "[builtins]") {
  Runtime rt;
  RandomState random;
  random.seed(rt, Value(1));
  for (uint64_t bound : {uint64_t{1}, uint64_t{3}, uint64_t{1} << 32, (uint64_t{1} << 63) + 5}) {
    for (int i = 0; i < 100; ++i) REQUIRE(random.below(bound) < bound);
  }
}

TEST_CASE("SHA-512", "[builtins]") {
  const auto begins = [](std::string_view text) {
    uint64_t word = 0;
    const auto hash = sha512(text);
    for (size_t i = 0; i < 8; ++i) word = word << 8 | hash[i];
    return word;
  };
  CHECK(begins("abc") == 0xddaf35a193617abau);
  CHECK(begins(std::string(200, 'a')) == 0x4b11459c33f52a22u);
  CHECK(begins("") == 0xcf83e1357eefb8bdu);
}
