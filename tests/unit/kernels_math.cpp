// The element-wise functions: their accuracy in units in the last place against libm in a wider
// type, their edges, and that no value depends on where in a row it stands.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <string>

#include "unit/isa/math_loops.h"
#include "unit/kernels_support.h"

using namespace gradpad;
using namespace gradpad::kernels;
using namespace gradpad::kernels::test;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

/// The distance between `got` and the exact value, in units in the last place of T at that value.
template <class T, class Wide>
double units_off(T got, Wide exact) {
  const T rounded = static_cast<T>(exact);
  if (std::isnan(exact) || std::isnan(got)) return std::isnan(exact) && std::isnan(got) ? 0 : kInf;
  if (std::isinf(rounded) || std::isinf(got)) {
    // One unit beyond the largest number is as good as infinite.
    const Wide most = std::numeric_limits<T>::max();
    return got == rounded || (std::abs(exact) >= most && std::abs(static_cast<Wide>(got)) >= most)
               ? 0
               : kInf;
  }
  const T size = std::abs(rounded);
  const T unit = std::max(std::nextafter(size, std::numeric_limits<T>::infinity()) - size,
                          std::numeric_limits<T>::denorm_min());
  return static_cast<double>(std::abs(static_cast<Wide>(got) - exact) / static_cast<Wide>(unit));
}

template <class T>
std::vector<T> mapped(Loop loop, const std::vector<T>& a, const std::vector<T>* b = nullptr) {
  std::vector<T> out(a.size());
  char* const pointers[] = {
      reinterpret_cast<char*>(out.data()), reinterpret_cast<char*>(const_cast<T*>(a.data())),
      b == nullptr ? nullptr : reinterpret_cast<char*>(const_cast<T*>(b->data()))};
  const int64_t strides[] = {sizeof(T), sizeof(T), sizeof(T)};
  loop(pointers, strides, static_cast<int64_t>(a.size()), nullptr);
  return out;
}

/// Bit patterns spread over a range of T, and the values around zero, one and the edges.
template <class T>
std::vector<T> arguments(double low, double high, int64_t count, uint64_t seed) {
  Numbers numbers(seed);
  std::vector<T> values;
  for (int64_t i = 0; i < count; ++i) {
    const double span = numbers.between(0, 1);
    const double edge = numbers.integer(0, 1) != 0 ? high : low;
    // Half of them uniform, half with any exponent down to the smallest.
    const double v = i % 2 == 0 ? low + (high - low) * span
                                : std::copysign(std::min(std::abs(edge), 1e6), edge) *
                                      std::exp2(-span * (sizeof(T) == 4 ? 160 : 1090));
    if (v >= low && v <= high) values.push_back(static_cast<T>(v));
  }
  return values;
}

struct UnaryCase {
  const char* name;
  long double (*exact)(long double);
  double low32, high32, low64, high64;
  double units32, units64;
};

long double sigmoid_exact(long double x) { return 1 / (1 + std::exp(-x)); }
long double rsqrt_exact(long double x) { return 1 / std::sqrt(x); }
#define GRADPAD_EXACT(name) [](long double x) -> long double { return std::name(x); }

