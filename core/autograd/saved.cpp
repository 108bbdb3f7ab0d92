// Keeping values for backward, and noticing that they were changed since.
#include "gradpad/autograd/saved.h"

namespace gradpad {

namespace {

/// What is kept of an input: where an in-place operation may give it another history, one with its
/// own. For that history could lead back to the node that keeps it: `y.add_(y * y)`.
Variable kept(const Variable& variable) {
  const Ref<Node>& node = variable.grad_fn();
  // A leaf's identity counts, and it is not to be changed; numbers are not either.
  const bool stays = variable.is_number() || (!node && variable.requires_grad());
  if (stays || variable.ref()->use_count() == 1) return variable;
  Variable copy(variable.data());
  copy.impl()->grad_fn = node;
  copy.impl()->output_number = variable.output_number();
  return copy;
}

}  // namespace

SavedVariable SavedVariable::input(const Variable& variable) {
  SavedVariable saved;
  if (!variable.defined()) return saved;
  saved.variable_ = kept(variable);
  saved.version_ = variable.data().storage()->version();
  return saved;
}

SavedVariable SavedVariable::output(const Tensor& data, uint32_t number) {
  SavedVariable saved;
  saved.variable_ = Variable(data);
  saved.version_ = data.storage()->version();
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

}  // namespace gradpad
