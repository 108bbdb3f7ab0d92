// torch.name, Tensor.name and Tensor.name_ of every operation in the registry.
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"
#include "gradpad/ops/inplace.h"
#include "lang/torch/convert.h"
#include "lang/torch/native.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

/// The operations of one name in one place.
struct Group {
  std::vector<const Op*> ops;
  std::string name;
  bool is_method = false;
  bool in_place = false;
  bool is_functional = false;
  std::unique_ptr<ArgParser> parser;  ///< made at the first call
};

const ArgParser& parser_of(Group& group) {
  if (!group.parser) {
    group.parser = std::make_unique<ArgParser>(group.name, group.is_method);
    for (const Op* op : group.ops) group.parser->add(overload_of(*op, group.is_method));
  }
  return *group.parser;
}

/// In-place forms of views change how the tensor sees its data, not the data.
bool changes_view(const Op& op) {
  constexpr std::string_view names[] = {"t",         "transpose", "squeeze",
                                        "unsqueeze", "swapaxes",  "swapdims"};
  for (std::string_view name : names) {
    if (op.name == name) return true;
  }
  return false;
}

Value view_in_place(const Op& op, std::span<const Arg> args) {
  const Variable target = *args[0].get<Variable>();
  check_in_place(target);
  const Arg result = op.entry->call(args);
  const Variable& view = *result.get<Variable>();
  target.set_data(view.data());
  if (view.grad_fn()) {
    target.impl()->grad_fn = view.grad_fn();
    target.impl()->output_number = view.output_number();
  }
  return from_variable(target);
}

Value run(Runtime& rt, Group& group, const Arguments& arguments, bool in_place) {
  const Parsed parsed = parser_of(group).parse(rt, arguments);
  const Op& op = *group.ops[parsed.which];
  SmallVector<Arg, 6> args;
  const size_t shift = group.is_method ? 1 : 0;
  if (shift) args.emplace_back(to_variable(*parsed.self));
  for (size_t i = shift; i < op.params.size(); ++i) {
    args.push_back(parsed.arg(i - shift, op.params[i]));
  }
  const std::span<const Arg> given(args.data(), args.size());
  if (in_place) {
    if (changes_view(op)) return view_in_place(op, given);
    return from_arg(rt, &op, op.call_in_place(given));
  }
  return from_arg(rt, &op, op.entry->call(given));
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
Value run_out(Runtime& rt, Group& group, const Arguments& arguments, uint32_t place) {
  Value out = arguments.values[arguments.positional + place];
  const Without rest(arguments, place);
  Value result = run(rt, group, rest.arguments(), false);
  if (out.is_none()) return result;
  const Variable target = require_tensor(rt, out, "argument 'out'");
  if (!result.is_tensor()) fail(group.name, "(): out= is supported for single results only");
  const Variable source = to_variable(result);
  if (source.requires_grad() || (target.requires_grad() && GradMode::is_enabled())) {
    fail(group.name,
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

bool has_param(const Group& group, std::string_view name) {
  for (const Op* op : group.ops) {
    for (const Param& param : op->params) {
      if (param.name == name) return true;
    }
  }
  return false;
}

Value call(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  auto& group = *static_cast<Group*>(const_cast<void*>(self.data));
  if (group.is_method) {
    check_self(rt, self, arguments);
    return run(rt, group, arguments, group.in_place);
  }
  for (uint32_t k = 0; k < arguments.named; ++k) {
    const std::string_view name = arguments.names[k]->view();
    if (name == "out") return run_out(rt, group, arguments, k);
    // F.relu(x, inplace=True)
    if (name == "inplace" && group.is_functional && !has_param(group, name)) {
      const bool in_place = rt.truth(arguments.values[arguments.positional + k]);
      return run(rt, group, Without(arguments, k).arguments(), in_place);
    }
  }
  return run(rt, group, arguments, false);
}

Ref<NativeFunction> make(Runtime& rt, std::vector<const Op*> ops, bool is_method, bool in_place,
                         bool is_functional = false) {
  auto group = std::make_shared<Group>();
  group->name = std::string(ops[0]->name) + (in_place ? "_" : "");
  group->is_method = is_method;
  group->in_place = in_place;
  group->is_functional = is_functional;
  const std::string doc(ops[0]->entry->doc);
  Ref<NativeFunction> native = rt.make_native({group->name.c_str(), "", nullptr, doc.c_str()});
  group->ops = std::move(ops);
  native->raw = call;
  native->data = group.get();
  if (is_method) native->owner = rt.types.tensor;
  torch_state(rt).kept.push_back(std::move(group));
  return native;
}

/// Calls `visit(ops)` with the overloads of each name that belong to `space`.
template <class Visit>
void for_each_name(Space space, Visit visit) {
  const std::span<const Op> ops = all_ops();
  for (size_t begin = 0; begin < ops.size();) {
    size_t end = begin;
    std::vector<const Op*> group;
    for (; end < ops.size() && ops[end].name == ops[begin].name; ++end) {
      if (ops[end].in(space)) group.push_back(&ops[end]);
    }
    if (!group.empty()) visit(std::move(group));
    begin = end;
  }
}

}  // namespace

void add_operations(Runtime& rt, Module& module, Space space) {
  for_each_name(space, [&](std::vector<const Op*> ops) {
    Str* name = rt.intern(ops[0]->name).get();
    module.set(name, make(rt, std::move(ops), false, false, space == kFunctional));
  });
}

void add_operation_methods(Runtime& rt, Type* type) {
  for_each_name(kMethod, [&](std::vector<const Op*> ops) {
    Str* name = rt.intern(ops[0]->name).get();
    type->set_own(rt, name, make(rt, std::move(ops), true, false));
  });
  // The table knows in-place forms of computations only; these change how the data is seen.
  for_each_name(kMethod, [&](std::vector<const Op*> ops) {
    if (!changes_view(*ops[0])) return;
    Str* name = rt.intern(std::string(ops[0]->name) + "_").get();
    type->set_own(rt, name, make(rt, std::move(ops), true, true));
  });
  for_each_name(kInPlace, [&](std::vector<const Op*> ops) {
    Str* name = rt.intern(std::string(ops[0]->name) + "_").get();
    type->set_own(rt, name, make(rt, std::move(ops), true, true));
  });
}

}  // namespace gradpad::lang
