// The operators of the language, as the tree names them and the objects carry them out.
#pragma once

#include <cstdint>

namespace gradpad::lang {

enum class BinaryOp : uint8_t {
  Add,
  Sub,
  Mul,
  MatMul,
  TrueDiv,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Xor,
  Or,
};
enum class CompareOp : uint8_t { Lt, Le, Eq, Ne, Gt, Ge };
enum class UnaryOp : uint8_t { Neg, Pos, Invert };

/// "+", "<", "-"; and for in-place forms "+=".
const char* symbol(BinaryOp op);
const char* symbol_inplace(BinaryOp op);
const char* symbol(CompareOp op);
const char* symbol(UnaryOp op);
/// a < b is b > a.
CompareOp mirrored(CompareOp op);

}  // namespace gradpad::lang
