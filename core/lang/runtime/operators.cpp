// Operators between any two values, in Python's order of asking.
#include "lang/runtime/number_operators.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

namespace {

[[noreturn]] void unsupported(Runtime& rt, const char* op, const Value& a, const Value& b) {
  fail(ErrorKind::Type, "unsupported operand type(s) for ", op, ": '", rt.type_name(a), "' and '",
       rt.type_name(b), "'");
}

Value try_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  Type* left = rt.type_of(a);
  Type* right = rt.type_of(b);
  const auto first = left->slots.binary;
  const auto second = right->slots.binary;
  const Value& no = rt.not_implemented();
  // A tensor answers before a list or anything else that merely holds items.
  if (b.is_tensor() && !a.is_tensor()) {
    Value out = second(rt, op, a, b);
    if (!out.same(no) || !first) return out;
    return first(rt, op, a, b);
  }
  if (second && second != first && right != left && right->is_subtype_of(left)) {
    Value out = second(rt, op, a, b);
    if (!out.same(no)) return out;
    return first ? first(rt, op, a, b) : no;
  }
  if (first) {
    Value out = first(rt, op, a, b);
    if (!out.same(no)) return out;
  }
  if (second && second != first) return second(rt, op, a, b);
  return no;
}

}  // namespace

Value Runtime::binary(BinaryOp op, const Value& a, const Value& b) {
  Value out =
      a.is_number() && b.is_number() ? number_binary(*this, op, a, b) : try_binary(*this, op, a, b);
  if (!out.same(not_implemented_)) return out;
  if (op == BinaryOp::Add && a.is_object()) {
    // What the sequences of CPython say when they can only be joined with their own kind.
    const Kind kind = a.as_object()->kind();
    if (kind == Kind::Str || kind == Kind::List || kind == Kind::Tuple) {
      const char* name = kind == Kind::Str ? "str" : kind == Kind::List ? "list" : "tuple";
      fail(ErrorKind::Type, "can only concatenate ", name, " (not \"", type_name(b), "\") to ",
           name);
    }
  }
  if (op == BinaryOp::Mul) {
    const auto is_sequence = [](const Value& v) {
      return v.is<Str>() || v.is<List>() || v.is<Tuple>();
    };
    if (is_sequence(a) || is_sequence(b)) {
      fail(ErrorKind::Type, "can't multiply sequence by non-int of type '",
           type_name(is_sequence(a) ? b : a), "'");
    }
  }
  unsupported(*this, op == BinaryOp::Pow ? "** or pow()" : symbol(op), a, b);
}

Value Runtime::inplace(BinaryOp op, const Value& a, const Value& b) {
  if (const auto slot = type_of(a)->slots.inplace) {
    Value out = slot(*this, op, a, b);
    if (!out.same(not_implemented_)) return out;
  }
  Value out = try_binary(*this, op, a, b);
  if (!out.same(not_implemented_)) return out;
  if (op == BinaryOp::Add || op == BinaryOp::Mul) {
    if (a.is<Str>() || a.is<List>() || a.is<Tuple>()) return binary(op, a, b);
  }
  unsupported(*this, symbol_inplace(op), a, b);
}

Value Runtime::unary(UnaryOp op, const Value& v) {
  if (const auto slot = type_of(v)->slots.unary) {
    Value out = slot(*this, op, v);
    if (!out.same(not_implemented_)) return out;
  }
  fail(ErrorKind::Type, "bad operand type for unary ", symbol(op), ": '", type_name(v), "'");
}

Value Runtime::compare(CompareOp op, const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) return number_compare(*this, op, a, b);
  const Nesting nesting(*this, nesting::kComparison);
  Type* left = type_of(a);
  Type* right = type_of(b);
  const auto first = left->slots.compare;
  const auto second = right->slots.compare;
  const bool right_first =
      (left != right && right->is_subtype_of(left)) || (b.is_tensor() && !a.is_tensor());
  if (right_first && second) {
    Value out = second(*this, mirrored(op), b, a);
    if (!out.same(not_implemented_)) return out;
  }
  if (first) {
    Value out = first(*this, op, a, b);
    if (!out.same(not_implemented_)) return out;
  }
  if (!right_first && second) {
    Value out = second(*this, mirrored(op), b, a);
    if (!out.same(not_implemented_)) return out;
  }
  if (op == CompareOp::Eq) return Value(a.same(b));
  if (op == CompareOp::Ne) return Value(!a.same(b));
  fail(ErrorKind::Type, "'", symbol(op), "' not supported between instances of '", left->name(),
       "' and '", right->name(), "'");
}

bool Runtime::equal(const Value& a, const Value& b) {
  if (a.same(b)) return true;
  if (a.is_number() && b.is_number()) return number_compare(*this, CompareOp::Eq, a, b).as_bool();
  if (a.is_object() && b.is_object() && a.as_object()->type() == types.str &&
      b.as_object()->type() == types.str) {
    return a.as<Str>()->equals(*b.as<Str>());
  }
  return truth(compare(CompareOp::Eq, a, b));
}

}  // namespace gradpad::lang