const UnaryCase kUnary[] = {
    {"exp", GRADPAD_EXACT(exp), -110, 100, -760, 720, 1.2, 1.2},
    {"exp2", GRADPAD_EXACT(exp2), -155, 130, -1080, 1030, 1.5, 1.5},
    {"expm1", GRADPAD_EXACT(expm1), -110, 100, -760, 720, 1.8, 1.8},
    {"log", GRADPAD_EXACT(log), 0, 3e38, 0, 1e308, 1.2, 1.2},
    {"log1p", GRADPAD_EXACT(log1p), -1, 3e38, -1, 1e308, 1.5, 1.5},
    {"log2", GRADPAD_EXACT(log2), 0, 3e38, 0, 1e308, 2, 2},
    {"log10", GRADPAD_EXACT(log10), 0, 3e38, 0, 1e308, 2, 2},
    {"sin", GRADPAD_EXACT(sin), -3e4, 3e4, -1e7, 1e7, 1.2, 1.2},
    {"cos", GRADPAD_EXACT(cos), -3e4, 3e4, -1e7, 1e7, 1.2, 1.2},
    {"tan", GRADPAD_EXACT(tan), -3e4, 3e4, -1e7, 1e7, 1.5, 1.5},
    {"asin", GRADPAD_EXACT(asin), -1, 1, -1, 1, 1.5, 1.5},
    {"acos", GRADPAD_EXACT(acos), -1, 1, -1, 1, 1.5, 1.5},
    {"atan", GRADPAD_EXACT(atan), -1e6, 1e6, -1e6, 1e6, 1.5, 1.5},
    {"sinh", GRADPAD_EXACT(sinh), -95, 95, -715, 715, 3, 3},
    {"cosh", GRADPAD_EXACT(cosh), -95, 95, -715, 715, 3, 3},
    {"tanh", GRADPAD_EXACT(tanh), -20, 20, -40, 40, 2.5, 2.5},
    {"sigmoid", sigmoid_exact, -110, 110, -760, 760, 2.5, 2.5},
    {"erf", GRADPAD_EXACT(erf), -6, 6, -8, 8, 1.8, 1.5},
    {"erfc", GRADPAD_EXACT(erfc), -6, 11, -8, 28, 3, 8},
    {"sqrt", GRADPAD_EXACT(sqrt), 0, 3e38, 0, 1e308, 0.5, 0.501},
    {"rsqrt", rsqrt_exact, 0, 3e38, 0, 1e308, 1.5, 1.5},
    {"abs", GRADPAD_EXACT(abs), -1e30, 1e30, -1e300, 1e300, 0, 0},
    {"floor", GRADPAD_EXACT(floor), -1e10, 1e10, -1e18, 1e18, 0, 0},
    {"ceil", GRADPAD_EXACT(ceil), -1e10, 1e10, -1e18, 1e18, 0, 0},
    {"round", GRADPAD_EXACT(nearbyint), -1e10, 1e10, -1e18, 1e18, 0, 0},
    {"trunc", GRADPAD_EXACT(trunc), -1e10, 1e10, -1e18, 1e18, 0, 0},
};

template <class T>
void check_accuracy(const char* isa, const UnaryCase& c, Loop loop) {
  const bool single = sizeof(T) == 4;
  std::vector<T> in =
      arguments<T>(single ? c.low32 : c.low64, single ? c.high32 : c.high64, 40000, 51);
  // Close to the origin and to one, where relative errors show.
  for (int i = -300; i <= 300; ++i) {
    for (const double v : {i / 64.0, i * 1e-9, 1 + i * 1e-6}) {
      if (v >= (single ? c.low32 : c.low64) && v <= (single ? c.high32 : c.high64)) {
        in.push_back(static_cast<T>(v));
      }
    }
  }
  const std::vector<T> out = mapped(loop, in);
  double worst = 0;
  T at = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    const double off = units_off(out[i], c.exact(static_cast<long double>(in[i])));
    if (off > worst) worst = off, at = in[i];
  }
  INFO(isa << ' ' << c.name << (single ? " float" : " double") << " off by " << worst
           << " units at " << static_cast<double>(at));
  CHECK(worst <= (single ? c.units32 : c.units64));
}

const MathLoops& find(const MathList& loops, const std::string& name) {
  for (const MathLoops& entry : loops) {
    if (entry.name == name) return entry;
  }
  FAIL("no loop of " << name);
  return *loops.begin();
}

template <class T>
T one(Loop loop, double a, double b = 0) {
  const std::vector<T> second{static_cast<T>(b)};
  return mapped(loop, std::vector<T>{static_cast<T>(a)}, &second)[0];
}

/// Equal as bits, or both NaN.
template <class T>
bool same(T a, T b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0 || (a != a && b != b);
}

}  // namespace

TEST_CASE("functions of one argument are accurate to a few units in the last place", "[kernels]") {
  for (const Isa isa : available_isas()) {
    for (const UnaryCase& c : kUnary) {
      const MathLoops& loops = find(math_table(isa).unary, c.name);
      check_accuracy<float>(isa_name(isa), c, loops.f32);
      check_accuracy<double>(isa_name(isa), c, loops.f64);
    }
  }
}

TEST_CASE("functions of one argument have libm's edges", "[kernels]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Isa isa : available_isas()) {
    for (const UnaryCase& c : kUnary) {
      const MathLoops& loops = find(math_table(isa).unary, c.name);
      for (const double v :
           {0.0, -0.0, kInf, -kInf, nan, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 1.5, -1.5}) {
        const long double exact = c.exact(static_cast<long double>(v));
        INFO(isa_name(isa) << ' ' << c.name << '(' << v << ')');
        const float f = one<float>(loops.f32, v);
        const double d = one<double>(loops.f64, v);
        CHECK(units_off(f, exact) <= c.units32);
        CHECK(units_off(d, exact) <= c.units64);
        if (exact == 0) {
          CHECK(std::signbit(f) == std::signbit(exact));
          CHECK(std::signbit(d) == std::signbit(exact));
        }
      }
    }
    const MathLoops& sign = find(math_table(isa).unary, "sign");
    CHECK(one<float>(sign.f32, -3) == -1);
    CHECK(one<float>(sign.f32, 3) == 1);
    CHECK(one<float>(sign.f32, nan) == 0);
    CHECK(one<double>(sign.f64, 0) == 0);
  }
}

