// Numbers as Python writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gradpad/tensor/dtype.h"

namespace gradpad {

/// Python's `repr(float)`: the fewest digits that read back as the same number. "0.1", "1.0",
/// "1e-05", "1e+16", "inf", "nan".
std::string python_float_repr(double value);

/// Python's `format(value, ".{precision}f")`.
std::string format_fixed(double value, int precision);
/// Python's `format(value, ".{precision}e")`.
std::string format_scientific(double value, int precision);

/// A number as a signature writes its default: True, False, 3, -1, 1e-5, inf. Nothing for any other
/// text.
std::optional<Scalar> read_scalar(std::string_view text);

}  // namespace gradpad
