// The life of nodes, and the node that ends a path: a leaf's.
#include "gradpad/autograd/node.h"

#include "autograd/algebra.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/trace.h"

namespace gradpad {

namespace {

/// Nodes whose last reference is gone. Deleting one may end others: they join the queue.
struct Graveyard {
  std::vector<Node*> waiting;
  bool digging = false;
};

Graveyard& graveyard() {
  thread_local Graveyard yard;
  return yard;
}

uint64_t next_sequence() {
  thread_local uint64_t sequence = 0;
  return sequence++;
}

}  // namespace

uint64_t next_hook_id() {
  thread_local uint64_t id = 0;
  return ++id;
}

Node::Node() : sequence(next_sequence()) {}

Node::~Node() {
  if (!hooks) return;
  for (const NodeHooks::Retained& entry : hooks->retained) entry.variable->retained_by = nullptr;
}

NodeHooks& Node::get_hooks() {
  if (!hooks) hooks = std::make_unique<NodeHooks>();
  return *hooks;
}

void Node::dispose() noexcept {
  Graveyard& yard = graveyard();
  yard.waiting.push_back(this);
  if (yard.digging) return;
  yard.digging = true;
  while (!yard.waiting.empty()) {
    Node* node = yard.waiting.back();
    yard.waiting.pop_back();
    delete node;
  }
  yard.digging = false;
}

AccumulateGrad::AccumulateGrad(Variable variable) : variable_(std::move(variable)) {
  variable_.impl()->accumulator = this;
  outputs.push_back({variable_.shape(), variable_.dtype()});
  // Runs as soon as its gradient is complete.
  sequence = ~uint64_t{0};
}

AccumulateGrad::~AccumulateGrad() { variable_.impl()->accumulator = nullptr; }

Variables AccumulateGrad::apply(const Variables& grads) {
  Variable grad = grads[0];
  if (!grad.defined()) return {};
  VariableImpl& impl = *variable_.impl();
  if (impl.extra) {
    // A hook may remove itself: run over a copy.
    const auto own_hooks = impl.extra->hooks;
    for (const auto& [id, hook] : own_hooks) {
      if (Variable replaced = hook(grad); replaced.defined()) grad = std::move(replaced);
    }
  }
  if (!impl.grad.defined()) {
    if (GradMode::is_enabled()) {
      impl.grad = grad;
    } else {
      // The buffer may be shared with the user's `gradient=` or with another leaf's grad.
      const Tensor& data = grad.data();
      const bool sole = data.storage()->use_count() == 1 && data.is_contiguous() &&
                        data.numel() * item_size(data.dtype()) == data.storage()->bytes() &&
                        grads[0].ref()->use_count() <= 2;
      impl.grad = Variable(sole ? data : data.clone());
    }
  } else if (GradMode::is_enabled()) {
    impl.grad = gradient_algebra().add(impl.grad, grad);
  } else {
    gradient_algebra().accumulate(impl.grad.data(), grad.data());
    impl.grad.data().storage()->bump_version();
  }
  return {};
}

}  // namespace gradpad
