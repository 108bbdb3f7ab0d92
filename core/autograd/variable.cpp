// State of Variables; what needs the graph's nodes stands here as well.
#include "gradpad/autograd/variable.h"

#include <ostream>

#include "autograd/algebra.h"
#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"

namespace gradpad {

namespace {

thread_local bool grad_enabled = true;

void check_can_require_grad(DType dtype) {
  if (!is_floating(dtype)) {
    fail("only Tensors of floating point and complex dtype can require gradients");
  }
}

}  // namespace

bool GradMode::is_enabled() noexcept { return grad_enabled; }
void GradMode::set_enabled(bool enabled) noexcept { grad_enabled = enabled; }

VariableImpl::VariableImpl(Tensor tensor) : data(std::move(tensor)) {}

VariableImpl::~VariableImpl() {
  if (!retained_by) return;
  std::erase_if(retained_by->hooks->retained, [&](auto& r) { return r.variable == this; });
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

const Tensor& Variable::data() const { return impl_->data; }
bool Variable::is_number() const { return impl_->is_number; }

bool Variable::requires_grad() const {
  if (impl_->requires_grad || impl_->grad_fn) return true;
  // A view follows its base: an in-place change may have given it a history.
  return impl_->view() && static_cast<bool>(grad_fn());
}

bool Variable::is_leaf() const { return !grad_fn(); }

void Variable::set_requires_grad(bool value) const {
  if (!is_leaf()) {
    if (value) return;
    fail(
        "you can only change requires_grad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use var_no_grad = "
        "var.detach().");
  }
  if (value) check_can_require_grad(dtype());
  impl_->requires_grad = value && !impl_->is_volatile;
}

const Ref<Node>& Variable::grad_fn() const {
  const ViewOf* view = impl_->view();
  if (view && view->version != data().storage()->version()) {
    ViewOf& own = *impl_->extra->view;
    own.version = data().storage()->version();
    if (own.base.requires_grad()) {
      impl_->grad_fn = gradient_algebra().view_history(*this);
      impl_->output_number = 0;
    }
  }
  return impl_->grad_fn;
}

uint32_t Variable::output_number() const { return impl_->output_number; }
Variable Variable::grad() const { return impl_->grad; }

void Variable::set_grad(const Variable& grad) const {
  if (grad.defined()) {
    if (grad.is_same(*this)) fail("can't assign Variable as its own grad");
    if (grad.dtype() != dtype()) {
      fail("assigned grad has data of a different type");
    }
    if (grad.shape() != shape()) fail("assigned grad has data of a different size");
  }
  impl_->grad = grad;
}

void Variable::set_data(const Tensor& data) const { impl_->data = data; }

bool Variable::is_volatile() const { return impl_->is_volatile; }
void Variable::set_volatile(bool value) const {
  if (value && !is_leaf()) fail("only leaf Variables can be made volatile");
  impl_->is_volatile = value;
  if (value) impl_->requires_grad = false;
}

uint32_t Variable::version() const { return data().storage()->version(); }

Variable Variable::detach() const { return Variable(data()); }

Variable Variable::alias() const {
  Variable result(data());
  result.impl_->is_untracked = true;
  return result;
}

void Variable::backward(const Variable& gradient, bool retain_graph, bool create_graph) const {
  gradpad::backward({this, 1}, {&gradient, 1}, {retain_graph || create_graph, create_graph});
}

Edge gradient_edge(const Variable& variable) {
  if (const Ref<Node>& node = variable.grad_fn()) return {node, variable.output_number()};
  VariableImpl& impl = *variable.impl();
  if (!impl.requires_grad) return {};
  if (impl.accumulator) return {Ref<Node>(impl.accumulator), 0};
  return {make_ref<AccumulateGrad>(variable), 0};
}

void Variable::retain_grad() const {
  if (!requires_grad()) fail("can't retain_grad on Tensor that has requires_grad=False");
  if (is_leaf() || impl_->retains_grad) return;
  impl_->retains_grad = true;
  // The node must not own the Variable (the Variable owns the node), and the Variable may be gone
  // when the gradient comes: the node's entry is found through the Variable's while it lives.
  grad_fn()->get_hooks().retained.push_back({impl_.get(), impl_->output_number});
  impl_->retained_by = grad_fn().get();
}

bool Variable::retains_grad() const { return impl_->retains_grad; }

uint64_t Variable::register_hook(GradHook hook) const {
  if (!requires_grad()) {
    fail("cannot register a hook on a tensor that doesn't require gradient");
  }
  const uint64_t id = next_hook_id();
  if (const Ref<Node>& node = grad_fn()) {
    node->get_hooks().on_output.push_back({id, impl_->output_number, std::move(hook)});
  } else {
    impl_->get_extra().hooks.emplace_back(id, std::move(hook));
  }
  return id;
}

void Variable::remove_hook(uint64_t id) const {
  if (impl_->extra) std::erase_if(impl_->extra->hooks, [&](auto& h) { return h.first == id; });
  if (const Ref<Node>& node = grad_fn(); node && node->hooks) {
    std::erase_if(node->hooks->on_output, [&](auto& h) { return h.id == id; });
  }
}

}  // namespace gradpad
