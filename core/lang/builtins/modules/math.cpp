// math: the functions of C's library with Python's errors, and those of integers.
#include <math.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/precise.h"
#include "lang/builtins/number.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

[[noreturn]] void fail_domain() { fail_value({"math domain error"}); }
[[noreturn]] void fail_range() { fail_with(ErrorKind::Overflow, {"math range error"}); }

/// A function of one float. Where the result is not finite although the argument is, it has
/// overflowed or been asked outside its domain.
struct Unary {
  const char* name;
  double (*function)(double);
  bool may_overflow = false;
};

double to_degrees(double x) { return x * (180.0 / std::numbers::pi); }
double to_radians(double x) { return x * (std::numbers::pi / 180.0); }

double gamma_of(double x) {
  // At the poles, where C may give an infinity or a NaN.
  if (x == std::floor(x) && x <= 0) fail_domain();
  return ::tgamma(x);
}
double lgamma_of(double x) {
  if (x == std::floor(x) && x <= 0 && !std::isinf(x)) fail_domain();
  return ::lgamma(x);
}

constexpr Unary kUnary[] = {
    {"sqrt", ::sqrt},
    {"cbrt", ::cbrt},
    {"exp", ::exp, true},
    {"exp2", ::exp2, true},
    {"expm1", ::expm1, true},
    {"log1p", ::log1p},
    {"sin", ::sin},
    {"cos", ::cos},
    {"tan", ::tan},
    {"asin", ::asin},
    {"acos", ::acos},
    {"atan", ::atan},
    {"sinh", ::sinh, true},
    {"cosh", ::cosh, true},
    {"tanh", ::tanh},
    {"asinh", ::asinh},
    {"acosh", ::acosh},
    {"atanh", ::atanh},
    {"erf", ::erf},
    {"erfc", ::erfc},
    {"gamma", gamma_of, true},
    {"lgamma", lgamma_of, true},
    {"degrees", to_degrees, true},
    {"radians", to_radians},
    {"fabs", ::fabs},
};

struct Binary {
  const char* name;
  double (*function)(double, double);
};

double remainder_of(double x, double y) {
  if (std::isfinite(x) && y == 0) fail_domain();
  if (std::isinf(x) && !std::isnan(y)) fail_domain();
  return ::remainder(x, y);
}
double fmod_of(double x, double y) {
  if (y == 0 && !std::isnan(x)) fail_domain();
  if (std::isinf(x) && !std::isnan(y)) fail_domain();
  return ::fmod(x, y);
}
double pow_of(double x, double y) {
  const double r = ::pow(x, y);
  if (!std::isfinite(x) || !std::isfinite(y)) return r;
  if (std::isnan(r)) fail_domain();
  if (std::isinf(r)) {
    if (x == 0) fail_domain();
    fail_range();
  }
  return r;
}

constexpr Binary kBinary[] = {
    {"atan2", ::atan2}, {"copysign", ::copysign}, {"nextafter", ::nextafter},
    {"fmod", fmod_of},  {"pow", pow_of},          {"remainder", remainder_of},
};

void check_count(const NativeFunction& self, const Arguments& arguments, uint32_t count) {
  if (arguments.named > 0) fail_type({"math.", self.name, "() takes no keyword arguments"});
  if (arguments.positional == count) return;
  if (count == 1) {
    fail_type({"math.", self.name, "() takes exactly one argument (",
               std::to_string(arguments.positional), " given)"});
  }
  fail_type({self.name, " expected 2 arguments, got ", std::to_string(arguments.positional)});
}

Value call_unary(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  check_count(self, arguments, 1);
  const auto& entry = *static_cast<const Unary*>(self.data);
  const double x = rt.to_float(arguments.values[0]);
  const double r = entry.function(x);
  if (std::isnan(r) && !std::isnan(x)) fail_domain();
  if (std::isinf(r) && std::isfinite(x)) {
    if (entry.may_overflow) fail_range();
    fail_domain();
  }
  return Value(r);
}

