// Sizes of poolings, checked: what max_pool.cpp and avg_pool.cpp hand to their kernels.
#pragma once

#include <string_view>

#include "gradpad/autograd/variable.h"
#include "kernels/kernels.h"

namespace gradpad::ops {

/// Checked sizes of a two-dimensional pooling of `input`.
struct Pooling {
  kernels::PoolShape k;
  Shape in, out;
};
Pooling pooling_of(const Variable& input, const Dims& kernel_size, const Dims& stride,
                   const Dims& padding, const Dims& dilation, bool ceil_mode,
                   std::string_view name);
Pooling adaptive_pooling_of(const Variable& input, const Dims& output_size, std::string_view name);

}  // namespace gradpad::ops
