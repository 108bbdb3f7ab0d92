// Loops over gradpad::math, compiled once per instruction set, for the tests of accuracy.
#pragma once

#include "kernels/cpu/row_loop.h"
#include "kernels/isa.h"

namespace gradpad::kernels::test {

/// One function, as loops over float and double.
struct MathLoops {
  const char* name;
  Loop f32, f64;
};

struct MathList {
  const MathLoops* first;
  const MathLoops* last;
  const MathLoops* begin() const { return first; }
  const MathLoops* end() const { return last; }
};

struct MathTable {
  MathList unary, binary;
  /// float in, bool out; and a bool and two floats in.
  Loop less_f32, less_f64, where_f32, where_f64;
  /// With parameters: clamp between two doubles.
  Loop clamp_f32, clamp_i64;
  /// One lane at a time, through the scalar overload of exp.
  void (*scalar_exp)(float* out, const float* in, int64_t n);
};

struct ClampParams {
  double low, high;
};

const MathTable& math_table(Isa isa);

}  // namespace gradpad::kernels::test
