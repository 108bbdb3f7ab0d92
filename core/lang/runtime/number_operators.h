// Operators of bool, int and float, as the instructions and the slots of these types use them.
// Integers are of 64 bits: a result beyond them raises OverflowError.
#pragma once

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// OverflowError: integers are of 64 bits.
[[noreturn]] void fail_int_overflow();

// Slots shared by bool, int and float.
Value number_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b);
Value number_compare(Runtime& rt, CompareOp op, const Value& a, const Value& b);
Value number_unary(Runtime& rt, UnaryOp op, const Value& v);
int64_t number_hash(Runtime& rt, const Value& v);
bool number_truth(Runtime& rt, const Value& v);

/// Python's ** ; ZeroDivisionError, OverflowError, and ValueError where it would be complex.
Value number_power(const Value& a, const Value& b);
/// a // b, and a % b in `remainder`.
Value number_divmod(const Value& a, const Value& b, Value& remainder);

}  // namespace gradpad::lang
