// torch.name, Tensor.name and Tensor.name_ of every operation in the registry.
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"
#include "gradpad/ops/inplace.h"
#include "lang/torch/convert.h"
#include "lang/torch/native.h"
#include "lang/torch/state.h"
#include "ops/op_set.h"

namespace gradpad::lang {

namespace {

/// What a NativeFunction's `data` points to; the state keeps it.
struct Group {
  OpSet ops;
  /// Of torch.nn.functional: F.relu(x, inplace=True) is x.relu_().
  bool is_functional = false;
};

Value run(Runtime& rt, const Group& group, const Arguments& arguments) {
  if (!group.ops.is_method()) {
    const OpCall call = group.ops.bind(ValueSource(rt, arguments));
    return from_arg(rt, call.op, call.run());
  }
  Arguments rest = arguments;
  ++rest.values;
  --rest.positional;
  const Variable self = to_variable(arguments.values[0]);
  const OpCall call = group.ops.bind(ValueSource(rt, rest), &self);
  return from_arg(rt, call.op, call.run());
}

/// The arguments but for one given by name.
class Without {
 public:
  Without(const Arguments& arguments, uint32_t place)
      : values_(arguments.values, arguments.values + arguments.positional + arguments.named),
        names_(arguments.names, arguments.names + arguments.named),
        positional_(arguments.positional) {
    values_.erase(values_.begin() + positional_ + place);
    names_.erase(names_.begin() + place);
  }
  Arguments arguments() const {
    return {const_cast<Value*>(values_.data()), positional_, static_cast<uint32_t>(names_.size()),
            names_.data()};
  }

 private:
  Values values_;
  std::vector<Str*> names_;
  uint32_t positional_;
};

/// torch.add(a, b, out=c): the result is written into c, which takes its shape.
Value run_out(Runtime& rt, const Group& group, const Arguments& arguments, uint32_t place) {
  Value out = arguments.values[arguments.positional + place];
  const Without rest(arguments, place);
  Value result = run(rt, group, rest.arguments());
  if (out.is_none()) return result;
  const Variable target = require_tensor(rt, out, "argument 'out'");
  if (!result.is_tensor()) fail(group.ops.name(), "(): out= is supported for single results only");
  const Variable source = to_variable(result);
  if (source.requires_grad() || (target.requires_grad() && GradMode::is_enabled())) {
    fail(group.ops.name(),
         "(): functions with out=... arguments don't support automatic "
         "differentiation, but one of the arguments requires grad.");
  }
  if (target.shape() == source.shape()) {
    GradModeGuard no_grad(false);
    copy_(target, source);
  } else {
    target.set_data(source.data().to(target.dtype()));
  }
  return out;
}

Value call(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  const auto& group = *static_cast<const Group*>(self.data);
  if (group.ops.is_method()) {
    check_self(rt, self, arguments);
    return run(rt, group, arguments);
  }
  for (uint32_t k = 0; k < arguments.named; ++k) {
    const std::string_view name = arguments.names[k]->view();
    if (name == "out") return run_out(rt, group, arguments, k);
    if (name == "inplace" && group.is_functional && !group.ops.has_param(name)) {
      const bool in_place = rt.truth(arguments.values[arguments.positional + k]);
      const Without rest(arguments, k);
      OpCall call = group.ops.bind(ValueSource(rt, rest.arguments()));
      call.in_place = in_place;
      return from_arg(rt, call.op, call.run());
    }
  }
  return run(rt, group, arguments);
}

std::string_view read_doc(const NativeFunction& self) {
  return static_cast<const Group*>(self.data)->ops.ops()[0]->entry->doc;
}

Ref<NativeFunction> make(Runtime& rt, OpSet ops, bool is_functional = false) {
  auto group = std::make_shared<Group>(Group{std::move(ops), is_functional});
  Ref<NativeFunction> native = rt.make_native({group->ops.name().c_str(), "", nullptr, ""});
  native->raw = call;
  native->read_doc = read_doc;
  native->data = group.get();
  if (group->ops.is_method()) native->owner = rt.types.tensor;
  torch_state(rt).kept.push_back(std::move(group));
  return native;
}

}  // namespace

void add_operations(Runtime& rt, Module& module, Space space) {
  for (OpSet& ops : op_sets(space)) {
    const Ref<Str> name = rt.intern(ops.name());
    module.set(name.get(), make(rt, std::move(ops), space == kFunctional));
  }
}

void add_operation_methods(Runtime& rt, Type* type) {
  for (Space space : {kMethod, kInPlace}) {
    for (OpSet& ops : op_sets(space)) {
      const Ref<Str> name = rt.intern(ops.name());
      type->set_own(rt, name.get(), make(rt, std::move(ops)));
    }
  }
}

}  // namespace gradpad::lang
