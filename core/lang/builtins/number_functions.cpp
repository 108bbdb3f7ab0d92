// abs, round, pow, divmod, hex, oct, bin.
#include "lang/builtins/functions.h"
#include "lang/builtins/number.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

Value builtin_abs(Runtime& rt, Value* a) {
  if (a[0].is_float()) return Value(a[0].as_float() < 0 ? -a[0].as_float() : a[0].as_float() + 0.0);
  if (a[0].is_integral()) {
    return a[0].as_int() < 0 ? number_unary(rt, UnaryOp::Neg, a[0]) : Value(a[0].as_int());
  }
  const Value method = rt.find_special(a[0], rt.names.abs.get());
  if (method.is_unbound()) fail_type({"bad operand type for abs(): '", rt.type_name(a[0]), "'"});
  return rt.call(method);
}

Value builtin_round(Runtime& rt, Value* a) {
  if (a[0].is_float() && a[1].is_none()) return float_round_to_int(a[0].as_float());
  const Value method = rt.find_special(a[0], rt.names.round.get());
  if (method.is_unbound()) {
    fail_type({"type ", rt.type_name(a[0]), " doesn't define __round__ method"});
  }
  return a[1].is_none() ? rt.call(method) : rt.call(method, {a[1]});
}

Value builtin_divmod(Runtime& rt, Value* a) {
  if (a[0].is_number() && a[1].is_number()) {
    Value remainder;
    Value quotient = number_divmod(a[0], a[1], remainder);
    return rt.make_tuple({std::move(quotient), std::move(remainder)});
  }
  const Value forward = rt.find_special(a[0], rt.names.divmod.get());
  if (forward.is_bound()) {
    Value out = rt.call(forward, {a[1]});
    if (!out.same(rt.not_implemented())) return out;
  }
  const Value reflected = rt.find_special(a[1], rt.names.rdivmod.get());
  if (reflected.is_bound()) {
    Value out = rt.call(reflected, {a[0]});
    if (!out.same(rt.not_implemented())) return out;
  }
  fail_type({"unsupported operand type(s) for divmod(): '", rt.type_name(a[0]), "' and '",
             rt.type_name(a[1]), "'"});
}

Value builtin_pow(Runtime& rt, Value* a) {
  if (a[2].is_none()) return rt.binary(BinaryOp::Pow, a[0], a[1]);
  if (a[0].is_integral() && a[1].is_integral() && a[2].is_integral()) {
    return Value(int_power_mod(a[0].as_int(), a[1].as_int(), a[2].as_int()));
  }
  if (a[0].is_number() && a[1].is_number() && a[2].is_number()) {
    fail_type({"pow() 3rd argument not allowed unless all arguments are integers"});
  }
  const Value method = rt.find_special(a[0], rt.names.pow.get());
  if (!a[0].is_number() && method.is_bound()) return rt.call(method, {a[1], a[2]});
  fail_type({"unsupported operand type(s) for ** or pow(): '", rt.type_name(a[0]), "', '",
             rt.type_name(a[1]), "', '", rt.type_name(a[2]), "'"});
}

Value builtin_hex(Runtime& rt, Value* a) {
  return rt.make_str(int_prefixed(rt.to_index(a[0]), 16));
}
Value builtin_oct(Runtime& rt, Value* a) { return rt.make_str(int_prefixed(rt.to_index(a[0]), 8)); }
Value builtin_bin(Runtime& rt, Value* a) { return rt.make_str(int_prefixed(rt.to_index(a[0]), 2)); }

constexpr Method kFunctions[] = {
    {"abs", "x, /", builtin_abs, "Return the absolute value of the argument."},
    {"round", "number, ndigits=None", builtin_round,
     "Round a number to a given precision in decimal digits."},
    {"divmod", "x, y, /", builtin_divmod, "Return the tuple (x//y, x%y)."},
    {"pow", "base, exp, mod=None", builtin_pow, "Equivalent to base**exp, or base**exp % mod."},
    {"hex", "number, /", builtin_hex, "Return the hexadecimal representation of an integer."},
    {"oct", "number, /", builtin_oct, "Return the octal representation of an integer."},
    {"bin", "number, /", builtin_bin, "Return the binary representation of an integer."},
};

}  // namespace

std::span<const Method> number_functions() { return kFunctions; }

}  // namespace gradpad::lang
