// gradpad::math: the functions that element-wise functors are written in. One name serves a Batch,
// a float or double (a batch of one lane in use: the same digits), and, where it makes sense, the
// integers and bool.
//
// Call them qualified, math::exp(a): unqualified, argument-dependent lookup would find xsimd's.
// Accuracy, against libm in double: float within 2 units in the last place, double within 2, unless
// a function says otherwise; denormals, infinities and NaN as in libm.
#pragma once

#if defined(GRADPAD_REFERENCE)
// A source of the reference backend.
#include "kernels/reference/math.h"
namespace gradpad {
namespace math = kernels::reference::math;
}
#elif !defined(GRADPAD_ISA)
#include "kernels/cpu/math_names.h"
#else

#include "kernels/cpu/math_basic.h"
#include "kernels/cpu/math_exp.h"
#include "kernels/cpu/math_log.h"
#include "kernels/cpu/math_pow.h"
#include "kernels/cpu/math_trig.h"

namespace gradpad {
namespace math = kernels::GRADPAD_ISA::math;
}

#endif
