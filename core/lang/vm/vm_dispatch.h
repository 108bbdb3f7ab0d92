// How Interpreter::run gets from one instruction to the next. Only for vm.cpp.
#pragma once

#include "lang/objects/value.h"

// A switch, not GCC's labels as values: a computed goto out of a scope ends none of the values in
// it.
// clang-format off
#define LOAD_FRAME()                     \
  do {                                   \
    frame = frame_;                      \
    R = frame->registers;                \
    K = frame->code->constants.data();   \
  } while (0)
#define SAVE() (frame->pc = pc)
#define CASE(name) case Op::name
#define DISPATCH() goto dispatch
#define NEXT() \
  do {         \
    ++pc;      \
    DISPATCH(); \
  } while (0)
// A jump taken is where loops can be stopped.
#define JUMP(offset)                   \
  do {                                 \
    if (--ticks_ < 0) {                \
      SAVE();                          \
      safe_point();                    \
    }                                  \
    pc += 1 + static_cast<ptrdiff_t>(offset); \
    DISPATCH();                        \
  } while (0)
#define KILL(flag, index) \
  if (pc->x & (flag)) R[index].clear()
// clang-format on

namespace gradpad::lang {

/// Both int, or both numbers of which one is a float.
inline bool both_int(const Value& x, const Value& y) { return x.is_int() && y.is_int(); }
inline bool both_real(const Value& x, const Value& y) {
  return (x.is_float() && (y.is_float() || y.is_int())) || (x.is_int() && y.is_float());
}

}  // namespace gradpad::lang
