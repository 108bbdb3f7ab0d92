// Conversions between element types, and copies.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// `input` in another element type; itself if it has it already.
Variable convert(const Variable& input, DType dtype);
/// `input` on another device; itself if it is there already. RuntimeError where there is none.
Variable to(const Variable& input, Device device);
/// A copy, in row-major order.
Variable clone(const Variable& input);
/// `input`, or a row-major copy if its strides are not.
Variable contiguous(const Variable& input);
/// Sums to `shape`, which `input`'s expands: undoes broadcasting. `input` itself if equal.
Variable sum_to_size(const Variable& input, const Shape& shape);

}  // namespace gradpad
