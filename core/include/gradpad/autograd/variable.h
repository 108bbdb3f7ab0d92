// Variable: a tensor that may take part in automatic differentiation.
//
// A Variable is a shared handle, as a name in Python is: copies refer to the same object. A leaf is
// made by the user and collects gradients in `grad()`; a result remembers the node (`grad_fn()`)
// whose backward computes the gradients of the operation's inputs.
//
// Threads. Handles may be copied, dropped and used as operands by any number of threads, which may
// also run backward passes over graphs that share leaves or nodes: gradients add up, and a graph
// that another thread's pass has freed is a RuntimeError. What changes a Variable itself
// (`set_data`, `set_requires_grad`, an in-place operation) must not run while another thread uses
// that Variable or a view of it, as with the standard containers. Gradient mode, generator, print
// options and the account of memory are each thread's own.
//
// An undefined Variable may be copied, compared, printed ("None") and given where an argument is
// optional; whatever else it is used for is a RuntimeError.
#pragma once

#include <atomic>
#include <concepts>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "gradpad/tensor/small_vector.h"
#include "gradpad/tensor/tensor.h"

namespace gradpad {

class Node;
class Variable;
class VariableImpl;

/// A place in the graph: the `slot`-th output of `node`. No node: no gradient flows there.
struct Edge {
  Ref<Node> node;
  uint32_t slot = 0;
};

/// Called with a gradient; an undefined result keeps it, any other replaces it. A hook that holds
/// what may lead back to its Variable says so by `visit`, so that the circle can be found.
class GradHook : public RefCounted {
 public:
  virtual Variable operator()(const Variable& grad) = 0;

 protected:
  using RefCounted::RefCounted;
};

class Variable {
 public:
  /// The undefined Variable: PyTorch's None where a tensor could be.
  Variable() = default;
  explicit Variable(Tensor data, bool requires_grad = false);
  /// 1-dimensional float32: `Variable x({1.0f, 2.0f}, true);`.
  Variable(std::initializer_list<float> values, bool requires_grad = false);
  /// A Python number: 0-dimensional, and weak in type promotion.
  Variable(Scalar number);
  template <class T>
    requires(std::integral<T> || std::floating_point<T>)
  Variable(T number) : Variable(Scalar(widen(number))) {}
  explicit Variable(Ref<VariableImpl> impl) : impl_(std::move(impl)) {}

  bool defined() const { return static_cast<bool>(impl_); }
  VariableImpl* impl() const { return impl_.get(); }
  const Ref<VariableImpl>& ref() const { return impl_; }
  bool is_same(const Variable& other) const { return impl_ == other.impl_; }

  const Tensor& data(const char* caller = GRADPAD_CALLER) const;
  const Shape& shape(const char* caller = GRADPAD_CALLER) const { return data(caller).shape(); }
  DType dtype(const char* caller = GRADPAD_CALLER) const { return data(caller).dtype(); }
  Device device(const char* caller = GRADPAD_CALLER) const { return data(caller).device(); }
  int64_t dim(const char* caller = GRADPAD_CALLER) const { return data(caller).dim(); }
  int64_t numel(const char* caller = GRADPAD_CALLER) const { return data(caller).numel(); }
  int64_t size(int64_t d, const char* caller = GRADPAD_CALLER) const {
    return data(caller).size(d);
  }
  Scalar item(const char* caller = GRADPAD_CALLER) const { return data(caller).item(); }
  bool is_number(const char* caller = GRADPAD_CALLER) const;

  bool requires_grad(const char* caller = GRADPAD_CALLER) const;
  /// RuntimeError on a non-leaf (when false) and on integer or bool data (when true).
  void set_requires_grad(bool value) const;
  bool is_leaf(const char* caller = GRADPAD_CALLER) const;
  /// The node that made this Variable; null for a leaf.
  const Ref<Node>& grad_fn(const char* caller = GRADPAD_CALLER) const;
  uint32_t output_number() const;
  /// The accumulated gradient; undefined before the first backward.
  Variable grad() const;
  /// RuntimeError where shape or dtype differ from this Variable's. Undefined clears it.
  void set_grad(const Variable& grad) const;
  /// Replaces the data, keeping identity: `x.data = t`.
  void set_data(const Tensor& data) const;

  /// Keep the gradient of a non-leaf in `grad()`.
  void retain_grad() const;
  bool retains_grad() const;
  /// `hook` runs whenever a gradient of this Variable has been computed. The id removes it.
  uint64_t register_hook(Ref<GradHook> hook) const;
  /// The same for any function `Variable(const Variable& grad)`. What it captures is not looked
  /// through: a captured handle of this Variable keeps it alive until the hook is removed.
  template <std::invocable<const Variable&> Function>
  uint64_t register_hook(Function function) const;
  void remove_hook(uint64_t id) const;

