// Native functions that read their arguments as PyTorch does.
#include "lang/torch/native.h"

#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

/// What a NativeFunction's `data` points to; the state keeps it.
struct Bound {
  const TorchFunction* function;
  bool is_method;
  std::unique_ptr<ArgParser> parser;  ///< made at the first call
};

const ArgParser& parser_of(Bound& bound) {
  if (!bound.parser) {
    bound.parser = std::make_unique<ArgParser>(bound.function->name, bound.function->overloads,
                                               bound.is_method);
  }
  return *bound.parser;
}

Value call(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  auto& bound = *static_cast<Bound*>(const_cast<void*>(self.data));
  if (bound.is_method) check_self(rt, self, arguments);
  Parsed parsed = parser_of(bound).parse(rt, arguments);
  return bound.function->function(parsed);
}

Ref<NativeFunction> make(Runtime& rt, const TorchFunction& function, Type* owner) {
  auto bound = std::make_shared<Bound>(Bound{&function, owner != nullptr, nullptr});
  Ref<NativeFunction> native = rt.make_native({function.name, "", nullptr, function.doc});
  native->raw = call;
  native->owner = owner;
  native->data = bound.get();
  torch_state(rt).kept.push_back(std::move(bound));
  return native;
}

}  // namespace

void check_self(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  if (arguments.positional == 0) {
    fail(ErrorKind::Type, "unbound method ", self.owner->name(), ".", self.name,
         "() needs an argument");
  }
  const Value& first = arguments.values[0];
  if (first.is_tensor() && self.owner == rt.types.tensor) return;
  if (!rt.is_instance(first, self.owner)) {
    fail(ErrorKind::Type, "descriptor '", self.name, "' for '", self.owner->name(),
         "' objects doesn't apply to a '", rt.type_name(first), "' object");
  }
}

void add_functions(Runtime& rt, Module& module, std::span<const TorchFunction> functions) {
  for (const TorchFunction& function : functions) {
    module.set(rt.intern(function.name).get(), make(rt, function, nullptr));
  }
}

void add_methods(Runtime& rt, Type* type, std::span<const TorchFunction> functions) {
  for (const TorchFunction& function : functions) {
    type->set_own(rt, rt.intern(function.name).get(), make(rt, function, type));
  }
}

}  // namespace gradpad::lang
