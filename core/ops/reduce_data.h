// Reductions of plain tensors over any dimensions, on top of kernels that reduce one.
#pragma once

#include "gradpad/tensor/tensor.h"
#include "kernels/kernels.h"

namespace gradpad::ops {

/// `dims` counted from the front and sorted; none means all. RuntimeError if one appears twice.
Dims reduction_dims(const Dims& dims, int64_t ndim);

/// The shape without `dims` (from reduction_dims), or with size 1 there.
Shape reduced_shape(const Shape& shape, const Dims& dims, bool keepdim);

/// How many elements go into each result.
int64_t reduced_count(const Shape& shape, const Dims& dims);

/// The sizes around dimension `d`; a 0-dimensional tensor has one of size 1.
kernels::ReduceShape shape_around(const Shape& shape, int64_t d);

/// Reduces over `dims` (from reduction_dims). Nothing to reduce gives 0 for a sum, 1 for a product,
/// false for any, true for all; for Max and Min the caller makes sure that there is something.
Tensor reduce_data(kernels::ReduceOp op, const Tensor& input, const Dims& dims, bool keepdim);

// In place, of a floating tensor.
void divide_data(const Tensor& tensor, double divisor);
void root_data(const Tensor& tensor);

}  // namespace gradpad::ops
