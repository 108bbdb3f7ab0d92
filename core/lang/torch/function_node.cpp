// torch.autograd.Function: a node whose derivative is written in the language.
#include <algorithm>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/views.h"
#include "lang/torch/autograd_module.h"
#include "lang/torch/convert.h"

namespace gradpad::lang {

namespace {

class FunctionNodeObject;

/// The way from the context back to its node, which owns the context.
class NodeLink final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  NodeLink() : Object(kKind) {}
  FunctionNodeObject* node = nullptr;
};

class FunctionNodeObject final : public Node {
 public:
  FunctionNodeObject(Runtime& rt, std::string name, Value cls, Value context, Ref<NodeLink> back)
      : rt_(rt),
        name_(std::move(name)),
        cls_(std::move(cls)),
        context_(std::move(context)),
        back_(std::move(back)) {
    back_->node = this;
  }

  std::string_view name() const override { return name_; }
  void release_saved() override {
    if (saved.empty()) return;
    saved.clear();
    released_ = true;
  }
  Variables apply(const Variables& grads) override;
  void visit(ReferenceVisitor& visitor) override {
    Node::visit(visitor);
    visit_each(visitor, saved);
    cls_.visit(visitor);
    context_.visit(visitor);
  }
  Value saved_tensors();

  std::vector<SavedVariable> saved;
  std::vector<bool> is_tensor;  ///< of the arguments of forward
  bool materialize = true;

 private:
  ~FunctionNodeObject() override { back_->node = nullptr; }
  Variable gradient(const Value& v, size_t position) const;

  Runtime& rt_;
  std::string name_;
  Value cls_;
  Value context_;
  Ref<NodeLink> back_;
  bool released_ = false;
};

Value FunctionNodeObject::saved_tensors() {
  if (released_) {
    fail(
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
        "backward through the graph a second time or if you need to access saved tensors after "
        "calling backward.");
  }
  Ref<Tuple> out = rt_.make<Tuple>(static_cast<int64_t>(saved.size()));
  for (size_t i = 0; i < saved.size(); ++i) {
    (*out)[static_cast<int64_t>(i)] = from_variable(saved[i].unpack(*this));
  }
  return out;
}

Variable FunctionNodeObject::gradient(const Value& v, size_t position) const {
  if (v.is_none()) return {};
  if (!v.is_tensor())
    fail(ErrorKind::Type, "expected Variable or None (got ", rt_.type_name(v), ")");
  if (!is_tensor[position]) {
    fail("function ", name_, " returned a gradient different from None at position ", position + 1,
         ", but the corresponding forward input was not a Variable");
  }
  return to_variable(v);
}

Variables FunctionNodeObject::apply(const Variables& grads) {
  Values arguments{context_};
  for (size_t i = 0; i < grads.size(); ++i) {
    const bool zero = !grads[i].defined() && materialize;
    arguments.push_back(zero ? from_variable(Variable(Tensor::zeros(
                                   outputs[i].shape, outputs[i].dtype, outputs[i].device)))
                             : from_variable(grads[i]));
  }
  const Value backward = rt_.get_attr(cls_, "backward");
  const Value result = rt_.call(
      backward, Arguments{arguments.data(), static_cast<uint32_t>(arguments.size()), 0, nullptr});
  Values parts{result};
  if (const Tuple* tuple = result.to<Tuple>()) parts.assign(tuple->begin(), tuple->end());
  // Trailing Nones are forgiven.
  while (parts.size() > is_tensor.size() && parts.back().is_none()) parts.pop_back();
  if (parts.size() != is_tensor.size()) {
    fail("function ", name_, " returned an incorrect number of gradients (expected ",
         is_tensor.size(), ", got ", parts.size(), ")");
  }
  Variables out;
  for (size_t i = 0; i < parts.size(); ++i) out.push_back(gradient(parts[i], i));
  return out;
}

bool holds(Runtime& rt, const Value& context, const char* list, const Value& tensor) {
  const Value values = rt.find_attr(context, rt.intern(list).get());
  const auto items = values.is_bound() ? sequence_items(values) : std::nullopt;
  return items && std::ranges::any_of(*items, [&](const Value& v) { return v.same(tensor); });
}

}  // namespace

Value function_saved_tensors(Runtime& rt, Value* a) {
  const Value link = rt.find_attr(a[0], rt.intern("_node").get());
  if (link.is_bound()) {
    FunctionNodeObject* node = link.as<NodeLink>()->node;
    if (node) return node->saved_tensors();
  }
  const Value kept = rt.find_attr(a[0], rt.intern("to_save").get());
  return kept.is_bound() ? kept : Value(rt.make_tuple({}));
}

