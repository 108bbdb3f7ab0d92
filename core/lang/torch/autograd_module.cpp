// torch.autograd: backward, grad, Variable, gradcheck.
#include "lang/torch/autograd_module.h"

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/gradcheck.h"
#include "gradpad/tensor/default_dtype.h"
#include "lang/torch/convert.h"
#include "lang/torch/from_data.h"
#include "lang/torch/native.h"
#include "lang/torch/volatile.h"

namespace gradpad::lang {

namespace {

/// A tensor, or a sequence of tensors (and None, where allowed).
std::vector<Variable> variables_of(Runtime& rt, const Value& v, const char* what) {
  std::vector<Variable> out;
  if (v.is_tensor()) {
    out.push_back(to_variable(v));
    return out;
  }
  rt.for_each(v, [&](Value& item) {
    if (!item.is_tensor())
      fail(ErrorKind::Type, what, " must be Tensors, got ", rt.type_name(item));
    out.push_back(to_variable(item));
    return true;
  });
  return out;
}

std::vector<Variable> gradients_of(Runtime& rt, std::span<const Value> values) {
  std::vector<Variable> out;
  for (const Value& v : values) {
    if (!v.is_none() && !v.is_unbound() && !v.is_tensor()) {
      fail(ErrorKind::Type, "gradients can be either Tensors or None, but got ", rt.type_name(v));
    }
    out.push_back(v.is_tensor() ? to_variable(v) : Variable());
  }
  return out;
}

/// `grad_tensors`: a tensor, a sequence, or None.
Values gradient_values(Runtime& rt, const Value& v) {
  if (v.is_none() || v.is_unbound()) return {};
  if (v.is_tensor()) return {v};
  return rt.to_values(v);
}

BackwardOptions options_of(std::optional<bool> retain_graph, bool create_graph) {
  return {retain_graph.value_or(create_graph), create_graph};
}

std::optional<bool> optional_flag(Parsed& a, size_t i) {
  return a.has(i) ? std::optional(a.rt.truth(a.value(i))) : std::nullopt;
}

/// A hook may run a backward pass of its own: the engine's frames are large.
constexpr NestingStep kBackward{"", 1, 4000};

Value autograd_backward(Parsed& a) {
  const Values tensors = a.value(0).is_tensor() ? Values{a.value(0)} : a.rt.to_values(a.value(0));
  const bool old_name = a.has(4);
  const Values gradients = gradient_values(a.rt, a.has(1)   ? a.value(1)
                                                 : old_name ? a.value(4)
                                                            : Value());
  run_backward(a.rt, tensors, gradients, optional_flag(a, 2), a.boolean(3),
               a.has(5) ? a.value(5) : Value());
  return Value::none();
}

Value autograd_grad(Parsed& a) {
  const Runtime::Nesting nesting(a.rt, kBackward);
  const std::vector<Variable> outputs = variables_of(a.rt, a.value(0), "outputs");
  const std::vector<Variable> inputs = variables_of(a.rt, a.value(1), "inputs");
  const std::vector<Variable> gradients =
      gradients_of(a.rt, gradient_values(a.rt, a.has(2) ? a.value(2) : Value()));
  if (inputs.empty()) fail(ErrorKind::Value, "grad requires non-empty inputs.");
  const std::vector<Variable> result =
      grad(outputs, inputs, gradients, options_of(optional_flag(a, 3), a.boolean(4)), a.boolean(6));
  Ref<Tuple> tuple = a.rt.make<Tuple>(static_cast<int64_t>(result.size()));
  for (size_t i = 0; i < result.size(); ++i) {
    (*tuple)[static_cast<int64_t>(i)] = from_variable(result[i]);
  }
  return tuple;
}

// --- gradcheck -----------------------------------------------------------------------------------

Value check(Parsed& a, std::string (*checker)(const CheckedFunction&, const Variables&,
                                              const GradcheckOptions&)) {
  Runtime& rt = a.rt;
  const Runtime::Nesting nesting(rt, kBackward);
  const Values given = a.value(1).is_tensor() ? Values{a.value(1)} : rt.to_values(a.value(1));
  Variables inputs;
  bool any = false;
  for (const Value& v : given) {
    if (!v.is_tensor()) continue;
    inputs.push_back(to_variable(v));
    const bool wanted = inputs.back().requires_grad();
    any |= wanted;
    if (wanted && inputs.back().dtype() != DType::Float64) {
      fail(ErrorKind::Value, "gradcheck compares with differences too small for ",
           dtype_name(inputs.back().dtype()),
           ": make the input torch.double, as in torch.randn(2, dtype=torch.double)");
    }
  }
  if (!any) {
    fail(ErrorKind::Value,
         "gradcheck expects at least one input tensor to require gradient, but none of the them "
         "have requires_grad=True.");
  }
  const CheckedFunction function = [&](const Variables& variables) {
    Values arguments = given;
    size_t next = 0;
    for (Value& v : arguments) {
      if (v.is_tensor()) v = from_variable(variables[next++]);
    }
    const Value result =
        rt.call(a.value(0),
                Arguments{arguments.data(), static_cast<uint32_t>(arguments.size()), 0, nullptr});
    Variables outputs;
    for (const Variable& v : variables_of(rt, result, "results of a checked function")) {
      outputs.push_back(v);
    }
    return outputs;
  };
  const std::string problem =
      checker(function, inputs, {a.real(2, 1e-6), a.real(3, 1e-5), a.real(4, 1e-3)});
  if (problem.empty()) return Value(true);
  if (a.boolean(5, true)) {
    const size_t at = problem.find(" at element ");
    fail(problem.substr(0, at), at == std::string::npos ? "" : ",\n" + problem.substr(at + 1));
  }
  return Value(false);
}

Value autograd_gradcheck(Parsed& a) { return check(a, gradcheck); }
Value autograd_gradgradcheck(Parsed& a) { return check(a, gradgradcheck); }

constexpr TorchFunction kFunctions[] = {
    {"backward",
     "object tensors, object grad_tensors=None, object retain_graph=None, bool create_graph=False, "
     "object grad_variables=None, object inputs=None",
     autograd_backward,
     "Adds the gradients of the sum of the tensors to the `grad` of the graph's leaves."},
    {"grad",
     "object outputs, object inputs, object grad_outputs=None, object retain_graph=None, bool "
     "create_graph=False, bool only_inputs=True, bool allow_unused=False, bool "
     "is_grads_batched=False",
     autograd_grad, "The gradients of outputs with respect to inputs; no `grad` is touched."},
    {"gradcheck",
     "object func, object inputs, float eps=1e-6, float atol=1e-5, float rtol=1e-3, bool "
     "raise_exception=True, object check_sparse_nnz=None, object nondet_tol=None, object "
     "check_undefined_grad=None, object check_grad_dtypes=None, object check_batched_grad=None, "
     "object fast_mode=None",
     autograd_gradcheck, "Compares derivatives with central differences, in float64."},
    {"gradgradcheck",
     "object func, object inputs, float eps=1e-6, float atol=1e-5, float rtol=1e-3, bool "
     "raise_exception=True, object grad_outputs=None, object gen_non_contig_grad_outputs=None, "
     "object nondet_tol=None, object check_undefined_grad=None, object check_grad_dtypes=None",
     autograd_gradgradcheck, "The same for second derivatives."},
};

// --- Variable ------------------------------------------------------------------------------------

class VariableClass final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  VariableClass() : Object(kKind) {}
};

Value variable_call(Runtime& rt, const Value&, const Arguments& arguments) {
  static const ArgParser parser(
      "Variable", "object data=None, object requires_grad=None, object volatile=None");
  Parsed a = parser.parse(rt, arguments);
  if (a.has(0) && !a.value(0).is_tensor()) {
    fail(ErrorKind::Type, "Variable data has to be a tensor, but got ", rt.type_name(a.value(0)));
  }
  const bool requires_grad = a.has(1) && rt.truth(a.value(1));
  const bool is_volatile = a.has(2) && rt.truth(a.value(2));
  if (requires_grad && is_volatile) {
    fail("Variable can't be volatile and require_grad at the same time!");
  }
  const Variable variable =
      a.has(0) ? a.tensor(0).detach() : Variable(Tensor::empty({0}, default_dtype()));
  if (requires_grad) require_differentiable(variable.dtype());
  if (requires_grad) variable.set_requires_grad(true);
  if (is_volatile) make_volatile(rt, variable, true);
  return from_variable(variable);
}

Value variable_check(Runtime&, Value* a) { return Value(a[1].is_tensor()); }
constexpr Method kVariableMethods[] = {
    {"__instancecheck__", "self, instance, /", variable_check},
};
constexpr Getter kVariableGetters[] = {
    {"__name__", [](Runtime& rt, const Value&) { return Value(rt.make_str("Variable")); }},
    {"__module__",
     [](Runtime& rt, const Value&) { return Value(rt.make_str("torch.autograd.variable")); }},
};

// --- Modes ---------------------------------------------------------------------------------------

Value is_grad_enabled(Runtime&, Value*) { return Value(GradMode::is_enabled()); }
Value set_grad_enabled(Runtime& rt, Value* a) {
  GradMode::set_enabled(rt.truth(a[0]));
  return Value::none();
}

constexpr Method kInternals[] = {
    {"is_grad_enabled", "", is_grad_enabled, "Whether operations are being recorded."},
    {"_set_grad_enabled", "mode", set_grad_enabled},
    {"_apply_function", "cls, args", apply_function},
    {"_saved_tensors", "ctx", function_saved_tensors},
};

}  // namespace