Value call_binary(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  check_count(self, arguments, 2);
  const auto& entry = *static_cast<const Binary*>(self.data);
  const double x = rt.to_float(arguments.values[0]);
  return Value(entry.function(x, rt.to_float(arguments.values[1])));
}

double checked_log(Runtime& rt, const Value& v, double (*function)(double)) {
  const double x = rt.to_float(v);
  if (x <= 0) fail_domain();
  return function(x);
}

Value math_log(Runtime& rt, Value* a) {
  const double numerator = checked_log(rt, a[0], ::log);
  if (a[1].is_unbound()) return Value(numerator);
  return rt.binary(BinaryOp::TrueDiv, Value(numerator), Value(checked_log(rt, a[1], ::log)));
}
Value math_log2(Runtime& rt, Value* a) { return Value(checked_log(rt, a[0], ::log2)); }
Value math_log10(Runtime& rt, Value* a) { return Value(checked_log(rt, a[0], ::log10)); }

Value whole(Runtime& rt, const Value& v, const Str* name, double (*function)(double)) {
  if (v.is_integral()) return Value(v.as_int());
  if (v.is_float()) return float_to_int(function(v.as_float()));
  const Value method = rt.find_special(v, const_cast<Str*>(name));
  if (method.is_bound()) return rt.call(method);
  return float_to_int(function(rt.to_float(v)));
}

Value math_floor(Runtime& rt, Value* a) { return whole(rt, a[0], rt.names.floor.get(), ::floor); }
Value math_ceil(Runtime& rt, Value* a) { return whole(rt, a[0], rt.names.ceil.get(), ::ceil); }

Value math_trunc(Runtime& rt, Value* a) {
  const Value method = rt.find_special(a[0], rt.names.trunc.get());
  if (method.is_unbound()) {
    fail_type({"type ", rt.type_name(a[0]), " doesn't define __trunc__ method"});
  }
  return rt.call(method);
}

Value math_isnan(Runtime& rt, Value* a) { return Value(std::isnan(rt.to_float(a[0]))); }
Value math_isinf(Runtime& rt, Value* a) { return Value(std::isinf(rt.to_float(a[0]))); }
Value math_isfinite(Runtime& rt, Value* a) { return Value(std::isfinite(rt.to_float(a[0]))); }

Value math_isclose(Runtime& rt, Value* a) {
  const double x = rt.to_float(a[0]);
  const double y = rt.to_float(a[1]);
  const double relative = rt.to_float(a[2]);
  const double absolute = rt.to_float(a[3]);
  if (relative < 0 || absolute < 0) fail_value({"tolerances must be non-negative"});
  if (x == y) return Value(true);
  if (std::isinf(x) || std::isinf(y)) return Value(false);
  const double difference = std::fabs(y - x);
  return Value(difference <= std::fabs(relative * y) || difference <= std::fabs(relative * x) ||
               difference <= absolute);
}

Value math_modf(Runtime& rt, Value* a) {
  const double x = rt.to_float(a[0]);
  double integral = 0;
  const double fraction = std::modf(x, &integral);
  return rt.make_tuple({Value(fraction), Value(integral)});
}

Value math_frexp(Runtime& rt, Value* a) {
  const double x = rt.to_float(a[0]);
  int exponent = 0;
  const double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  return rt.make_tuple({Value(mantissa), Value(exponent)});
}

Value math_ldexp(Runtime& rt, Value* a) {
  const double x = rt.to_float(a[0]);
  const int64_t exponent = rt.to_index(a[1]);
  const double r = std::ldexp(x, static_cast<int>(std::clamp<int64_t>(exponent, -5000, 5000)));
  if (std::isinf(r) && std::isfinite(x)) fail_range();
  return Value(r);
}