Value apply_function(Runtime& rt, Value* a) {
  Type* cls = a[0].to<Type>();
  const Value arguments_keep = a[1];
  const std::span<const Value> given = *sequence_items(arguments_keep);
  Variables inputs;
  std::vector<bool> is_tensor;
  Ref<Tuple> needs = rt.make<Tuple>(static_cast<int64_t>(given.size()));
  for (size_t i = 0; i < given.size(); ++i) {
    is_tensor.push_back(given[i].is_tensor());
    inputs.push_back(given[i].is_tensor() ? to_variable(given[i]) : Variable());
    (*needs)[static_cast<int64_t>(i)].set_bool(given[i].is_tensor() &&
                                               inputs.back().requires_grad());
  }
  const bool recorded = needs_graph(inputs);
  const Value context = rt.make_of<Instance>(cls);
  rt.set_attr(context, rt.intern("needs_input_grad").get(), needs);
  Values arguments{context};
  arguments.insert(arguments.end(), given.begin(), given.end());
  Value result;
  {
    GradModeGuard no_grad(false);
    result =
        rt.call(rt.get_attr(a[0], "forward"),
                Arguments{arguments.data(), static_cast<uint32_t>(arguments.size()), 0, nullptr});
  }
  const bool several = result.is<Tuple>();
  Values outputs{result};
  if (several) outputs.assign(result.as<Tuple>()->begin(), result.as<Tuple>()->end());
  Ref<FunctionNodeObject> node;
  if (recorded) {
    Ref<NodeLink> back = rt.make_of<NodeLink>(rt.types.object);
    node = make_ref<FunctionNodeObject>(rt, cls->name() + "Backward", a[0], context, back);
    node->is_tensor = std::move(is_tensor);
    const Value materialize = rt.find_attr(context, rt.intern("materialize_grads").get());
    node->materialize = materialize.is_unbound() || rt.truth(materialize);
    rt.set_attr(context, rt.intern("_node").get(), back);
  }
  Variables results;
  SmallVector<uint32_t, 2> outside;  // results that no gradient flows through
  Ref<Tuple> out = rt.make<Tuple>(static_cast<int64_t>(outputs.size()));
  for (size_t i = 0; i < outputs.size(); ++i) {
    Value& output = outputs[i];
    if (!output.is_tensor()) {
      fail(ErrorKind::Type, cls->name(),
           "Backward.forward: expected Tensor or tuple of Tensor (got ", rt.type_name(output),
           ") for return value ", i);
    }
    Variable variable = to_variable(output);
    const bool is_input =
        std::ranges::any_of(given, [&](const Value& v) { return v.same(output); });
    if (is_input && !holds(rt, context, "dirty_tensors", output)) {
      // An input handed through is a result of its own.
      variable = Variable(variable.data());
    }
    if (holds(rt, context, "non_differentiable", output)) {
      outside.push_back(static_cast<uint32_t>(results.size()));
    }
    results.push_back(variable);
    (*out)[static_cast<int64_t>(i)] = from_variable(variable);
  }
  if (recorded) {
    link(node, std::span<const Variable>(inputs.begin(), inputs.size()),
         std::span<const Variable>(results.begin(), results.size()));
    for (uint32_t i : outside) results[i].impl()->grad_fn.reset();
    const Value to_save = rt.find_attr(context, rt.intern("to_save").get());
    const auto to_keep = to_save.is_bound() ? sequence_items(to_save) : std::nullopt;
    for (const Value& v : to_keep.value_or(std::span<const Value>())) {
      if (!v.is_none() && !v.is_tensor()) {
        fail(ErrorKind::Type, "save_for_backward can only save variables, but argument is of type ",
             rt.type_name(v));
      }
      const auto at = std::ranges::find_if(outputs, [&](const Value& o) { return o.same(v); });
      const bool is_output = v.is_tensor() && at != outputs.end() &&
                             !std::ranges::any_of(given, [&](const Value& g) { return g.same(v); });
      node->saved.push_back(
          is_output ? SavedVariable::output(tensor_impl(v)->data,
                                            static_cast<uint32_t>(at - outputs.begin()))
                    : SavedVariable::input(v.is_tensor() ? to_variable(v) : Variable()));
    }
    // The node keeps them now, in a way that makes no circle.
    if (to_save.is_bound()) rt.del_attr(context, rt.intern("to_save").get());
  }
  return several ? Value(out) : (*out)[0];
}

}  // namespace gradpad::lang
