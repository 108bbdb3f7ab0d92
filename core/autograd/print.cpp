// Variables as PyTorch prints them.
#include <ostream>

#include "gradpad/autograd/node.h"
#include "gradpad/tensor/print.h"

namespace gradpad {

std::string repr(const Variable& variable) {
  if (!variable.defined()) return "None";
  std::vector<std::string> suffixes;
  if (const Ref<Node>& node = variable.grad_fn()) {
    suffixes.push_back("grad_fn=<" + std::string(node->name()) + ">");
  } else if (variable.requires_grad()) {
    suffixes.emplace_back("requires_grad=True");
  }
  return tensor_repr(variable.data(), suffixes);
}

std::ostream& operator<<(std::ostream& out, const Variable& variable) {
  return out << repr(variable);
}

}  // namespace gradpad
