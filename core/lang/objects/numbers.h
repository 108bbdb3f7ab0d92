// Arithmetic of bool, int and float, as the instructions and the slots of these types use it.
#pragma once

#include "lang/objects/native.h"
#include "lang/objects/value.h"

namespace gradpad::lang {

// Slots shared by bool, int and float. Integers are of 64 bits: a result beyond them raises
// OverflowError.
Value number_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b);
Value number_compare(Runtime& rt, CompareOp op, const Value& a, const Value& b);
Value number_unary(Runtime& rt, UnaryOp op, const Value& v);
int64_t number_hash(Runtime& rt, const Value& v);
bool number_truth(Runtime& rt, const Value& v);

/// Exact comparison of an int with a float: -1, 0, 1, or 2 where the float is NaN.
int compare_int_float(int64_t a, double b) noexcept;
int64_t hash_int(int64_t v) noexcept;
int64_t hash_float(double v) noexcept;
/// Python's floor division and remainder of floats, b != 0.
double float_floor_div(double a, double b) noexcept;
double float_mod(double a, double b) noexcept;
/// Python's ** ; ZeroDivisionError, OverflowError, and ValueError where it would be complex.
Value number_power(const Value& a, const Value& b);

}  // namespace gradpad::lang
