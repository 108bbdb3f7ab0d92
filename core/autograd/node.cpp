// Life of nodes, saved values and edges.
#include "autograd/node.h"

#include "autograd/algebra.h"
#include "autograd/function.h"
#include "autograd/saved.h"
#include "autograd/trace.h"

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

VariableImpl::VariableImpl(Tensor tensor) : data(std::move(tensor)) {}

VariableImpl::~VariableImpl() {
  if (!retained_by) return;
  std::erase_if(retained_by->hooks->retained, [&](auto& r) { return r.variable == this; });
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

SavedVariable SavedVariable::input(const Variable& variable) {
  SavedVariable saved;
  saved.variable_ = variable;
  if (variable.defined()) saved.version_ = variable.data().storage()->version();
  return saved;
}

SavedVariable SavedVariable::output(const Tensor& data, uint32_t number) {
  SavedVariable saved = input(Variable(data));
  saved.number_ = number;
  saved.is_output_ = true;
  return saved;
}

void SavedVariable::check_version(const Tensor& data, const Node* maker, uint32_t output) const {
  const uint32_t now = data.storage()->version();
  if (now == version_) return;
  std::string origin;
  if (maker) origin = concat(", which is output ", output, " of ", maker->name(), ",");
  fail(
      "one of the variables needed for gradient computation has been modified by an inplace "
      "operation: [",
      tensor_type_name(data.dtype()), " ", to_string(data.shape()), "]", origin, " is at version ",
      now, "; expected version ", version_,
      " instead. Hint: enable anomaly detection to find the operation that failed to compute its "
      "gradient, with torch.autograd.set_detect_anomaly(True).");
}

Variable SavedVariable::unpack(Node& owner) const {
  if (!variable_.defined()) return {};
  if (!is_output_) {
    check_version(variable_.data(), variable_.impl()->grad_fn.get(), variable_.output_number());
    return variable_;
  }
  check_version(variable_.data(), &owner, number_);
  Variable result(variable_.data());
  result.impl()->grad_fn = Ref<Node>(&owner);
  result.impl()->output_number = number_;
  return result;
}

Variable Backward::saved(size_t i) {
  check_not_released();
  return saved_[i].unpack(*this);
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
  // A node that saved nothing can run again, as in PyTorch.
  if (saved_.empty()) return;
  saved_.clear();
  released_ = true;
}

void link(const Ref<Node>& node, std::span<const Variable> inputs,
          std::span<const Variable> results) {
  node->edges.reserve(inputs.size());
  for (const Variable& input : inputs) {
    node->edges.push_back(input.defined() ? gradient_edge(input) : Edge{});
  }
  uint32_t number = 0;
  for (const Variable& result : results) {
    node->outputs.push_back({result.shape(), result.dtype()});
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
  impl.get_extra().view = std::make_unique<ViewOf>(ViewOf{
      through ? through->base : input, view.data().storage()->version(), !GradMode::is_enabled()});
  return view;
}

}  // namespace gradpad