  inline void visit(ReferenceVisitor& visitor) const;

  bool is_volatile() const;
  void set_volatile(bool value) const;
  /// How often the data was changed in place.
  uint32_t version() const;

  /// The same data outside the graph; in-place changes are seen by autograd.
  Variable detach() const;
  /// `x.data`: the same data outside the graph; in-place changes are not seen by autograd.
  Variable alias() const;

  /// Gradients of this Variable with respect to the leaves of its graph are added to their
  /// `grad()`. `gradient` may be omitted for one-element data only.
  void backward(const Variable& gradient = {}, bool retain_graph = false,
                bool create_graph = false) const;

 private:
  /// The object; RuntimeError where there is none.
  VariableImpl& use(const char* caller) const {
    if (!impl_) [[unlikely]]
      fail_undefined(caller);
    return *impl_;
  }
  template <class T>
  static auto widen(T number) {
    if constexpr (std::same_as<T, bool>) {
      return number;
    } else if constexpr (std::integral<T>) {
      return static_cast<int64_t>(number);
    } else {
      return static_cast<double>(number);
    }
  }

  Ref<VariableImpl> impl_;
};

template <class Function>
class FunctionHook final : public GradHook {
 public:
  explicit FunctionHook(Function function) : function_(std::move(function)) {}
  Variable operator()(const Variable& grad) override { return function_(grad); }

 private:
  Function function_;
};

template <std::invocable<const Variable&> Function>
uint64_t Variable::register_hook(Function function) const {
  return register_hook(Ref<GradHook>(new FunctionHook<Function>(std::move(function))));
}

using Variables = SmallVector<Variable, 3>;

/// Set on a view of another Variable so that in-place changes of either reach the other's history.
struct ViewOf {
  Variable base;     ///< never itself a view
  uint32_t version;  ///< the data's version when the view's grad_fn was made
  bool no_grad;      ///< made while gradients were off
};

/// What few Variables have.
struct VariableExtra {
  std::unique_ptr<ViewOf> view;
  /// A leaf's; others stand on their grad_fn.
  std::vector<std::pair<uint64_t, Ref<GradHook>>> hooks;
  std::string name;
  Ref<RefCounted> attachment;  ///< what a layer above keeps with it: its class and attributes
  Ref<RefCounted> watcher;     ///< ends with the Variable: tells a layer above of it
  Ref<RefCounted> cycle_mark;  ///< of the CycleObserver, which has been told of this Variable
};

class VariableImpl final : public RefCounted {
 public:
  explicit VariableImpl(Tensor tensor);
  ~VariableImpl() override;
  void visit(ReferenceVisitor& visitor) override;

  Tensor data;
  Variable grad;
  Ref<Node> grad_fn;
  Node* accumulator = nullptr;  ///< the leaf's AccumulateGrad while one is alive
  /// The node that will set `grad` for retain_grad, while alive.
  std::atomic<Node*> retained_by = nullptr;
  uint32_t output_number = 0;
  bool requires_grad = false;  ///< a leaf's own; a result with grad_fn always requires grad
  bool retains_grad = false;
  bool is_volatile = false;
  bool is_number = false;     ///< made of a Python number
  bool is_untracked = false;  ///< made by `.data`: in-place changes do not advance the version
  /// Has `extra->view`. Known from the beginning, so that nobody looks at `extra`, which a hook of
  /// another thread may be about to make, without need.
  bool is_view = false;
  std::unique_ptr<VariableExtra> extra;

  VariableExtra& get_extra();
  const ViewOf* view() const { return is_view ? extra->view.get() : nullptr; }

 protected:
  /// `y.grad = x` makes chains of any length: beyond a depth their ends are queued, not nested.
  void dispose() noexcept override;
};

inline const Tensor& Variable::data(const char* caller) const { return use(caller).data; }
inline bool Variable::is_number(const char* caller) const { return use(caller).is_number; }
void Variable::visit(ReferenceVisitor& visitor) const { impl_.visit(visitor); }

/// Where the gradient of `variable` goes: its grad_fn, or the accumulator of a leaf.
Edge gradient_edge(const Variable& variable);

/// "tensor([4.], grad_fn=<PowBackward0>)".
std::string repr(const Variable& variable);
std::ostream& operator<<(std::ostream& out, const Variable& variable);

}  // namespace gradpad
