// Derivatives of fused operations from their steps.
#include "ops/composite.h"

#include "gradpad/autograd/engine.h"

namespace gradpad::ops {

void check_constant(std::string_view function, std::string_view argument, const Variable& v) {
  if (!v.defined() || !GradMode::is_enabled() || !v.requires_grad()) return;
  fail("The function '", function, "' is not differentiable with respect to argument '", argument,
       "'. This input cannot have requires_grad True.");
}

}  // namespace gradpad::ops

namespace gradpad::ops::detail {

Variables separated(const Node& node, const Variables& inputs) {
  Variables own;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].defined()) {
      own.push_back({});
    } else if (node.needs(i)) {
      own.push_back(differentiable("AliasBackward0", inputs[i].data(), {inputs[i]}, {},
                                   [](Backward&, const Variable& g) -> Variables { return {g}; }));
    } else {
      own.push_back(inputs[i].detach());
    }
  }
  return own;
}

Variables gradients_of(const Variables& results, const Variables& inputs, const Variables& grads) {
  std::vector<Variable> outputs, seeds, wanted;
  for (size_t i = 0; i < results.size(); ++i) {
    if (!grads[i].defined() || !results[i].requires_grad()) continue;
    outputs.push_back(results[i]);
    seeds.push_back(grads[i]);
  }
  for (const Variable& input : inputs) {
    if (input.defined() && input.requires_grad()) wanted.push_back(input);
  }
  Variables found(inputs.size());
  if (outputs.empty()) return found;
  const bool recorded = GradMode::is_enabled();
  const std::vector<Variable> taken =
      grad(outputs, wanted, seeds, {.retain_graph = recorded, .create_graph = recorded}, true);
  size_t next = 0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].defined() && inputs[i].requires_grad()) found[i] = taken[next++];
  }
  return found;
}

}  // namespace gradpad::ops::detail
