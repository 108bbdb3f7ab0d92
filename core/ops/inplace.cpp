// In-place operations: the data is written, and the history of the target becomes that of the
// result. If the target is a view, its base gets a history in which the view's part was replaced;
// every other view of the base then finds its own anew (see Variable::grad_fn).
#include "gradpad/ops/inplace.h"

#include "gradpad/autograd/cycles.h"
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/views.h"
#include "ops/boxed.h"
#include "ops/pointwise/all.h"

namespace gradpad {

namespace {

void check_writable(const Variable& target, const Tensor& result) {
  if (result.shape() != target.shape()) {
    fail("output with shape ", to_string(target.shape()), " doesn't match the broadcast shape ",
         to_string(result.shape()));
  }
  const DType from = result.dtype(), to = target.dtype();
  const bool loses =
      (is_floating(from) && !is_floating(to)) || (from != DType::Bool && to == DType::Bool);
  if (loses) {
    fail("result type ", scalar_type_name(from), " can't be cast to the desired output type ",
         scalar_type_name(to));
  }
}

/// `base` with the part that `part` describes replaced by `inner`: the history of a base whose view
/// was changed in place.
struct CopySlices {
  Shape shape;
  Strides strides;
  int64_t offset;
};

/// The gradient of the rest of a base: zero where its view was replaced.
Variable zero_slice(const Variable& grad, const CopySlices& part) {
  Tensor data = grad.data().clone();
  data.as_strided(part.shape, part.strides, part.offset).fill(0);
  return differentiable(
      "ZeroSliceBackward0", std::move(data), {grad}, {},
      [part](Backward&, const Variable& g) -> Variables { return {zero_slice(g, part)}; });
}

/// The gradient of the replaced part of a base.
Variable take_slice(const Variable& grad, const CopySlices& part) {
  const Variable packed = contiguous(grad);
  return as_strided(packed, part.shape, part.strides, packed.data().offset() + part.offset);
}

void set_history(const Variable& target, const Ref<Node>& node, uint32_t output) {
  Node* const keeper = target.impl()->retained_by;
  if (keeper && keeper != node.get()) {
    // The retained gradient is that of the newest value.
    std::erase_if(keeper->hooks->retained,
                  [&](auto& entry) { return entry.variable == target.impl(); });
    target.impl()->retained_by = nullptr;
    target.impl()->retains_grad = false;
  }
  target.impl()->grad_fn = node;
  target.impl()->output_number = output;
  note_history(*target.impl());
}

/// Where the view's elements stand in a packed tensor of the base's shape.
CopySlices part_of(const Variable& view, const Variable& base) {
  const Tensor& whole = base.data();
  const Tensor& data = view.data();
  if (!whole.is_contiguous()) {
    fail(
        "an in-place operation on a view of a tensor that is not contiguous cannot be "
        "differentiated; take a copy with clone() first");
  }
  return {data.shape(), data.strides(), data.offset() - whole.offset()};
}

/// `before`: what the base of a view held, where somebody watches.
void rebase(const Variable& target, const Variable& result, const Snapshot& before) {
  const ViewOf* view = target.impl()->view();
  if (!view) {
    set_history(target, result.grad_fn(), result.output_number());
    return;
  }
  const Variable base = view->base;
  const CopySlices part = part_of(target, base);
  // Undefined data: only the node is wanted.
  auto derivative = [part](Backward& b, const Variable& g) -> Variables {
    return {b.needs(0) ? zero_slice(g, part) : Variable(),
            b.needs(1) ? take_slice(g, part) : Variable()};
  };
  auto node =
      make_ref<FunctionNode<decltype(derivative)>>("CopySlices", Saved{}, std::move(derivative));
  const Variable inputs[] = {base, result};
  Variable carrier(base.data());
  link(node, inputs, {&carrier, 1});
  trace_input(*node, 0, before);
  set_history(base, node, 0);
  // The target's own history is found anew from the base's, like that of any other view.
  target.impl()->extra->view->version = target.data().storage()->version() - 1;
}

/// Before a history is given to a view.
void check_recorded_view(const ViewOf& view) {
  if (!view.no_grad) return;
  fail(
      "A view was created in no_grad mode and is being modified inplace with grad mode enabled. "
      "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify "
      "your code by moving both the view and the inplace either both inside the no_grad block (if "
      "you don't want the inplace to be tracked) or both outside (if you want the inplace to be "
      "tracked).");
}

}  // namespace

void check_in_place(const Variable& target) {
  if (!target.defined()) fail_undefined("an in-place operation");
  if (!GradMode::is_enabled()) return;
  const ViewOf* view = target.impl()->view();
  if (view && view->base.requires_grad()) check_recorded_view(*view);
  if (!target.requires_grad()) return;
  if (view && view->base.is_leaf()) {
    fail("a view of a leaf Variable that requires grad is being used in an in-place operation.");
  }
  if (target.is_leaf()) {
    fail("a leaf Variable that requires grad is being used in an in-place operation.");
  }
}

Variable in_place_operand(const Variable& target) {
  if (!GradMode::is_enabled()) return target;
  // An operation may save its operand, which the write would spoil.
  Variable operand(target.data().clone());
  if (target.requires_grad()) {
    const Edge edge = gradient_edge(target);
    operand.impl()->grad_fn = edge.node;
    operand.impl()->output_number = edge.slot;
  }
  return operand;
}

void become_view(const Variable& target, const Variable& view) {
  target.set_data(view.data());
  if (!view.grad_fn()) return;
  target.impl()->grad_fn = view.grad_fn();
  target.impl()->output_number = view.output_number();
}

void assign_in_place(const Variable& target, const Variable& result) {
  check_in_place(target);
  check_writable(target, result.data());
  const bool recorded =
      GradMode::is_enabled() && (target.requires_grad() || result.requires_grad());
  if (!recorded) {
    change_in_place(target, [&] { target.data().copy_from(result.data()); });
    return;
  }
  if (const ViewOf* view = target.impl()->view()) check_recorded_view(*view);
  const Variable converted = convert(result, target.dtype());
  const ViewOf* view = target.impl()->view();
  const Snapshot before = view && Tracer::current() ? Snapshot(view->base.data()) : Snapshot();
  change_in_place(target, [&] { target.data().copy_from(converted.data()); });
  rebase(target, converted, before);
}

void copy_(const Variable& target, const Variable& source) {
  check_in_place(target);
  if (!GradMode::is_enabled() || (!target.requires_grad() && !source.requires_grad())) {
    change_in_place(target, [&] { target.data().copy_from(source.data()); });
    return;
  }
  Tensor data = Tensor::empty(target.shape(), target.dtype(), target.device());
  data.copy_from(source.data());
  // The engine sums and converts the gradient to the source's shape and type.
  assign_in_place(target, differentiable("CopyBackwards", std::move(data), {target, source}, {},
                                         [](Backward&, const Variable& g) -> Variables {
                                           return {Variable(), g};
                                         }));
}

void fill_(const Variable& target, const Variable& value) {
  if (value.dim() != 0) {
    fail("fill_ only supports 0-dimension value tensor but got tensor with ", value.dim(),
         " dimensions.");
  }
  check_in_place(target);
  if (!GradMode::is_enabled() || (!target.requires_grad() && !value.requires_grad())) {
    change_in_place(target, [&] { target.data().fill(value.item()); });
    return;
  }
  Tensor data = Tensor::full(target.shape(), value.item(), target.dtype(), target.device());
  assign_in_place(target, differentiable("FillBackward0", std::move(data), {target, value}, {},
                                         [](Backward&, const Variable& g) -> Variables {
                                           return {Variable(), g};
                                         }));
}

void zero_(const Variable& target) { fill_(target, 0); }

namespace {

/// Straight into the target where nothing is recorded and no conversion is needed.
template <class Op>
bool written_directly(const Variable& target, const Variable& other) {
  const bool recorded = GradMode::is_enabled() && (target.requires_grad() || other.requires_grad());
  const bool same_type =
      other.dtype() == target.dtype() || (other.is_number() && is_floating(target.dtype()));
  const bool fits = other.dim() == 0 || other.shape() == target.shape();
  if (recorded || !same_type || !fits || target.is_number()) return false;
  if (target.data().shares_storage(other.data()) && other.numel() != 0 &&
      !(other.data().offset() == target.data().offset() &&
        other.data().strides() == target.data().strides())) {
    return false;
  }
  check_in_place(target);
  change_in_place(target,
                  [&] { ops::pointwise_into(ops::def_of<Op>, target.data(), {target, other}); });
  return true;
}

}  // namespace

void add_(const Variable& target, const Variable& other, const Scalar& alpha) {
  if (alpha.equals(1) && written_directly<ops::Add>(target, other)) return;
  check_in_place(target);
  assign_in_place(target, add(in_place_operand(target), other, alpha));
}

void sub_(const Variable& target, const Variable& other, const Scalar& alpha) {
  if (alpha.equals(1) && target.dtype() != DType::Bool &&
      written_directly<ops::Sub>(target, other)) {
    return;
  }
  check_in_place(target);
  assign_in_place(target, sub(in_place_operand(target), other, alpha));
}

void mul_(const Variable& target, const Variable& other) {
  if (written_directly<ops::Mul>(target, other)) return;
  check_in_place(target);
  assign_in_place(target, mul(in_place_operand(target), other));
}

void div_(const Variable& target, const Variable& other) {
  if (is_floating(target.dtype()) && written_directly<ops::Div>(target, other)) return;
  check_in_place(target);
  assign_in_place(target, div(in_place_operand(target), other));
}

}  // namespace gradpad
