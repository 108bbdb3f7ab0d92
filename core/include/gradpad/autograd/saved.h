// SavedVariable: what a node keeps for its backward. It notices when the data was changed in place
// since, and holds an operation's own output without holding the node by a circle.
#pragma once

#include "gradpad/autograd/node.h"

namespace gradpad {

class SavedVariable {
 public:
  SavedVariable() = default;
  static SavedVariable input(const Variable& variable);
  /// Output `number` of the node that keeps it.
  static SavedVariable output(const Tensor& data, uint32_t number);

  /// The Variable as it was; RuntimeError if it has been changed in place since.
  Variable unpack(Node& owner) const;
  void visit(ReferenceVisitor& visitor) const { variable_.visit(visitor); }

 private:
  void check_version(const Tensor& data, const Node* maker, uint32_t output) const;

  Variable variable_;
  uint32_t version_ = 0;
  uint32_t number_ = 0;
  bool is_output_ = false;
};

}  // namespace gradpad
