// The instructions. Eight bytes each: an operation, a small field x and three operands, which name
// registers of the frame unless said otherwise. Locals, parameters and temporaries are registers;
// in the code of a module so are its globals.
//
// A temporary is read once. Where an operand is one, a bit of x says so (kKillB, kKillC), and what
// it held ends with the instruction instead of at the end of the frame: memory is tensors.
#pragma once

#include <cstdint>

namespace gradpad::lang {

// X(name) in the order of their numbers. `K` is a constant, `G` a global's place, `I` a signed
// 16-bit number, `J` a jump relative to the next instruction; bc is b and c as one 32-bit number.
// clang-format off
#define GRADPAD_BINARY_OPCODES(X) \
  X(Add) X(Sub) X(Mul) X(MatMul) X(TrueDiv) X(FloorDiv) X(Mod) X(Pow) X(LShift) X(RShift) \
  X(And) X(Xor) X(Or)
#define GRADPAD_COMPARE_OPCODES(X) X(Lt) X(Le) X(Eq) X(Ne) X(Gt) X(Ge)

#define GRADPAD_OPCODES(X) \
  /* values */ \
  X(Move)            /* a = b */ \
  X(LoadConst)       /* a = K[bc] */ \
  X(Clear)           /* a becomes unbound, without a check */ \
  X(LoadGlobal)      /* a = G[b], else builtin c - 1, else by name */ \
  X(StoreGlobal)     /* G[a] = b */ \
  X(DeleteGlobal)    /* del G[a] */ \
  X(DeleteLocal)     /* del a */ \
  X(MakeCell)        /* a = cell holding a */ \
  X(LoadCell)        /* a = contents of b */ \
  X(StoreCell)       /* contents of a = b */ \
  X(DeleteCell)      /* empties the cell a */ \
  X(LoadFree)        /* a = contents of closure[b] */ \
  X(StoreFree)       /* contents of closure[a] = b */ \
  X(DeleteFree)      /* empties closure[a] */ \
  X(LoadName)        /* a = namespace[K[b]], else as LoadGlobal of place c */ \
  X(StoreName)       /* namespace[K[a]] = b */ \
  X(DeleteName)      /* del namespace[K[a]] */ \
  X(NoteAssign)      /* global G[a] was assigned here */ \
  /* operators; the in-place forms follow in the same order */ \
  GRADPAD_BINARY_OPCODES(X) \
  X(InplaceAdd) X(InplaceSub) X(InplaceMul) X(InplaceMatMul) X(InplaceTrueDiv) \
  X(InplaceFloorDiv) X(InplaceMod) X(InplacePow) X(InplaceLShift) X(InplaceRShift) \
  X(InplaceAnd) X(InplaceXor) X(InplaceOr) \
  X(AddI) X(SubI) X(MulI) X(InplaceAddI) X(InplaceSubI) X(InplaceMulI)  /* a = b op Ic */ \
  X(Neg) X(Pos) X(Invert) X(Not)  /* a = op b */ \
  GRADPAD_COMPARE_OPCODES(X)      /* a = b op c */ \
  X(Is) X(IsNot) X(In) X(NotIn) \
  /* jumps */ \
  X(Jump)                         /* Jbc */ \
  X(JumpIfTrue) X(JumpIfFalse)    /* a; Jbc */ \
  X(JumpIfNone) X(JumpIfNotNone)  /* a; Jbc */ \
  /* a op b; Jc */ \
  X(JumpIfLt) X(JumpIfLe) X(JumpIfEq) X(JumpIfNe) X(JumpIfGt) X(JumpIfGe) \
  X(JumpUnlessLt) X(JumpUnlessLe) X(JumpUnlessEq) X(JumpUnlessNe) X(JumpUnlessGt) X(JumpUnlessGe) \
  /* a op Ib; Jc */ \
  X(JumpIfLtI) X(JumpIfLeI) X(JumpIfEqI) X(JumpIfNeI) X(JumpIfGtI) X(JumpIfGeI) \
  X(JumpUnlessLtI) X(JumpUnlessLeI) X(JumpUnlessEqI) X(JumpUnlessNeI) X(JumpUnlessGtI) \
  X(JumpUnlessGeI) \
  X(Iter)            /* a = b, or its iterator where b is no list, tuple or range */ \
  X(GetIter)         /* a, a+1, a+2 = iteration over b */ \
  X(ForIter)         /* b = next of a, and Jc; falls through at the end */ \
  /* attributes and items */ \
  X(LoadAttr)        /* a = b.site c */ \
  X(StoreAttr)       /* a.site c = b */ \
  X(DeleteAttr)      /* del a.site c */ \
  X(LoadMethod)      /* a, a+1 = method of b at site c, and b; or attribute and unbound */ \
  X(GetItem)         /* a = b[c] */ \
  X(SetItem)         /* a[b] = c */ \
  X(DeleteItem)      /* del a[b] */ \
  /* building */ \
  X(BuildSlice)      /* a = slice(b, b+1, b+2) */ \
  X(BuildList) X(BuildTuple) X(BuildSet)  /* a = c values from b */ \
  X(BuildDict)       /* a = c pairs from b */ \
  X(BuildString)     /* a = c strings from b, joined */ \
  X(ListAppend) X(SetAdd)  /* a gets b */ \
  X(DictSet)         /* a[b] = c, a dict being built */ \
  X(ListExtend) X(SetUpdate) X(DictUpdate)  /* a gets all of b */ \
  X(DictMerge)       /* a gets all of **b; c: the callee, for the error */ \
  X(ListToTuple)     /* a = tuple(b) */ \
  X(Unpack)          /* a.. = the c items of b */ \
  X(UnpackEx)        /* a.. = b with a star; c = items before | items behind << 8 */ \
  X(FormatValue)     /* a = format(b, c); x >> 4: conversion; c = kNone: no spec */ \
  /* calls; result c may be kNone */ \
  X(Call)            /* c = a(x values from a+1) */ \
  X(CallMethod)      /* c = a(x values from a+2), preceded by a+1 unless that is unbound */ \
  X(CallKeywords)    /* as Call; K[b]: the names of the last values */ \
  X(CallMethodKeywords) \
  X(CallSpread)      /* c = a(*(a+1), **(a+2)); x: whether a+2 is there */ \
  X(Return)          /* a */ \
  X(ReturnNone) \
  X(MakeFunction)    /* a = function of code K[b]; defaults from c */ \
  X(MakeClass)       /* a = class K[c][0]; b: namespace, x bases, values of keywords K[c][1:] */ \
  X(Yield)           /* yields b; a = what is sent */ \
  X(YieldFrom)       /* yields all of the iterator b; a = its result */ \
  /* exceptions */ \
  X(Raise)           /* x = 0: again; 1: a; 2: a from b */ \
  X(PushHandled)     /* a: the exception now handled; b = the one before */ \
  X(PopHandled)      /* a: the one before */ \
  X(Reraise)         /* a, with its traceback as it is */ \
  X(MatchException)  /* a = whether b is an instance of c */ \
  X(AssertFail)      /* a: the message or kNone */ \
  X(EnterWith)       /* a: the manager, becomes its __exit__; b = what __enter__ gives */ \
  X(ExitWith)        /* calls a(None, None, None) */ \
  X(ExitWithError)   /* c = whether a(type(b), b, None) is true */ \
  /* modules */ \
  X(Import)          /* a = module K[b]; c = 1: the last part of the dotted name, 0: the first */ \
  X(ImportFrom)      /* a = b.K[c] */ \
  X(ImportStar)      /* all public names of a */ \
  X(PrintResult)     /* shows a as the prompt does */
// clang-format on

enum class Op : uint8_t {
#define X(name) name,
  GRADPAD_OPCODES(X)
#undef X
};

constexpr uint8_t kKillB = 1;
constexpr uint8_t kKillC = 2;
constexpr uint8_t kKillA = 4;
/// As operand: no register. As result: not wanted.
constexpr uint16_t kNone = 0xFFFF;

struct Instruction {
  Op op;
  uint8_t x = 0;
  uint16_t a = 0;
  uint16_t b = 0;
  uint16_t c = 0;

  int32_t bc() const noexcept {
    return static_cast<int32_t>(static_cast<uint32_t>(b) | static_cast<uint32_t>(c) << 16);
  }
  void set_bc(int32_t v) noexcept {
    b = static_cast<uint16_t>(static_cast<uint32_t>(v) & 0xFFFF);
    c = static_cast<uint16_t>(static_cast<uint32_t>(v) >> 16);
  }
  int16_t imm_b() const noexcept { return static_cast<int16_t>(b); }
  int16_t imm_c() const noexcept { return static_cast<int16_t>(c); }
};
static_assert(sizeof(Instruction) == 8);

}  // namespace gradpad::lang
