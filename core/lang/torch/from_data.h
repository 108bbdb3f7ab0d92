// Tensors from numbers, lists of them, and whatever else torch.tensor accepts.
#pragma once

#include <optional>

#include "gradpad/autograd/variable.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// A new tensor with the data of nested sequences, of a number or of a tensor, in the dtype given
/// or inferred. Errors are PyTorch's.
Tensor tensor_from_data(Runtime& rt, const Value& data, std::optional<DType> dtype);

/// torch.Tensor(...), torch.LongTensor(...) and so on: from sizes, from data or from a tensor.
Variable legacy_tensor(Runtime& rt, DType dtype, const Arguments& arguments);

/// RuntimeError "Only Tensors of floating point and complex dtype can require gradients".
void require_differentiable(DType dtype);

}  // namespace gradpad::lang
