// int and bool.
#include <bit>

#include "lang/builtins/format.h"
#include "lang/builtins/number.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"

namespace gradpad::lang {

namespace {

Value int_repr(Runtime& rt, const Value& self) {
  return rt.make_str(std::to_string(self.as_int()));
}

Value bool_repr(Runtime& rt, const Value& self) {
  return rt.intern(self.as_bool() ? "True" : "False");
}

Value int_format(Runtime& rt, const Value& self, const Value& spec) {
  const std::string_view text = want_str(rt, spec, "__format__() argument ")->view();
  if (text.empty()) return rt.str(self);
  return rt.make_str(format_int(self.as_int(), text, rt.type_name(self)));
}

/// int(x) of what is no text.
Value to_int(Runtime& rt, const Value& v) {
  if (v.is_integral()) return Value(v.as_int());
  if (v.is_float()) return float_to_int(v.as_float());
  for (const Ref<Str>& name : {rt.names.int_, rt.names.index, rt.names.trunc}) {
    if (v.is_none()) break;
    const Value method = rt.find_special(v, name.get());
    if (method.is_unbound()) continue;
    const Value out = rt.call(method);
    if (!out.is_integral()) {
      fail_type({name->view(), " returned non-int (type ", rt.type_name(out), ")"});
    }
    return Value(out.as_int());
  }
  fail_type({"int() argument must be a string, a bytes-like object or a real number, not '",
             rt.type_name(v), "'"});
}

Value int_make(Runtime& rt, Type*, const Arguments& arguments) {
  const CallArguments given("int", arguments, {"", "base"});
  if (given[0].is_unbound()) {
    if (given[1].is_bound()) fail_type({"int() missing string argument"});
    return Value(0);
  }
  Str* text = given[0].to<Str>();
  if (given[1].is_unbound()) {
    return text ? Value(parse_int(rt, text, 10)) : to_int(rt, given[0]);
  }
  const int64_t base = rt.to_index(given[1]);
  if (!text) fail_type({"int() can't convert non-string with explicit base"});
  if (base != 0 && (base < 2 || base > 36)) {
    fail_value({"int() base must be >= 2 and <= 36, or 0"});
  }
  return Value(parse_int(rt, text, base));
}

Value bool_make(Runtime& rt, Type*, const Arguments& arguments) {
  check_positional("bool", arguments, 0, 1);
  return Value(arguments.positional > 0 && rt.truth(arguments.values[0]));
}

Value int_bit_length(Runtime&, Value* a) {
  const int64_t v = a[0].as_int();
  const uint64_t magnitude = v < 0 ? 0 - static_cast<uint64_t>(v) : static_cast<uint64_t>(v);
  return Value(static_cast<int64_t>(std::bit_width(magnitude)));
}

Value int_bit_count(Runtime&, Value* a) {
  const int64_t v = a[0].as_int();
  const uint64_t magnitude = v < 0 ? 0 - static_cast<uint64_t>(v) : static_cast<uint64_t>(v);
  return Value(static_cast<int64_t>(std::popcount(magnitude)));
}

Value int_same(Runtime&, Value* a) { return Value(a[0].as_int()); }
Value int_float(Runtime&, Value* a) { return Value(static_cast<double>(a[0].as_int())); }
Value int_abs(Runtime& rt, Value* a) {
  return a[0].as_int() < 0 ? number_unary(rt, UnaryOp::Neg, a[0]) : Value(a[0].as_int());
}

Value int_round(Runtime& rt, Value* a) {
  const int64_t v = a[0].as_int();
  if (a[1].is_none()) return Value(v);
  const int64_t digits = rt.to_index(a[1]);
  return Value(digits >= 0 ? v : int_round_tens(v, digits < -20 ? 20 : -digits));
}

Value int_ratio(Runtime& rt, Value* a) { return rt.make_tuple({Value(a[0].as_int()), Value(1)}); }

Value number_divmod_method(Runtime& rt, Value* a) {
  if (!a[1].is_number()) return rt.not_implemented();
  Value remainder;
  Value quotient = number_divmod(a[0], a[1], remainder);
  return rt.make_tuple({std::move(quotient), std::move(remainder)});
}

Value get_real(Runtime&, const Value& self) { return Value(self.as_int()); }
Value get_zero(Runtime&, const Value&) { return Value(0); }
Value get_one(Runtime&, const Value&) { return Value(1); }

constexpr Method kIntMethods[] = {
    {"bit_length", "self, /", int_bit_length,
     "Number of bits necessary to represent self in binary."},
    {"bit_count", "self, /", int_bit_count,
     "Number of ones in the binary representation of the absolute value of self."},
    {"conjugate", "self, /", int_same},
    {"as_integer_ratio", "self, /", int_ratio},
    {"__int__", "self, /", int_same},
    {"__index__", "self, /", int_same},
    {"__float__", "self, /", int_float},
    {"__abs__", "self, /", int_abs},
    {"__round__", "self, ndigits=None, /", int_round},
    {"__trunc__", "self, /", int_same},
    {"__floor__", "self, /", int_same},
    {"__ceil__", "self, /", int_same},
    {"__divmod__", "self, value, /", number_divmod_method},
};
constexpr Getter kIntGetters[] = {
    {"real", get_real},
    {"imag", get_zero},
    {"numerator", get_real},
    {"denominator", get_one},
};

}  // namespace

void define_int(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = int_repr;
  spec.slots.format = int_format;
  spec.slots.hash = number_hash;
  spec.slots.truth = number_truth;
  spec.slots.compare = number_compare;
  spec.slots.binary = number_binary;
  spec.slots.unary = number_unary;
  spec.slots.make = int_make;
  spec.methods = kIntMethods;
  spec.getters = kIntGetters;
  spec.doc = "int([x]) -> integer\nint(x, base=10) -> integer";
  rt.define(rt.types.integer, spec);
}

void define_bool(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = bool_repr;
  spec.slots.make = bool_make;
  spec.doc = "bool(x) -> bool";
  rt.define(rt.types.boolean, spec);
}

}  // namespace gradpad::lang