Value math_ulp(Runtime& rt, Value* a) {
  const double x = std::fabs(rt.to_float(a[0]));
  if (!std::isfinite(x)) return Value(x);
  const double above = std::nextafter(x, HUGE_VAL);
  return Value(std::isinf(above) ? x - std::nextafter(x, -HUGE_VAL) : above - x);
}

std::vector<double> to_doubles(Runtime& rt, const Value& iterable) {
  std::vector<double> out;
  rt.for_each(iterable, [&](Value& item) {
    out.push_back(rt.to_float(item));
    return true;
  });
  return out;
}

Value math_hypot(Runtime& rt, Value* a) { return Value(vector_norm(to_doubles(rt, a[0]))); }

Value math_dist(Runtime& rt, Value* a) {
  std::vector<double> p = to_doubles(rt, a[0]);
  const std::vector<double> q = to_doubles(rt, a[1]);
  if (p.size() != q.size()) {
    fail_value({"both points must have the same number of dimensions"});
  }
  for (size_t i = 0; i < p.size(); ++i) p[i] -= q[i];
  return Value(vector_norm(std::move(p)));
}

Value math_fsum(Runtime& rt, Value* a) { return Value(exact_sum(to_doubles(rt, a[0]))); }

Value math_prod(Runtime& rt, Value* a) {
  Value product = a[1];
  rt.for_each(a[0], [&](Value& item) {
    product = rt.binary(BinaryOp::Mul, product, item);
    return true;
  });
  return product;
}

// --- Integers
// --------------------------------------------------------------------------------------

int64_t times(int64_t a, int64_t b) {
  int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out)) fail_int_overflow();
  return out;
}

Value math_factorial(Runtime& rt, Value* a) {
  const int64_t n = rt.to_index(a[0]);
  if (n < 0) fail_value({"factorial() not defined for negative values"});
  int64_t product = 1;
  for (int64_t i = 2; i <= n; ++i) product = times(product, i);
  return Value(product);
}

int64_t gcd_of(int64_t a, int64_t b) {
  while (b != 0) {
    const int64_t rest = b == -1 ? 0 : a % b;
    a = b;
    b = rest;
  }
  if (a == INT64_MIN) fail_int_overflow();
  return a < 0 ? -a : a;
}

Value math_gcd(Runtime& rt, Value* a) {
  int64_t result = 0;
  for (const Value& v : *a[0].as<Tuple>()) result = gcd_of(result, rt.to_index(v));
  return Value(result);
}

Value math_lcm(Runtime& rt, Value* a) {
  int64_t result = 1;
  for (const Value& v : *a[0].as<Tuple>()) {
    const int64_t n = rt.to_index(v);
    if (n == 0) return Value(0);
    result = times(result / gcd_of(result, n), n);
    if (result < 0) result = times(result, -1);
  }
  return Value(result);
}

Value math_comb(Runtime& rt, Value* a) {
  const int64_t n = rt.to_index(a[0]);
  int64_t k = rt.to_index(a[1]);
  if (n < 0) fail_value({"n must be a non-negative integer"});
  if (k < 0) fail_value({"k must be a non-negative integer"});
  if (k > n) return Value(0);
  k = std::min(k, n - k);
  // After step i the value is comb(n - k + i, i), so every division is exact.
  uint128 result = 1;
  for (int64_t i = 1; i <= k; ++i) {
    result = result * static_cast<uint64_t>(n - k + i) / static_cast<uint64_t>(i);
    if (result > static_cast<uint64_t>(INT64_MAX)) fail_int_overflow();
  }
  return Value(static_cast<int64_t>(result));
}

Value math_perm(Runtime& rt, Value* a) {
  const int64_t n = rt.to_index(a[0]);
  if (a[1].is_none()) return math_factorial(rt, a);
  const int64_t k = rt.to_index(a[1]);
  if (n < 0) fail_value({"n must be a non-negative integer"});
  if (k < 0) fail_value({"k must be a non-negative integer"});
  int64_t result = k > n ? 0 : 1;
  for (int64_t i = 0; i < k && k <= n; ++i) result = times(result, n - i);
  return Value(result);
}

