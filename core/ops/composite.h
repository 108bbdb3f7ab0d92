// Fused operations: one node for a computation of many steps, with its own fast derivative. A
// derivative that is itself recorded is taken of the same computation written in differentiable
// operations, so that it has all higher derivatives.
#pragma once

#include "gradpad/autograd/function.h"

namespace gradpad::ops {

/// RuntimeError where a gradient is wanted of an argument that has none.
void check_constant(std::string_view function, std::string_view argument, const Variable& v);

/// The gradients that `grads` of the results of `forward(inputs)` give the inputs `node` needs;
/// recorded if gradients are on. Inputs may depend on each other: each counts for itself.
template <class Forward>
Variables composite_gradients(const Node& node, const Variables& inputs, const Variables& grads,
                              const Forward& forward);

/// One node, named as given, for the one result of `forward(inputs)`.
template <class Forward>
Variable fused(std::string_view name, const Variables& inputs, Forward forward) {
  Tensor data;
  {
    GradModeGuard no_grad(false);
    data = forward(inputs).data();
  }
  return differentiable_of(
      name, std::move(data), inputs,
      [&](const Tensor&) {
        Saved saved;
        for (const Variable& input : inputs) saved.push_back(saved_input(input));
        return saved;
      },
      [forward](Backward& b, const Variable& g) -> Variables {
        Variables saved;
        for (size_t i = 0; i < b.edges.size(); ++i) saved.push_back(b.saved(i));
        return composite_gradients(b, saved, {g},
                                   [&](const Variables& in) -> Variables { return {forward(in)}; });
      });
}

namespace detail {

/// The inputs with nodes of their own, where gradients are taken from.
Variables separated(const Node& node, const Variables& inputs);
Variables gradients_of(const Variables& results, const Variables& inputs, const Variables& grads);

}  // namespace detail

template <class Forward>
Variables composite_gradients(const Node& node, const Variables& inputs, const Variables& grads,
                              const Forward& forward) {
  const bool recorded = GradMode::is_enabled();
  GradModeGuard with_grad(true);
  const Variables own = detail::separated(node, inputs);
  const Variables results = forward(own);
  GradModeGuard as_before(recorded);
  return detail::gradients_of(results, own, grads);
}

}  // namespace gradpad::ops
