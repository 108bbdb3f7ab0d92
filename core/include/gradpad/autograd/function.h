// Making results of differentiable operations: the value, the inputs, what backward needs of them,
// and the derivative as a function of the gradient.
//
//   Variable sin(const Variable& x) {
//     return differentiable("SinBackward0", kernel_sin(x.data()), {x}, {saved_input(x)},
//                           [](Backward& b, const Variable& grad) -> Variables {
//                             return {grad * cos(b.saved(0))};
//                           });
//   }
//
// A derivative is written with differentiable operations, so it can itself be differentiated. It
// may ignore broadcasting: the engine sums a gradient to the shape of the input it belongs to. It
// is called only if some input needs a gradient; for costly ones ask `b.needs(i)`.
#pragma once

#include <atomic>
#include <initializer_list>
#include <span>
#include <string_view>

#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"
#include "gradpad/autograd/saved.h"
#include "gradpad/autograd/trace.h"

namespace gradpad {

using Saved = SmallVector<SavedVariable, 2>;
using InputList = std::initializer_list<Variable>;

/// A node of an operation; gives a derivative what was saved.
class Backward : public Node {
 public:
  /// Unpacks; RuntimeError if freed by an earlier pass, or changed in place since.
  Variable saved(size_t i);
  std::string_view name() const final { return name_; }
  void release_saved() final;
  void visit(ReferenceVisitor& visitor) final;

 protected:
  Backward(std::string_view name, Saved saved) : saved_(std::move(saved)), name_(name) {}
  void check_not_released() const;

 private:
  Saved saved_;
  std::string_view name_;
  std::atomic<bool> released_ = false;  // threads may walk one graph
};

template <class Derivative>
class FunctionNode final : public Backward {
 public:
  FunctionNode(std::string_view name, Saved saved, Derivative derivative)
      : Backward(name, std::move(saved)), derivative_(std::move(derivative)) {}

  Variables apply(const Variables& grads) override {
    check_not_released();
    if constexpr (std::is_invocable_v<Derivative, Backward&, const Variables&>) {
      return derivative_(*this, grads);
    } else {
      return derivative_(*this, grads[0]);
    }
  }

 private:
  Derivative derivative_;
};

inline SavedVariable saved_input(const Variable& variable) {
  return SavedVariable::input(variable);
}
inline SavedVariable saved_output(const Tensor& data, uint32_t number = 0) {
  return SavedVariable::output(data, number);
}

/// Whether an operation on these inputs is to be recorded.
template <class Inputs>
bool needs_graph(const Inputs& inputs) {
  if (!GradMode::is_enabled()) return false;
  for (const Variable& input : inputs) {
    if (input.defined() && input.requires_grad()) return true;
  }
  return false;
}

/// Gives `node` its edges and `results` their history.
void link(const Ref<Node>& node, std::span<const Variable> inputs,
          std::span<const Variable> results);

/// One result. `save` is a Saved, or a function that makes it, called only when a graph is made.
template <class Inputs, class Save, class Derivative>
Variable differentiable_of(std::string_view name, Tensor value, const Inputs& inputs, Save&& save,
                           Derivative&& derivative) {
  Variable result(std::move(value));
  if (!is_floating(result.dtype()) || !needs_graph(inputs)) return result;
  auto node = make_ref<FunctionNode<std::decay_t<Derivative>>>(
      name, std::forward<Save>(save)(result.data()), std::forward<Derivative>(derivative));
  link(node, std::span<const Variable>(inputs.begin(), inputs.size()), {&result, 1});
  return result;
}

template <class Derivative>
Variable differentiable(std::string_view name, Tensor value, InputList inputs,
                        std::initializer_list<SavedVariable> saved, Derivative&& derivative) {
  return differentiable_of(
      name, std::move(value), inputs, [&](const Tensor&) { return Saved(saved); },
      std::forward<Derivative>(derivative));
}

/// As above for inputs whose number is not known beforehand.
template <class Derivative>
Variable differentiable(std::string_view name, Tensor value, const Variables& inputs,
                        std::initializer_list<SavedVariable> saved, Derivative&& derivative) {
  return differentiable_of(
      name, std::move(value), inputs, [&](const Tensor&) { return Saved(saved); },
      std::forward<Derivative>(derivative));
}

/// As above where backward needs the result itself and nothing else.
template <class Derivative>
Variable differentiable_saving_result(std::string_view name, Tensor value, InputList inputs,
                                      Derivative&& derivative) {
  return differentiable_of(
      name, std::move(value), inputs, [](const Tensor& data) { return Saved{saved_output(data)}; },
      std::forward<Derivative>(derivative));
}

/// Several results of one operation. The derivative gets all their gradients, undefined ones being
/// zero. Results of integer or bool type are outside the graph.
template <class Derivative>
Variables differentiable_many(std::string_view name, std::initializer_list<Tensor> values,
                              InputList inputs, std::initializer_list<SavedVariable> saved,
                              Derivative&& derivative) {
  Variables results;
  for (const Tensor& value : values) results.emplace_back(Variable(value));
  if (!needs_graph(inputs)) return results;
  auto node = make_ref<FunctionNode<std::decay_t<Derivative>>>(
      name, Saved(saved), std::forward<Derivative>(derivative));
  link(node, std::span<const Variable>(inputs.begin(), inputs.size()),
       {results.data(), results.size()});
  return results;
}

/// A result that shares `input`'s storage. In-place changes of either reach the other's history.
Variable as_view_of(const Variable& input, Variable view);

template <class Derivative>
Variable differentiable_view(std::string_view name, Tensor value, const Variable& input,
                             Derivative&& derivative) {
  return as_view_of(input, differentiable(name, std::move(value), {input}, {},
                                          std::forward<Derivative>(derivative)));
}

}  // namespace gradpad
