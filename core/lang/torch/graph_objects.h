// Nodes of the graph as objects of the language, and handles of hooks.
#pragma once

#include "gradpad/autograd/node.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

class NodeObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  explicit NodeObject(Ref<Node> value) : Object(kKind, Reach::Some), node(std::move(value)) {}
  void visit(ReferenceVisitor& visitor) override { node.visit(visitor); }
  const Ref<Node> node;
};

/// `y.grad_fn`: None for no node.
Value from_node(Runtime& rt, const Ref<Node>& node);
/// A hook on the gradient of `variable`, calling `function`; gives its handle.
Value add_tensor_hook(Runtime& rt, const Variable& variable, const Value& function);

void define_graph_objects(Runtime& rt);

}  // namespace gradpad::lang
