// Arithmetic of bool, int and float: Python's results, rounding and errors, in 64 bits.
#include "lang/runtime/number_operators.h"

#include <bit>
#include <cmath>

#include "lang/objects/numbers.h"

namespace gradpad::lang {

void fail_int_overflow() { throw Error(ErrorKind::Overflow, "int result does not fit in 64 bits"); }

namespace {

[[noreturn]] void fail_zero(const char* text) { throw Error(ErrorKind::ZeroDivision, text); }
[[noreturn]] void fail_value(const char* text) { throw Error(ErrorKind::Value, text); }

[[noreturn]] void fail_range() {
  throw Error(ErrorKind::Overflow, "(34, 'Numerical result out of range')");
}

/// a / b rounded once. Beyond 2^53 the operands themselves are no doubles, so the quotient is taken
/// in integers: at least 56 of its bits, the last one holding whether anything followed.
double int_true_div(int64_t a, int64_t b) {
  if (b == 0) fail_zero("division by zero");
  constexpr uint64_t kExact = uint64_t{1} << 53;
  const uint64_t n = magnitude(a);
  const uint64_t d = magnitude(b);
  if (n <= kExact && d <= kExact) return static_cast<double>(a) / static_cast<double>(b);
  const int shift = 56 + std::bit_width(d) - std::bit_width(n);
  const uint128 scaled = static_cast<uint128>(n) << (shift > 0 ? shift : 0);
  auto quotient = static_cast<uint64_t>(scaled / d);
  if (scaled % d != 0) quotient |= 1;
  const double result = std::ldexp(static_cast<double>(quotient), shift > 0 ? -shift : 0);
  return (a < 0) != (b < 0) ? -result : result;
}

int64_t int_floor_div(int64_t a, int64_t b) {
  if (b == 0) fail_zero("integer division or modulo by zero");
  if (b == -1) {
    if (a == INT64_MIN) fail_int_overflow();
    return -a;
  }
  const int64_t q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

int64_t int_mod(int64_t a, int64_t b) {
  if (b == 0) fail_zero("integer modulo by zero");
  if (b == -1) return 0;
  const int64_t r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

int64_t int_shift_left(int64_t a, int64_t b) {
  if (b < 0) fail_value("negative shift count");
  if (a == 0) return 0;
  if (b > 62) fail_int_overflow();
  const int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(a) << b);
  if (shifted >> b != a) fail_int_overflow();
  return shifted;
}

int64_t int_shift_right(int64_t a, int64_t b) {
  if (b < 0) fail_value("negative shift count");
  return a >> (b > 63 ? 63 : b);
}

int64_t int_power(int64_t base, int64_t exponent) {
  int64_t result = 1;
  while (exponent > 0) {
    if (exponent & 1 && __builtin_mul_overflow(result, base, &result)) fail_int_overflow();
    exponent >>= 1;
    // With an exponent left, the square is a factor of the result: what overflows it, overflows
    // all.
    if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) fail_int_overflow();
  }
  return result;
}

double float_power(double a, double b) {
  if (b == 0 || a == 1) return 1;
  if (std::isfinite(a) && std::isfinite(b)) {
    if (a == 0 && b < 0) fail_zero("0.0 cannot be raised to a negative power");
    if (a < 0 && b != std::floor(b)) {
      fail_value("negative number cannot be raised to a fractional power");
    }
    const double result = std::pow(a, b);
    if (std::isinf(result)) fail_range();
    return result;
  }
  return std::pow(a, b);
}

Value int_binary(BinaryOp op, int64_t a, int64_t b, bool both_bool, Runtime& rt) {
  int64_t out = 0;
  switch (op) {
    case BinaryOp::Add:
      if (__builtin_add_overflow(a, b, &out)) fail_int_overflow();
      return Value(out);
    case BinaryOp::Sub:
      if (__builtin_sub_overflow(a, b, &out)) fail_int_overflow();
      return Value(out);
    case BinaryOp::Mul:
      if (__builtin_mul_overflow(a, b, &out)) fail_int_overflow();
      return Value(out);
    case BinaryOp::TrueDiv:
      return Value(int_true_div(a, b));
    case BinaryOp::FloorDiv:
      return Value(int_floor_div(a, b));
    case BinaryOp::Mod:
      return Value(int_mod(a, b));
    case BinaryOp::Pow:
      return number_power(Value(a), Value(b));
    case BinaryOp::LShift:
      return Value(int_shift_left(a, b));
    case BinaryOp::RShift:
      return Value(int_shift_right(a, b));
    case BinaryOp::And:
      return both_bool ? Value((a & b) != 0) : Value(a & b);
    case BinaryOp::Xor:
      return both_bool ? Value((a ^ b) != 0) : Value(a ^ b);
    case BinaryOp::Or:
      return both_bool ? Value((a | b) != 0) : Value(a | b);
    case BinaryOp::MatMul:
      break;
  }
  return rt.not_implemented();
}

Value float_binary(BinaryOp op, double a, double b, Runtime& rt) {
  switch (op) {
    case BinaryOp::Add:
      return Value(a + b);
    case BinaryOp::Sub:
      return Value(a - b);
    case BinaryOp::Mul:
      return Value(a * b);
    case BinaryOp::TrueDiv:
      if (b == 0) fail_zero("float division by zero");
      return Value(a / b);
    case BinaryOp::FloorDiv:
      if (b == 0) fail_zero("float floor division by zero");
      return Value(float_floor_div(a, b));
    case BinaryOp::Mod:
      if (b == 0) fail_zero("float modulo");
      return Value(float_mod(a, b));
    case BinaryOp::Pow:
      return Value(float_power(a, b));
    default:
      return rt.not_implemented();
  }
}

template <class T>
bool ordered(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::Lt:
      return a < b;
    case CompareOp::Le:
      return a <= b;
    case CompareOp::Eq:
      return a == b;
    case CompareOp::Ne:
      return a != b;
    case CompareOp::Gt:
      return a > b;
    case CompareOp::Ge:
      return a >= b;
  }
  return false;
}

}  // namespace