Value math_isqrt(Runtime& rt, Value* a) {
  const int64_t n = rt.to_index(a[0]);
  if (n < 0) fail_value({"isqrt() argument must be nonnegative"});
  auto root = static_cast<int64_t>(std::sqrt(static_cast<double>(n)));
  const auto square = [](int64_t x) { return static_cast<uint64_t>(x) * static_cast<uint64_t>(x); };
  while (square(root) > static_cast<uint64_t>(n)) --root;
  while (square(root + 1) <= static_cast<uint64_t>(n)) ++root;
  return Value(root);
}

constexpr Method kFunctions[] = {
    {"log", "x, base=?, /", math_log, "Return the logarithm of x to the given base."},
    {"log2", "x, /", math_log2, "Return the base 2 logarithm of x."},
    {"log10", "x, /", math_log10, "Return the base 10 logarithm of x."},
    {"floor", "x, /", math_floor, "Return the floor of x as an Integral."},
    {"ceil", "x, /", math_ceil, "Return the ceiling of x as an Integral."},
    {"trunc", "x, /", math_trunc, "Truncates the Real x to the nearest Integral toward 0."},
    {"isnan", "x, /", math_isnan},
    {"isinf", "x, /", math_isinf},
    {"isfinite", "x, /", math_isfinite},
    {"isclose", "a, b, *, rel_tol=1e-09, abs_tol=0.0", math_isclose,
     "Determine whether two floating point numbers are close in value."},
    {"modf", "x, /", math_modf, "Return the fractional and integer parts of x."},
    {"frexp", "x, /", math_frexp, "Return the mantissa and exponent of x, as pair (m, e)."},
    {"ldexp", "x, i, /", math_ldexp, "Return x * (2**i)."},
    {"ulp", "x, /", math_ulp, "Return the value of the least significant bit of the float x."},
    {"hypot", "*coordinates", math_hypot, "Multidimensional Euclidean distance from the origin."},
    {"dist", "p, q, /", math_dist, "Return the Euclidean distance between two points p and q."},
    {"fsum", "seq, /", math_fsum,
     "Return an accurate floating point sum of values in the iterable seq."},
    {"prod", "iterable, /, *, start=1", math_prod,
     "Calculate the product of all the elements in the input iterable."},
    {"factorial", "x, /", math_factorial, "Find x!."},
    {"gcd", "*integers", math_gcd, "Greatest Common Divisor."},
    {"lcm", "*integers", math_lcm, "Least Common Multiple."},
    {"comb", "n, k, /", math_comb,
     "Number of ways to choose k items from n items without repetition and without order."},
    {"perm", "n, k=None, /", math_perm,
     "Number of ways to choose k items from n items without repetition and with order."},
    {"isqrt", "n, /", math_isqrt, "Return the integer part of the square root of the input."},
};

void init_math(Runtime& rt, Module& module) {
  const auto add = [&](const char* name, const char* text, decltype(NativeFunction::raw) raw,
                       const void* data) {
    Ref<NativeFunction> function = rt.make<NativeFunction>();
    function->name = name;
    function->text = text;
    function->raw = raw;
    function->data = data;
    function->module = module.name;
    module.set(rt.intern(name).get(), function);
  };
  for (const Unary& entry : kUnary) add(entry.name, "x, /", call_unary, &entry);
  for (const Binary& entry : kBinary) add(entry.name, "x, y, /", call_binary, &entry);
  const auto constant = [&](const char* name, double value) {
    module.set(rt.intern(name).get(), Value(value));
  };
  constant("pi", std::numbers::pi);
  constant("e", std::numbers::e);
  constant("tau", 2 * std::numbers::pi);
  constant("inf", HUGE_VAL);
  constant("nan", std::nan(""));
}

}  // namespace

const ModuleSpec kMathModule = {"math", kFunctions, init_math};

}  // namespace gradpad::lang