TEST_CASE("powers of two and ten have whole logarithms", "[kernels]") {
  for (const Isa isa : available_isas()) {
    for (int k = -140; k <= 127; ++k) {
      INFO(isa_name(isa) << ' ' << k);
      CHECK(one<float>(find(math_table(isa).unary, "log2").f32, std::exp2(k)) == k);
      CHECK(one<float>(find(math_table(isa).unary, "exp2").f32, k) ==
            std::exp2(static_cast<float>(k)));
    }
    for (int k = 0; k <= 10; ++k) {
      CHECK(one<float>(find(math_table(isa).unary, "log10").f32, std::pow(10, k)) == k);
    }
  }
}

TEST_CASE("pow is accurate, and has libm's edges", "[kernels]") {
  const double edges[] = {0.0,
                          -0.0,
                          1,
                          -1,
                          2,
                          -2,
                          0.5,
                          -0.5,
                          3,
                          -3,
                          1e30,
                          -1e30,
                          kInf,
                          -kInf,
                          std::numeric_limits<double>::quiet_NaN(),
                          16777217,
                          4503599627370497.0};
  for (const Isa isa : available_isas()) {
    const MathLoops& loops = find(math_table(isa).binary, "pow");
    for (const double a : edges) {
      for (const double b : edges) {
        const float x = static_cast<float>(a), y = static_cast<float>(b);
        INFO(isa_name(isa) << " pow(" << a << ", " << b << ')');
        CHECK(units_off(one<float>(loops.f32, a, b),
                        std::pow(static_cast<long double>(x), static_cast<long double>(y))) <=
              0.51);
        CHECK(same(one<double>(loops.f64, a, b), std::pow(a, b)));
      }
    }
    auto a = random_values<float>(20000, 52, 0, 30), b = random_values<float>(20000, 53, -25, 25);
    for (size_t i = 0; i < a.size(); i += 3) a[i] = -a[i], b[i] = std::round(b[i]);
    const auto out = mapped(loops.f32, a, &b);
    double worst = 0;
    for (size_t i = 0; i < a.size(); ++i) {
      worst = std::max(worst, units_off(out[i], std::pow(static_cast<long double>(a[i]),
                                                         static_cast<long double>(b[i]))));
    }
    CHECK(worst <= 0.51);
  }
}

TEST_CASE("division with remainder is Python's and C's", "[kernels]") {
  const double values[] = {7, -7, 2, -2, 0.5, -0.25, 1e10, 0.1, -0.1, 1, 3};
  const auto python_mod = [](double a, double b) {
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  };
  for (const Isa isa : available_isas()) {
    const auto& loops = math_table(isa).binary;
    for (const double a : values) {
      for (const double b : values) {
        INFO(isa_name(isa) << ' ' << a << ", " << b);
        CHECK(one<double>(find(loops, "fmod").f64, a, b) == std::fmod(a, b));
        CHECK(one<double>(find(loops, "remainder").f64, a, b) == python_mod(a, b));
        const double quotient = one<double>(find(loops, "floor_divide").f64, a, b);
        CHECK(std::abs(quotient * b + python_mod(a, b) - a) <=
              1e-15 * std::max(std::abs(quotient * b), std::abs(b)));
        CHECK(quotient == std::floor(quotient));
      }
    }
    // 0.1 is a little more than a tenth, so it goes into 1 only nine times.
    CHECK(one<double>(find(loops, "floor_divide").f64, 1, 0.1) == 9);
    CHECK(one<float>(find(loops, "floor_divide").f32, 1, 0) ==
          std::numeric_limits<float>::infinity());
    CHECK(std::isnan(one<float>(find(loops, "remainder").f32, 1, 0)));
  }
}

TEST_CASE("min and max carry NaN from either side", "[kernels]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Isa isa : available_isas()) {
    for (const char* name : {"min", "max"}) {
      const MathLoops& loops = find(math_table(isa).binary, name);
      INFO(isa_name(isa) << ' ' << name);
      CHECK(std::isnan(one<float>(loops.f32, nan, 1)));
      CHECK(std::isnan(one<float>(loops.f32, 1, nan)));
      CHECK(std::isnan(one<double>(loops.f64, nan, 1)));
      CHECK(std::isnan(one<double>(loops.f64, 1, nan)));
      CHECK(one<float>(loops.f32, 1, 2) == (std::string(name) == "min" ? 1 : 2));
      CHECK(one<double>(loops.f64, 1, -2) == (std::string(name) == "min" ? -2 : 1));
    }
  }
}

