// The operations that backward itself needs.
#include "autograd/algebra.h"

#include "gradpad/ops/convert.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/views.h"
#include "ops/pointwise/all.h"

namespace gradpad {

namespace {

Variable add_gradients(const Variable& a, const Variable& b) { return add(a, b); }

void accumulate(const Tensor& target, const Tensor& source) {
  ops::pointwise_into(ops::def_of<ops::Add>, target, {Variable(target), Variable(source)});
}

/// A view is its base seen through strides, whatever made it.
Ref<Node> view_history(const Variable& view) {
  const Tensor& data = view.data();
  GradModeGuard with_grad(true);
  return as_strided(view.impl()->view()->base, data.shape(), data.strides(), data.offset())
      .impl()
      ->grad_fn;
}

}  // namespace

const GradientAlgebra& gradient_algebra() {
  static constexpr GradientAlgebra algebra{add_gradients, sum_to_size, convert, to,
                                           accumulate,    view_history};
  return algebra;
}

}  // namespace gradpad
