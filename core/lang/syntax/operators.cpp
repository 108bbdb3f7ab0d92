// How operators are written.
#include "lang/syntax/operators.h"

#include <cstddef>

namespace gradpad::lang {

namespace {

constexpr const char* kBinary[] = {"+",  "-",  "*",  "@", "/", "//", "%",
                                   "**", "<<", ">>", "&", "^", "|"};
constexpr const char* kInplace[] = {
    "+=", "-=", "*=", "@=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "^=", "|="};
constexpr const char* kCompare[] = {"<", "<=", "==", "!=", ">", ">="};

}  // namespace

const char* symbol(BinaryOp op) { return kBinary[static_cast<size_t>(op)]; }
const char* symbol_inplace(BinaryOp op) { return kInplace[static_cast<size_t>(op)]; }
const char* symbol(CompareOp op) { return kCompare[static_cast<size_t>(op)]; }
const char* symbol(UnaryOp op) { return op == UnaryOp::Neg ? "-" : op == UnaryOp::Pos ? "+" : "~"; }

CompareOp mirrored(CompareOp op) {
  switch (op) {
    case CompareOp::Lt:
      return CompareOp::Gt;
    case CompareOp::Le:
      return CompareOp::Ge;
    case CompareOp::Gt:
      return CompareOp::Lt;
    case CompareOp::Ge:
      return CompareOp::Le;
    case CompareOp::Eq:
    case CompareOp::Ne:
      break;
  }
  return op;
}

}  // namespace gradpad::lang
