// Keeping values for backward, and noticing that they were changed since.
#include "gradpad/autograd/saved.h"

namespace gradpad {

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

}  // namespace gradpad
