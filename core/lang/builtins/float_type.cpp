// float.
#include <cmath>

#include "lang/builtins/format.h"
#include "lang/builtins/number.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "tensor/number_text.h"

namespace gradpad::lang {

namespace {

Value float_repr(Runtime& rt, const Value& self) {
  return rt.make_str(python_float_repr(self.as_float()));
}

Value float_format(Runtime& rt, const Value& self, const Value& spec) {
  const std::string_view text = want_str(rt, spec, "__format__() argument ")->view();
  if (text.empty()) return rt.str(self);
  return rt.make_str(format_float(self.as_float(), text, rt.type_name(self)));
}

Value float_make(Runtime& rt, Type*, const Arguments& arguments) {
  check_positional("float", arguments, 0, 1);
  if (arguments.positional == 0) return Value(0.0);
  const Value& v = arguments.values[0];
  if (Str* text = v.to<Str>()) return Value(parse_float(rt, text));
  const bool converts = v.is_number() || v.is_tensor() ||
                        rt.type_of(v)->lookup(rt.names.float_.get()) ||
                        rt.type_of(v)->lookup(rt.names.index.get());
  if (!converts) {
    fail_type({"float() argument must be a string or a real number, not '", rt.type_name(v), "'"});
  }
  return Value(rt.to_float(v));
}

Value float_is_integer(Runtime&, Value* a) {
  const double v = a[0].as_float();
  return Value(std::isfinite(v) && v == std::floor(v));
}

/// The float as a fraction of two integers of 64 bits.
Value float_ratio(Runtime& rt, Value* a) {
  const double v = a[0].as_float();
  if (std::isnan(v)) fail_value({"cannot convert NaN to integer ratio"});
  if (std::isinf(v)) {
    fail_with(ErrorKind::Overflow, {"cannot convert Infinity to integer ratio"});
  }
  int exponent = 0;
  double mantissa = std::frexp(v, &exponent);
  while (mantissa != std::floor(mantissa)) {
    mantissa *= 2;
    --exponent;
  }
  int64_t numerator = float_to_int(mantissa).as_int();
  int64_t denominator = 1;
  if (exponent > 0) {
    numerator = rt.binary(BinaryOp::LShift, Value(numerator), Value(exponent)).as_int();
  } else {
    denominator = rt.binary(BinaryOp::LShift, Value(1), Value(-exponent)).as_int();
  }
  return rt.make_tuple({Value(numerator), Value(denominator)});
}

Value float_hex(Runtime&, Value*) {
  fail_with(ErrorKind::NotImplemented, {"hexadecimal floats are not supported"});
}

Value float_round_method(Runtime& rt, Value* a) {
  if (a[1].is_none()) return float_round_to_int(a[0].as_float());
  return Value(float_round(a[0].as_float(), rt.to_index(a[1])));
}

Value float_divmod(Runtime& rt, Value* a) {
  if (!a[1].is_number()) return rt.not_implemented();
  Value remainder;
  Value quotient = number_divmod(a[0], a[1], remainder);
  return rt.make_tuple({std::move(quotient), std::move(remainder)});
}

Value float_same(Runtime&, Value* a) { return a[0]; }
Value float_int(Runtime&, Value* a) { return float_to_int(a[0].as_float()); }
Value float_floor(Runtime&, Value* a) { return float_to_int(std::floor(a[0].as_float())); }
Value float_ceil(Runtime&, Value* a) { return float_to_int(std::ceil(a[0].as_float())); }
Value float_abs(Runtime&, Value* a) { return Value(std::fabs(a[0].as_float())); }

Value get_real(Runtime&, const Value& self) { return self; }
Value get_imag(Runtime&, const Value&) { return Value(0.0); }

constexpr Method kMethods[] = {
    {"is_integer", "self, /", float_is_integer, "Return True if the float is an integer."},
    {"as_integer_ratio", "self, /", float_ratio},
    {"conjugate", "self, /", float_same},
    {"hex", "self, /", float_hex},
    {"__float__", "self, /", float_same},
    {"__int__", "self, /", float_int},
    {"__trunc__", "self, /", float_int},
    {"__floor__", "self, /", float_floor},
    {"__ceil__", "self, /", float_ceil},
    {"__abs__", "self, /", float_abs},
    {"__round__", "self, ndigits=None, /", float_round_method},
    {"__divmod__", "self, value, /", float_divmod},
};
constexpr Getter kGetters[] = {
    {"real", get_real},
    {"imag", get_imag},
};

}  // namespace

void define_float(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = float_repr;
  spec.slots.format = float_format;
  spec.slots.hash = number_hash;
  spec.slots.truth = number_truth;
  spec.slots.compare = number_compare;
  spec.slots.binary = number_binary;
  spec.slots.unary = number_unary;
  spec.slots.make = float_make;
  spec.methods = kMethods;
  spec.getters = kGetters;
  spec.doc = "Convert a string or number to a floating point number, if possible.";
  rt.define(rt.types.real, spec);
}

}  // namespace gradpad::lang
