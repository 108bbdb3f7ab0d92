// Nodes of operations: what they saved, and their place between inputs and results.
#include "gradpad/autograd/function.h"

#include "autograd/graph_lock.h"

namespace gradpad {

Variable Backward::saved(size_t i) {
  if (!has_threads()) {
    check_not_released();
    return saved_[i].unpack(*this);
  }
  // Another thread's pass may be freeing them.
  SavedVariable kept;
  {
    const GraphLock lock;
    check_not_released();
    kept = saved_[i];
  }
  return kept.unpack(*this);
}

void Backward::check_not_released() const {
  if (!released_) return;
  fail(
      "Trying to backward through the graph a second time (or directly access saved tensors after "
      "they have already been freed). Saved intermediate values of the graph are freed when you "
      "call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
      "through the graph a second time or if you need to access saved tensors after calling "
      "backward.");
}

void Backward::release_saved() {
  Saved ending;  // after the lock
  const GraphLock lock;
  // A node that saved nothing can run again, as in PyTorch.
  if (saved_.empty()) return;
  ending = std::move(saved_);
  saved_.clear();
  released_ = true;
}

void Backward::visit(ReferenceVisitor& visitor) {
  Node::visit(visitor);
  const GraphLock lock;
  visit_each(visitor, saved_);
}

void link(const Ref<Node>& node, std::span<const Variable> inputs,
          std::span<const Variable> results) {
  node->edges.reserve(inputs.size());
  for (const Variable& input : inputs) {
    node->edges.push_back(input.defined() ? gradient_edge(input) : Edge{});
  }
  uint32_t number = 0;
  for (const Variable& result : results) {
    node->outputs.push_back({result.shape(), result.dtype(), result.device()});
    if (is_floating(result.dtype())) {
      result.impl()->grad_fn = node;
      result.impl()->output_number = number;
    }
    ++number;
  }
  if (Tracer::current()) trace_node(*node, inputs, results);
}

Variable as_view_of(const Variable& input, Variable view) {
  const ViewOf* through = input.impl()->view();
  auto& impl = *view.impl();
  impl.is_untracked = input.impl()->is_untracked;
  impl.is_view = true;
  impl.get_extra().view = std::make_unique<ViewOf>(ViewOf{
      through ? through->base : input, view.data().storage()->version(), !GradMode::is_enabled()});
  return view;
}

}  // namespace gradpad
