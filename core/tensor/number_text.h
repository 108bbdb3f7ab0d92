// Numbers as Python writes them.
#pragma once

#include <string>

namespace gradpad {

/// Python's `repr(float)`: the fewest digits that read back as the same number. "0.1", "1.0",
/// "1e-05", "1e+16", "inf", "nan".
std::string python_float_repr(double value);

/// Python's `format(value, ".{precision}f")`.
std::string format_fixed(double value, int precision);
/// Python's `format(value, ".{precision}e")`.
std::string format_scientific(double value, int precision);

}  // namespace gradpad