Value number_power(const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    if (b.as_int() >= 0) return Value(int_power(a.as_int(), b.as_int()));
    if (a.as_int() == 0) fail_zero("0.0 cannot be raised to a negative power");
  }
  return Value(float_power(a.as_number(), b.as_number()));
}

Value number_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (a.is_integral() && b.is_integral()) {
    return int_binary(op, a.as_int(), b.as_int(), a.is_bool() && b.is_bool(), rt);
  }
  if (!a.is_number() || !b.is_number()) return rt.not_implemented();
  return float_binary(op, a.as_number(), b.as_number(), rt);
}

Value number_compare(Runtime& rt, CompareOp op, const Value& a, const Value& b) {
  if (!a.is_number() || !b.is_number()) return rt.not_implemented();
  if (a.is_integral() && b.is_integral()) return Value(ordered(op, a.as_int(), b.as_int()));
  if (a.is_float() && b.is_float()) return Value(ordered(op, a.as_float(), b.as_float()));
  const int order = a.is_integral() ? compare_int_float(a.as_int(), b.as_float())
                                    : compare_int_float(b.as_int(), a.as_float());
  if (order == 2) return Value(op == CompareOp::Ne);
  return Value(a.is_integral() ? ordered(op, order, 0) : ordered(op, 0, order));
}

Value number_unary(Runtime& rt, UnaryOp op, const Value& v) {
  if (v.is_float()) {
    if (op == UnaryOp::Neg) return Value(-v.as_float());
    return op == UnaryOp::Pos ? v : rt.not_implemented();
  }
  if (op == UnaryOp::Neg) {
    if (v.as_int() == INT64_MIN) fail_int_overflow();
    return Value(-v.as_int());
  }
  return op == UnaryOp::Pos ? Value(v.as_int()) : Value(~v.as_int());
}

int64_t number_hash(Runtime&, const Value& v) {
  return v.is_float() ? hash_float(v.as_float()) : hash_int(v.as_int());
}

bool number_truth(Runtime&, const Value& v) {
  return v.is_float() ? v.as_float() != 0 : v.as_int() != 0;
}

Value number_divmod(const Value& a, const Value& b, Value& remainder) {
  if (a.is_integral() && b.is_integral()) {
    const int64_t quotient = int_floor_div(a.as_int(), b.as_int());
    remainder = Value(int_mod(a.as_int(), b.as_int()));
    return Value(quotient);
  }
  if (b.as_number() == 0) fail_zero("float divmod()");
  remainder = Value(float_mod(a.as_number(), b.as_number()));
  return Value(float_floor_div(a.as_number(), b.as_number()));
}

}  // namespace gradpad::lang
