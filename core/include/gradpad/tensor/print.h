// Tensors as text, character for character as PyTorch 1.13 prints them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "gradpad/tensor/tensor.h"

namespace gradpad {

/// `torch.set_printoptions`.
struct PrintOptions {
  int precision = 4;
  /// Tensors of more elements are summarised.
  double threshold = 1000;
  /// How many items a summary shows at each end of a dimension.
  int64_t edgeitems = 3;
  int64_t linewidth = 80;
  /// Unset: scientific notation where the range of the values calls for it.
  std::optional<bool> sci_mode;
};

/// The options of this thread.
PrintOptions& print_options();

/// The data alone: "[[1., 2.],\n [3., 4.]]". Lines after the first are indented by `indent`.
std::string to_string(const Tensor& tensor, const PrintOptions& options = print_options(),
                      int64_t indent = 0);

/// "tensor([1., 2.], dtype=torch.float64, grad_fn=<PowBackward0>)". `suffixes` are what autograd
/// adds ("requires_grad=True"); they follow what the tensor itself needs (size, dtype unless it is
/// the default one), each on a new line where the line would grow too long.
std::string tensor_repr(const Tensor& tensor, std::span<const std::string> suffixes = {},
                        const PrintOptions& options = print_options());

}  // namespace gradpad
