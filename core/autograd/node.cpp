// The life of nodes, and the node that ends a path: a leaf's.
#include "gradpad/autograd/node.h"

#include <mutex>

#include "autograd/algebra.h"
#include "autograd/graph_lock.h"
#include "gradpad/autograd/cycles.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/trace.h"

namespace gradpad {

namespace {

/// Nodes whose last reference is gone, linked through the number of their run. Deleting one may end
/// others: they join the queue.
struct Graveyard {
  Node* waiting = nullptr;
  bool digging = false;
};
// Without a destructor: static Variables end after what belongs to the thread.
constinit thread_local Graveyard graveyard;

constinit std::mutex graph_mutex;

uint64_t next_sequence() {
  // Of this thread, as in PyTorch: between nodes of different threads any order will do, for a node
  // runs when its gradients are complete.
  thread_local uint64_t sequence = 0;
  return sequence++;
}

}  // namespace

void GraphLock::acquire() { graph_mutex.lock(); }
void GraphLock::release() { graph_mutex.unlock(); }

uint64_t next_hook_id() {
  static std::atomic<uint64_t> last = 0;
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

Node::Node() : RefCounted(Reach::Some), sequence(next_sequence()) {}

void Node::visit(ReferenceVisitor& visitor) {
  const GraphLock lock;
  for (const Edge& edge : edges) edge.node.visit(visitor);
  if (hooks) {
    for (const NodeHooks::OnOutput& entry : hooks->on_output) entry.hook.visit(visitor);
    for (const auto& [id, hook] : hooks->after) hook.visit(visitor);
  }
  if (trace) {
    for (const NodeTrace::Constant& input : trace->constants) input.variable.visit(visitor);
  }
}

Node::~Node() {
  if (!hooks) return;
  const GraphLock lock;
  for (const NodeHooks::Retained& entry : hooks->retained) entry.variable->retained_by = nullptr;
}

NodeHooks& Node::get_hooks() {
  if (!hooks) hooks = std::make_unique<NodeHooks>();
  return *hooks;
}

void Node::dispose() noexcept {
  next_waiting = graveyard.waiting;
  graveyard.waiting = this;
  if (graveyard.digging) return;
  graveyard.digging = true;
  while (Node* node = graveyard.waiting) {
    graveyard.waiting = node->next_waiting;
    delete node;
  }
  graveyard.digging = false;
}

void add_to_grad(VariableImpl& impl, const Variable& grad, const Variable& first) {
  while (true) {
    Variable before;
    {
      const GraphLock lock;
      before = impl.grad;
    }
    Variable sum = before.defined() ? gradient_algebra().add(before, grad) : first;
    {
      const GraphLock lock;
      // Another thread's gradient may have come in between.
      if (!impl.grad.is_same(before)) continue;
      std::swap(impl.grad, sum);
    }
    note_gradient(impl);
    return;
  }
}

AccumulateGrad::AccumulateGrad(Variable variable) : variable_(std::move(variable)) {
  outputs.push_back({variable_.shape(), variable_.dtype(), variable_.device()});
  // Runs as soon as its gradient is complete.
  sequence = ~uint64_t{0};
  variable_.impl()->accumulator = this;
}

AccumulateGrad::~AccumulateGrad() {
  const GraphLock lock;
  // By now it may be another.
  Node*& current = variable_.impl()->accumulator;
  if (current == this) current = nullptr;
}

void AccumulateGrad::visit(ReferenceVisitor& visitor) {
  Node::visit(visitor);
  variable_.visit(visitor);
}

Variables AccumulateGrad::apply(const Variables& grads) {
  Variable grad = grads[0];
  if (!grad.defined()) return {};
  VariableImpl& impl = *variable_.impl();
  // A hook may remove itself, so they run over a copy.
  std::vector<std::pair<uint64_t, Ref<GradHook>>> own_hooks;
  {
    const GraphLock lock;
    if (impl.extra) own_hooks = impl.extra->hooks;
  }
  for (const auto& [id, hook] : own_hooks) {
    if (Variable replaced = (*hook)(grad); replaced.defined()) grad = std::move(replaced);
  }
  // Passes of other threads may end in this leaf.
  std::unique_lock adding(adding_, std::defer_lock);
  if (has_threads()) adding.lock();
  const Variable before = variable_.grad();
  if (GradMode::is_enabled()) {
    add_to_grad(impl, grad, grad);
  } else if (before.defined()) {
    before.data().storage()->will_change();
    gradient_algebra().accumulate(before.data(), grad.data());
    before.data().storage()->bump_version();
  } else {
    // The buffer may be shared with the user's `gradient=` or with another leaf's grad.
    const Tensor& data = grad.data();
    const bool sole = data.storage()->use_count() == 1 && data.is_contiguous() &&
                      data.numel() * item_size(data.dtype()) == data.storage()->bytes() &&
                      grads[0].ref()->use_count() <= 2;
    add_to_grad(impl, grad, Variable(sole ? data : data.clone()));
  }
  return {};
}

}  // namespace gradpad
