// The backward pass.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gradpad/autograd/node.h"

namespace gradpad {

struct BackwardOptions {
  bool retain_graph = false;  ///< keep what nodes saved, for another pass
  bool create_graph = false;  ///< record the pass itself, for higher derivatives
};

/// Adds the gradients of sum(output * gradient) to the `grad` of the leaves that `outputs` depend
/// on, or only of `inputs` where given. An undefined gradient means 1 for a one-element output;
/// for any other: RuntimeError "grad can be implicitly created only for scalar outputs".
void backward(std::span<const Variable> outputs, std::span<const Variable> gradients,
              BackwardOptions options, std::span<const Variable> inputs = {});

/// The same gradients returned, one for each of `inputs`, with no `grad` touched. An input that
/// the outputs do not depend on is an error, or, with `allow_unused`, an undefined Variable.
std::vector<Variable> grad(std::span<const Variable> outputs, std::span<const Variable> inputs,
                           std::span<const Variable> gradients = {}, BackwardOptions options = {},
                           bool allow_unused = false);

}  // namespace gradpad
