// Making tensors from sizes and ranges. A dtype left out is the default floating type, or, where
// numbers are given, what PyTorch infers from them.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"
#include "gradpad/tensor/default_dtype.h"

namespace gradpad {

Variable zeros(const Shape& size, std::optional<DType> dtype = {}, bool requires_grad = false,
               Device device = {});
Variable ones(const Shape& size, std::optional<DType> dtype = {}, bool requires_grad = false,
              Device device = {});
Variable full(const Shape& size, const Scalar& value, std::optional<DType> dtype = {},
              bool requires_grad = false, Device device = {});

/// start, start + step, … before end.
Variable arange(const Scalar& start, const Scalar& end, const Scalar& step = 1,
                std::optional<DType> dtype = {});
/// `steps` values from start to end, both included.
Variable linspace(const Scalar& start, const Scalar& end, int64_t steps,
                  std::optional<DType> dtype = {});
/// base to the powers of linspace(start, end, steps).
Variable logspace(const Scalar& start, const Scalar& end, int64_t steps, double base = 10,
                  std::optional<DType> dtype = {});
/// Ones on the diagonal, zeros elsewhere; n by n where m is left out.
Variable eye(int64_t n, std::optional<int64_t> m = {}, std::optional<DType> dtype = {});

/// RuntimeError "Trying to create tensor with negative dimension -1: [-1]".
void check_sizes(const Shape& size);

}  // namespace gradpad
