// The names of gradpad::math for sources that only mention element-wise functors and never run them
// (the ops' schemas and derivatives): declarations without the SIMD headers behind them.
#pragma once

namespace gradpad::math {

#define GRADPAD_MATH_NAME(name)     \
  template <class V, class... More> \
  V name(V, More...)
GRADPAD_MATH_NAME(exp);
GRADPAD_MATH_NAME(exp2);
GRADPAD_MATH_NAME(expm1);
GRADPAD_MATH_NAME(log);
GRADPAD_MATH_NAME(log2);
GRADPAD_MATH_NAME(log10);
GRADPAD_MATH_NAME(log1p);
GRADPAD_MATH_NAME(sin);
GRADPAD_MATH_NAME(cos);
GRADPAD_MATH_NAME(tan);
GRADPAD_MATH_NAME(asin);
GRADPAD_MATH_NAME(acos);
GRADPAD_MATH_NAME(atan);
GRADPAD_MATH_NAME(atan2);
GRADPAD_MATH_NAME(sinh);
GRADPAD_MATH_NAME(cosh);
GRADPAD_MATH_NAME(tanh);
GRADPAD_MATH_NAME(sigmoid);
GRADPAD_MATH_NAME(erf);
GRADPAD_MATH_NAME(erfc);
GRADPAD_MATH_NAME(pow);
GRADPAD_MATH_NAME(sqrt);
GRADPAD_MATH_NAME(rsqrt);
GRADPAD_MATH_NAME(abs);
GRADPAD_MATH_NAME(sign);
GRADPAD_MATH_NAME(copysign);
GRADPAD_MATH_NAME(floor);
GRADPAD_MATH_NAME(ceil);
GRADPAD_MATH_NAME(round);
GRADPAD_MATH_NAME(trunc);
GRADPAD_MATH_NAME(fmod);
GRADPAD_MATH_NAME(remainder);
GRADPAD_MATH_NAME(floor_divide);
GRADPAD_MATH_NAME(min);
GRADPAD_MATH_NAME(max);
GRADPAD_MATH_NAME(fma);
#undef GRADPAD_MATH_NAME

template <class V>
V constant(double);
template <class M, class V>
V select(M, V, V);
template <class V>
auto isnan(V);
template <class V>
auto isinf(V);
template <class V>
auto isfinite(V);

}  // namespace gradpad::math