TEST_CASE("a value does not depend on its place in the row, nor on its strides", "[kernels]") {
  const auto in = random_values<float>(70, 54, -3, 3);
  for (const Isa isa : available_isas()) {
    for (const MathLoops& loops : math_table(isa).unary) {
      const auto whole = mapped(loops.f32, in);
      bool right = true;
      for (size_t n = 1; n <= in.size(); n += n < 20 ? 1 : 7) {
        for (size_t start = 0; start + n <= in.size(); start += 5) {
          const std::vector<float> part(in.begin() + start, in.begin() + start + n);
          const auto out = mapped(loops.f32, part);
          for (size_t i = 0; i < n; ++i) right &= same(out[i], whole[start + i]);
        }
      }
      // Every third element, backwards, into every second place.
      std::vector<float> spread(2 * 23, 9.0f);
      char* const pointers[] = {reinterpret_cast<char*>(spread.data()),
                                reinterpret_cast<char*>(const_cast<float*>(in.data() + 69))};
      const int64_t strides[] = {8, -12};
      loops.f32(pointers, strides, 23, nullptr);
      for (size_t i = 0; i < 23; ++i) {
        right &= same(spread[2 * i], whole[69 - 3 * i]) && spread[2 * i + 1] == 9.0f;
      }
      INFO(isa_name(isa) << ' ' << loops.name);
      CHECK(right);
    }
    std::vector<float> scalars(in.size());
    math_table(isa).scalar_exp(scalars.data(), in.data(), static_cast<int64_t>(in.size()));
    CHECK(scalars == mapped(find(math_table(isa).unary, "exp").f32, in));
  }
}

TEST_CASE("loops broadcast, compare into bools, select by bools and take parameters", "[kernels]") {
  const int64_t n = 1300;
  const auto a = random_values<float>(n, 55), c = random_values<float>(n, 56);
  const auto wide = random_values<double>(n, 57);
  for (const Isa isa : available_isas()) {
    const MathTable& table = math_table(isa);
    INFO(isa_name(isa));
    const float middle = 0.25f;
    const double wide_middle = 0.25;
    std::vector<uint8_t> less(n), wide_less(n);
    char* p[4] = {reinterpret_cast<char*>(less.data()),
                  reinterpret_cast<char*>(const_cast<float*>(a.data())),
                  reinterpret_cast<char*>(const_cast<float*>(&middle)), nullptr};
    const int64_t against_one[] = {1, 4, 0};
    table.less_f32(p, against_one, n, nullptr);
    char* q[3] = {reinterpret_cast<char*>(wide_less.data()),
                  reinterpret_cast<char*>(const_cast<double*>(&wide_middle)),
                  reinterpret_cast<char*>(const_cast<double*>(wide.data()))};
    const int64_t one_against[] = {1, 0, 8};
    table.less_f64(q, one_against, n, nullptr);
    bool right = true;
    for (int64_t i = 0; i < n; ++i) {
      right &= less[i] == (a[i] < 0.25f) && wide_less[i] == (0.25 < wide[i]);
    }
    CHECK(right);

    std::vector<float> picked(n);
    char* r[4] = {reinterpret_cast<char*>(picked.data()), reinterpret_cast<char*>(less.data()),
                  p[1], reinterpret_cast<char*>(const_cast<float*>(c.data()))};
    const int64_t four[] = {4, 1, 4, 4};
    for (const int64_t count : {int64_t{1}, int64_t{7}, int64_t{33}, n}) {
      table.where_f32(r, four, count, nullptr);
      for (int64_t i = 0; i < count; ++i) right &= picked[i] == (less[i] != 0 ? a[i] : c[i]);
    }
    CHECK(right);

    const ClampParams params{-0.5, 0.125};
    std::vector<float> clamped = a;
    char* s[2] = {reinterpret_cast<char*>(clamped.data()), reinterpret_cast<char*>(clamped.data())};
    const int64_t floats[] = {4, 4};
    table.clamp_f32(s, floats, n, &params);
    for (int64_t i = 0; i < n; ++i) right &= clamped[i] == std::min(std::max(a[i], -0.5f), 0.125f);
    std::vector<int64_t> whole{-7, -1, 0, 5}, bounded(4);
    const ClampParams bounds{-2, 3};
    char* t[2] = {reinterpret_cast<char*>(bounded.data()), reinterpret_cast<char*>(whole.data())};
    const int64_t longs[] = {8, 8};
    table.clamp_i64(t, longs, 4, &bounds);
    CHECK(bounded == std::vector<int64_t>{-2, -1, 0, 3});
    CHECK(right);
  }
}