void run_backward(Runtime& rt, std::span<const Value> tensors, std::span<const Value> gradients,
                  std::optional<bool> retain_graph, bool create_graph, const Value& inputs) {
  const Runtime::Nesting nesting(rt, kBackward);
  std::vector<Variable> roots;
  for (const Value& v : tensors) roots.push_back(require_tensor(rt, v, "tensors"));
  const std::vector<Variable> seeds = gradients_of(rt, gradients);
  std::vector<Variable> wanted;
  if (inputs.is_bound() && !inputs.is_none()) {
    wanted = variables_of(rt, inputs, "inputs");
    if (wanted.empty()) fail("'inputs' argument to backward() cannot be empty.");
  }
  backward(roots, seeds, options_of(retain_graph, create_graph), wanted);
}

void init_autograd(Runtime& rt, Module& module) {
  add_functions(rt, module, kFunctions);
  Type* type = rt.make_type("VariableMeta", nullptr,
                            TypeSpec{.slots = {.repr =
                                                   [](Runtime& r, const Value&) {
                                                     return Value(r.make_str(
                                                         "<class 'torch.autograd.variable.Variable'"
                                                         ">"));
                                                   },
                                               .call = variable_call},
                                     .methods = kVariableMethods,
                                     .getters = kVariableGetters},
                            "torch.autograd.variable")
                   .get();
  module.set(rt.intern("Variable").get(), rt.make_of<VariableClass>(type));
}

void init_autograd_internals(Runtime& rt, Module& module) {
  for (const Method& method : kInternals) {
    module.set(rt.intern(method.name).get(), rt.make_native(method));
  }
}

}  // namespace gradpad::lang
