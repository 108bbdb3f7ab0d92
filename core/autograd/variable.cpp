// State of Variables; what needs the graph's nodes stands here as well.
#include "gradpad/autograd/variable.h"

#include <mutex>
#include <ostream>

#include "autograd/algebra.h"
#include "autograd/graph_lock.h"
#include "gradpad/autograd/cycles.h"
#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"

namespace gradpad {

namespace {

void check_can_require_grad(DType dtype) {
  if (!is_floating(dtype)) {
    fail("only Tensors of floating point and complex dtype can require gradients");
  }
}

}  // namespace

VariableImpl::VariableImpl(Tensor tensor) : RefCounted(Reach::Some), data(std::move(tensor)) {}

void VariableImpl::visit(ReferenceVisitor& visitor) {
  const GraphLock lock;
  grad.visit(visitor);
  grad_fn.visit(visitor);
  if (!extra) return;
  if (extra->view) extra->view->base.visit(visitor);
  for (const auto& [id, hook] : extra->hooks) hook.visit(visitor);
  extra->attachment.visit(visitor);
  extra->cycle_mark.visit(visitor);
}

VariableImpl::~VariableImpl() {
  if (!retained_by) return;
  const GraphLock lock;
  if (Node* node = retained_by) {
    std::erase_if(node->hooks->retained, [&](auto& r) { return r.variable == this; });
  }
}

void VariableImpl::dispose() noexcept {
  if (!grad.defined() && !extra) {
    delete this;
    return;
  }
  constexpr int kDepth = 40;
  thread_local int depth = 0;
  // Linked through `accumulator`: a leaf's holds the leaf, so this one has none any more.
  thread_local VariableImpl* waiting = nullptr;
  if (depth >= kDepth) {
    accumulator = reinterpret_cast<Node*>(waiting);
    waiting = this;
    return;
  }
  ++depth;
  delete this;
  if (--depth > 0) return;
  while (VariableImpl* impl = waiting) {
    waiting = reinterpret_cast<VariableImpl*>(impl->accumulator);
    impl->accumulator = nullptr;
    depth = 1;
    delete impl;
    depth = 0;
  }
}

VariableExtra& VariableImpl::get_extra() {
  if (!extra) extra = std::make_unique<VariableExtra>();
  return *extra;
}

Variable::Variable(Tensor data, bool requires_grad)
    : impl_(make_ref<VariableImpl>(std::move(data))) {
  if (requires_grad) set_requires_grad(true);
}

Variable::Variable(std::initializer_list<float> values, bool requires_grad)
    : Variable(Tensor::from(values, {static_cast<int64_t>(values.size())}), requires_grad) {}

Variable::Variable(Scalar number)
    : Variable(Tensor::scalar(number, number.is_float() ? DType::Float64 : number.dtype())) {
  impl_->is_number = true;
}

bool Variable::requires_grad(const char* caller) const {
  const VariableImpl& impl = use(caller);
  if (impl.requires_grad || impl.grad_fn) return true;
  // A view follows its base: an in-place change may have given it a history.
  return impl.view() && static_cast<bool>(grad_fn());
}

bool Variable::is_leaf(const char* caller) const { return !grad_fn(caller); }

void Variable::set_requires_grad(bool value) const {
  if (!is_leaf("set_requires_grad")) {
    if (value) return;
    fail(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use var_no_grad = "
        "var.detach().");
  }
  if (value) check_can_require_grad(dtype());
  impl_->requires_grad = value && !impl_->is_volatile;
}

namespace {

/// Finds the history of a view anew where the data was changed in place since it was made.
void follow_base(const Variable& variable, ViewOf& view) {
  // Threads may ask at the same time; whoever does not come first finds the work done.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  const uint32_t now = variable.version();
  if (view.version == now) return;
  if (view.base.requires_grad()) {
    VariableImpl& impl = *variable.impl();
    impl.grad_fn = gradient_algebra().view_history(variable);
    impl.output_number = 0;
    note_history(impl);
  }
  __atomic_store_n(&view.version, now, __ATOMIC_RELEASE);
}

}  // namespace

const Ref<Node>& Variable::grad_fn(const char* caller) const {
  const VariableImpl& impl = use(caller);
  if (const ViewOf* view = impl.view();
      view && __atomic_load_n(&view->version, __ATOMIC_ACQUIRE) != impl.data.storage()->version()) {
    follow_base(*this, *impl.extra->view);
  }
  return impl.grad_fn;
}

uint32_t Variable::output_number() const { return use("output_number").output_number; }

Variable Variable::grad() const {
  const VariableImpl& impl = use("grad");
  const GraphLock lock;
  return impl.grad;
}

void Variable::set_grad(const Variable& grad) const {
  VariableImpl& impl = use("set_grad");
  if (grad.defined()) {
    if (grad.is_same(*this)) fail("can't assign Variable as its own grad");
    if (grad.dtype() != dtype()) {
      fail("assigned grad has data of a different type");
    }
    if (grad.shape() != shape()) fail("assigned grad has data of a different size");
  }
  {
    Variable kept = grad;  // then what was there before, which ends after the lock
    const GraphLock lock;
    std::swap(impl.grad, kept);
  }
  note_gradient(impl);
}

void Variable::set_data(const Tensor& data) const { use("set_data").data = data; }

bool Variable::is_volatile() const { return use("is_volatile").is_volatile; }
void Variable::set_volatile(bool value) const {
  if (value && !is_leaf("set_volatile")) fail("only leaf Variables can be made volatile");
  use("set_volatile").is_volatile = value;
  if (value) impl_->requires_grad = false;
}

uint32_t Variable::version() const { return data("version").storage()->version(); }

Variable Variable::detach() const { return Variable(data("detach")); }

Variable Variable::alias() const {
  Variable result(data("alias"));
  result.impl_->is_untracked = true;
  return result;
}

void Variable::backward(const Variable& gradient, bool retain_graph, bool create_graph) const {
  use("backward");
  gradpad::backward({this, 1}, {&gradient, 1}, {retain_graph || create_graph, create_graph});
}

Edge gradient_edge(const Variable& variable) {
  if (const Ref<Node>& node = variable.grad_fn()) return {node, variable.output_number()};
  VariableImpl& impl = *variable.impl();
  if (!impl.requires_grad) return {};
  const GraphLock lock;
  // One that waits for its end is no longer to be had.
  if (impl.accumulator && impl.accumulator->try_retain()) {
    return {Ref<Node>::adopt(impl.accumulator), 0};
  }
  return {make_ref<AccumulateGrad>(variable), 0};
}

void Variable::retain_grad() const {
  if (!requires_grad("retain_grad")) {
    fail("can't retain_grad on Tensor that has requires_grad=False");
  }
  const Ref<Node>& node = grad_fn();
  const GraphLock lock;
  if (!node || impl_->retains_grad) return;
  impl_->retains_grad = true;
  // The node must not own the Variable (the Variable owns the node), and the Variable may be gone
  // when the gradient comes: the node's entry is found through the Variable's while it lives.
  node->get_hooks().retained.push_back({impl_.get(), impl_->output_number});
  impl_->retained_by = node.get();
}

bool Variable::retains_grad() const { return use("retains_grad").retains_grad; }

uint64_t Variable::register_hook(Ref<GradHook> hook) const {
  if (!requires_grad("register_hook")) {
    fail("cannot register a hook on a tensor that doesn't require gradient");
  }
  const uint64_t id = next_hook_id();
  const Ref<Node>& node = grad_fn();
  const GraphLock lock;
  if (node) {
    node->get_hooks().on_output.push_back({id, impl_->output_number, std::move(hook)});
  } else {
    impl_->get_extra().hooks.emplace_back(id, std::move(hook));
  }
  return id;
}

void Variable::remove_hook(uint64_t id) const {
  const Ref<Node>& node = grad_fn("remove_hook");
  Ref<GradHook> removed;  // and what it holds, which ends after the lock
  const GraphLock lock;
  if (impl_->extra) {
    for (auto& [own_id, hook] : impl_->extra->hooks) {
      if (own_id == id) removed.swap(hook);
    }
    std::erase_if(impl_->extra->hooks, [&](auto& h) { return h.first == id; });
  }
  if (node && node->hooks) {
    for (auto& entry : node->hooks->on_output) {
      if (entry.id == id) removed.swap(entry.hook);
    }
    std::erase_if(node->hooks->on_output, [&](auto& h) { return h.id == id; });
  }
}

}  // namespace gradpad
