// y.grad_fn, next_functions and hooks.
#include "lang/torch/graph_objects.h"

#include "lang/torch/convert.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

const Ref<Node>& node_of(const Value& self) { return self.as<NodeObject>()->node; }

Value node_repr(Runtime& rt, const Value& self) {
  return rt.make_str(concat("<", node_of(self)->name(), " object at ",
                            static_cast<const void*>(node_of(self).get()), ">"));
}

Value node_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if (op != CompareOp::Eq && op != CompareOp::Ne) return rt.not_implemented();
  const bool same = rt.is_instance(other, torch_state(rt).node) && node_of(self) == node_of(other);
  return Value(same == (op == CompareOp::Eq));
}

int64_t node_hash(Runtime&, const Value& self) {
  return static_cast<int64_t>(reinterpret_cast<intptr_t>(node_of(self).get()) >> 4);
}

Value node_name(Runtime& rt, Value* a) {
  const std::string name(node_of(a[0])->name());
  return rt.make_str(name == "AccumulateGrad" ? "torch::autograd::" + name : name);
}

Value node_next_functions(Runtime& rt, const Value& self) {
  const Node& node = *node_of(self);
  Ref<Tuple> out = rt.make<Tuple>(static_cast<int64_t>(node.edges.size()));
  for (size_t i = 0; i < node.edges.size(); ++i) {
    (*out)[static_cast<int64_t>(i)] = rt.make_tuple(
        {from_node(rt, node.edges[i].node), Value(static_cast<int64_t>(node.edges[i].slot))});
  }
  return out;
}

Value node_variable(Runtime& rt, const Value& self) {
  const Variable leaf = node_of(self)->leaf();
  if (!leaf.defined()) rt.raise_no_attribute(self, rt.intern("variable").get());
  return from_variable(leaf);
}

Value tuple_of(Runtime& rt, const Variables& variables) {
  Ref<Tuple> out = rt.make<Tuple>(static_cast<int64_t>(variables.size()));
  for (size_t i = 0; i < variables.size(); ++i) {
    (*out)[static_cast<int64_t>(i)] = from_variable(variables[i]);
  }
  return out;
}

/// What takes a hook away again.
class HandleObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  HandleObject(Variable variable_, Ref<Node> node_, uint64_t id_)
      : Object(kKind, Reach::Some),
        variable(std::move(variable_)),
        node(std::move(node_)),
        id(id_) {}
  void visit(ReferenceVisitor& visitor) override {
    variable.visit(visitor);
    node.visit(visitor);
  }
  void remove() {
    if (variable.defined()) variable.remove_hook(id);
    if (node && node->hooks) {
      std::erase_if(node->hooks->after, [&](const auto& hook) { return hook.first == id; });
    }
    variable = {};
    node.reset();
  }
  Variable variable;
  Ref<Node> node;
  uint64_t id;
};

/// A cell is a container, where the search for cycles begins: a hook may be a method of the tensor.
Ref<Cell> in_cell(Runtime& rt, const Value& function) {
  Ref<Cell> cell = rt.make<Cell>();
  cell->value = function;
  return cell;
}

/// A hook that calls a function of the language with the gradients of a node.
class CallAfter final : public NodeHook {
 public:
  CallAfter(Runtime& rt, const Value& function)
      : NodeHook(Reach::Some), rt_(rt), function_(in_cell(rt, function)) {}
  void operator()(const Variables& inputs, const Variables& outputs) override {
    rt_.call(Value(function_->value), {tuple_of(rt_, inputs), tuple_of(rt_, outputs)});
  }
  void visit(ReferenceVisitor& visitor) override { function_.visit(visitor); }

 private:
  Runtime& rt_;
  Ref<Cell> function_;
};

/// The same with the gradient of a tensor.
class CallWithGradient final : public GradHook {
 public:
  CallWithGradient(Runtime& rt, const Value& function)
      : GradHook(Reach::Some), rt_(rt), function_(in_cell(rt, function)) {}
  Variable operator()(const Variable& grad) override {
    const Value result = rt_.call(Value(function_->value), {from_variable(grad)});
    if (result.is_none()) return {};
    if (!result.is_tensor()) {
      fail(ErrorKind::Type, "expected Variable, but hook returned '", rt_.type_name(result), "'");
    }
    return to_variable(result);
  }
  void visit(ReferenceVisitor& visitor) override { function_.visit(visitor); }

 private:
  Runtime& rt_;
  Ref<Cell> function_;
};

Value node_register_hook(Runtime& rt, Value* a) {
  const Ref<Node>& node = node_of(a[0]);
  const uint64_t id = next_hook_id();
  node->get_hooks().after.emplace_back(id, make_ref<CallAfter>(rt, a[1]));
  return rt.make_of<HandleObject>(torch_state(rt).handle, Variable(), node, id);
}

Value handle_remove(Runtime&, Value* a) {
  a[0].as<HandleObject>()->remove();
  return Value::none();
}
Value handle_enter(Runtime&, Value* a) { return a[0]; }
Value handle_exit(Runtime&, Value* a) {
  a[0].as<HandleObject>()->remove();
  return Value::none();
}

constexpr Method kNodeMethods[] = {
    {"name", "self, /", node_name, "The name of the operation whose backward this is."},
    {"register_hook", "self, fn, /", node_register_hook,
     "Calls fn(grad_inputs, grad_outputs) whenever this node has been executed."},
};
constexpr Getter kNodeGetters[] = {
    {"next_functions", node_next_functions},
    {"variable", node_variable},
    {"metadata", [](Runtime& rt, const Value&) { return Value(rt.make_dict()); }},
};
constexpr Method kHandleMethods[] = {
    {"remove", "self, /", handle_remove, "Takes the hook away."},
    {"__enter__", "self, /", handle_enter},
    {"__exit__", "self, /, *args", handle_exit},
};

}  // namespace

Value from_node(Runtime& rt, const Ref<Node>& node) {
  if (!node) return Value::none();
  TorchState& state = torch_state(rt);
  const std::string_view name = node->name();
  auto known = state.node_types.find(name);
  if (known == state.node_types.end()) {
    const std::string text(name);
    Type* type = rt.make_type(text.c_str(), state.node, TypeSpec{.slots = {}}).get();
    known = state.node_types.emplace(text, type).first;
  }
  return rt.make_of<NodeObject>(known->second, node);
}

Value add_tensor_hook(Runtime& rt, const Variable& variable, const Value& function) {
  const uint64_t id = variable.register_hook(make_ref<CallWithGradient>(rt, function));
  return rt.make_of<HandleObject>(torch_state(rt).handle, variable, Ref<Node>(), id);
}

void define_graph_objects(Runtime& rt) {
  TorchState& state = torch_state(rt);
  state.node =
      rt.make_type(
            "Node", nullptr,
            TypeSpec{.slots = {.repr = node_repr, .hash = node_hash, .compare = node_compare},
                     .methods = kNodeMethods,
                     .getters = kNodeGetters},
            "torch.autograd.graph")
          .get();
  state.handle = rt.make_type("RemovableHandle", nullptr,
                              TypeSpec{.slots = {}, .methods = kHandleMethods}, "torch.utils.hooks")
                     .get();
}

}  // namespace gradpad::lang
