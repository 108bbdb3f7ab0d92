// What backward itself has to do with gradients. Operations stand above this layer, so it names
// the few it needs here, and core/ops supplies them when the program is linked.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad {

struct GradientAlgebra {
  /// Sum of two gradients of one shape; differentiable.
  Variable (*add)(const Variable& a, const Variable& b);
  /// Undoes broadcasting: sums to `shape`, which `gradient`'s expands; differentiable.
  Variable (*sum_to)(const Variable& gradient, const Shape& shape);
  /// Converts the element type; differentiable.
  Variable (*convert)(const Variable& gradient, DType dtype);
  /// Moves to another device; differentiable.
  Variable (*to)(const Variable& gradient, Device device);
  /// target += source, without a graph.
  void (*accumulate)(const Tensor& target, const Tensor& source);
  /// The history of a view whose base was changed in place since the view was made.
  Ref<Node> (*view_history)(const Variable& view);
};

const GradientAlgebra& gradient_algebra();

}  // namespace gradpad
