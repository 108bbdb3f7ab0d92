// Setting torch up: types, functions and the modules below it.
#include "gradpad/ops/factory.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/importer.h"
#include "lang/torch/autograd_module.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/creation.h"
#include "lang/torch/from_data.h"
#include "lang/torch/graph_objects.h"
#include "lang/torch/native.h"
#include "lang/torch/random_module.h"
#include "lang/torch/state.h"
#include "lang/torch/tensor_methods.h"
#include "lang/torch/tensor_slots.h"
#include "lang/torch/torch.h"
#include "lang/torch/torch_functions.h"

namespace gradpad::lang {

namespace {

// --- Tensor and Parameter ------------------------------------------------------------------------

Value tensor_make(Runtime& rt, Type*, const Arguments& arguments) {
  return from_variable(legacy_tensor(rt, default_dtype(), arguments));
}

Value parameter_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  static const ArgParser parser("Parameter", "Tensor? data=None, bool requires_grad=True");
  Parsed a = parser.parse(rt, arguments);
  const Variable data =
      a.has(0) ? a.tensor(0).detach() : Variable(Tensor::empty({0}, default_dtype()));
  if (a.boolean(1, true)) {
    require_differentiable(data.dtype());
    data.set_requires_grad(true);
  }
  set_tensor_type(rt, data, cls);
  return from_variable(data);
}

void define_tensor(Runtime& rt, Module& torch) {
  TypeSpec spec{.slots = tensor_slots(), .getters = tensor_getters()};
  spec.slots.make = tensor_make;
  rt.types.tensor = rt.make_type("Tensor", nullptr, spec, "torch").get();
  rt.set_tensor_hooks(tensor_type_of, tensor_own_attribute);
  rt.garbage().watch_tensor = watch_tensor;
  TypeSpec parameter{.slots = tensor_slots()};
  parameter.slots.make = parameter_make;
  torch_state(rt).parameter =
      rt.make_type("Parameter", rt.types.tensor, parameter, "torch.nn.parameter").get();
  torch.set(rt.intern("Tensor").get(), Value(rt.types.tensor));
}

/// Special methods that are operations under another name.
void add_aliases(Runtime& rt) {
  constexpr std::pair<const char*, const char*> aliases[] = {{"__abs__", "abs"},
                                                             {"__reversed__", "flip"}};
  for (const auto& [alias, name] : aliases) {
    if (const Value* method = rt.types.tensor->lookup(rt.intern(name).get())) {
      rt.types.tensor->set_own(rt, rt.intern(alias).get(), Value(*method));
    }
  }
}

// --- Modules -------------------------------------------------------------------------------------

/// Modules that an attribute brings in, as `import torch` brings them all in in Python.
constexpr const char* kSubmodules[] = {"nn",      "optim", "autograd", "utils",        "linalg",
                                       "special", "cuda",  "random",   "distributions"};

/// torch.nn without `import torch.nn`; AttributeError for what there is not.
Value torch_get_attr(Runtime& rt, Value* a) {
  Str* name = a[0].to<Str>();
  for (const char* submodule : kSubmodules) {
    if (name && name->view() == submodule) {
      return rt.importer().import("torch." + std::string(submodule));
    }
  }
  rt.raise_no_attribute(rt.importer().import("torch"), rt.intern(name).get());
}
constexpr Method kTorchGetAttr{"__getattr__", "name", torch_get_attr};

void init_torch(Runtime& rt, Module& torch) {
  rt.torch = make_ref<TorchState>();
  define_basic_types(rt, torch);
  define_tensor(rt, torch);
  define_graph_objects(rt);
  add_operations(rt, torch, kTorch);
  add_operation_methods(rt, rt.types.tensor);
  add_tensor_methods(rt, rt.types.tensor);
  add_tensor_filling_methods(rt, rt.types.tensor);
  add_creation_functions(rt, torch);
  add_tensor_constructors(rt, torch);
  add_random_functions(rt, torch);
  add_torch_functions(rt, torch);
  add_aliases(rt);
  init_autograd_internals(rt, torch);
  torch.set(rt.intern("_Parameter").get(), Value(torch_state(rt).parameter));
  torch.set(rt.names.getattr.get(), rt.make_native(kTorchGetAttr));
  torch.set(rt.intern("__version__").get(), rt.make_str("1.13.0"));
  // What is written in the language comes last, for it uses the rest.
  const Ref<Module> modes = rt.importer().import("torch.autograd.grad_mode");
  for (const char* name : {"no_grad", "enable_grad", "set_grad_enabled", "inference_mode"}) {
    const Ref<Str> key = rt.intern(name);
    torch.set(key.get(), *modes->find(key.get()));
  }
}

template <Space space>
void init_operations(Runtime& rt, Module& module) {
  add_operations(rt, module, space);
}

Value cuda_is_available(Runtime&, Value*) { return Value(false); }
Value cuda_device_count(Runtime&, Value*) { return Value(0); }
Value cuda_nothing(Runtime&, Value*) { return Value::none(); }
constexpr Method kCuda[] = {
    {"is_available", "", cuda_is_available, "False: everything here runs on the CPU."},
    {"device_count", "", cuda_device_count},
    {"manual_seed", "seed", cuda_nothing},
    {"manual_seed_all", "seed", cuda_nothing},
    {"empty_cache", "", cuda_nothing},
    {"synchronize", "device=None", cuda_nothing},
};

void init_random(Runtime& rt, Module& module) {
  const Ref<Module> torch = rt.importer().import("torch");
  for (const char* name :
       {"manual_seed", "seed", "initial_seed", "get_rng_state", "set_rng_state"}) {
    const Ref<Str> key = rt.intern(name);
    module.set(key.get(), *torch->find(key.get()));
  }
}

constexpr ModuleSpec kModules[] = {
    {.name = "torch", .init = init_torch},
    {.name = "torch._functional", .init = init_operations<kFunctional>},
    {.name = "torch.special", .init = init_operations<kSpecial>},
    {.name = "torch.linalg", .init = init_operations<kLinalg>},
    {.name = "torch._autograd", .init = init_autograd},
    {.name = "torch.cuda", .functions = kCuda},
    {.name = "torch.random", .init = init_random},
};

}  // namespace

void add_torch_modules(Runtime& rt) {
  for (const ModuleSpec& spec : kModules) rt.add_module(spec);
}

}  // namespace gradpad::lang
