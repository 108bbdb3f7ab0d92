// Variables as JavaScript holds them: by address, with one reference for each handle given out.
#include <emscripten/bind.h>

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"
#include "gradpad/ops/factory.h"
#include "gradpad/tensor/random.h"
#include "guard.h"
#include "wire.h"

namespace gradpad::web {

namespace {

using Handle = uintptr_t;

Variable variable_of(Handle handle) {
  return Variable(Ref<VariableImpl>(reinterpret_cast<VariableImpl*>(handle)));
}
/// 0 for the undefined Variable.
Handle give(const Variable& variable) {
  Ref<VariableImpl> reference = variable.ref();
  return reinterpret_cast<Handle>(reference.detach());
}
Handle give(Variable variable, bool requires_grad) {
  if (requires_grad) variable.set_requires_grad(true);
  return give(variable);
}

void release(Handle handle) { reinterpret_cast<VariableImpl*>(handle)->release(); }

// --- Making ------------------------------------------------------------------------------------

// Sizes and numbers come through input(), in the order of the C++ parameters; then the dtype or
// null.

std::optional<DType> optional_dtype(Reader& in) {
  const Arg arg = in.arg();
  if (auto* dtype = arg.get<DType>()) return *dtype;
  return std::nullopt;
}
Scalar scalar(Reader& in) { return std::get<Scalar>(in.arg().value); }

/// Row-major, for JavaScript to fill.
Handle empty() {
  Reader in = input();
  const Shape shape = in.dims();
  check_sizes(shape);
  return give(Variable(Tensor::empty(shape, optional_dtype(in).value_or(default_dtype()))));
}

Handle make_full(bool requires_grad) {
  Reader in = input();
  const Shape shape = in.dims();
  const Scalar value = scalar(in);
  return give(full(shape, value, optional_dtype(in), requires_grad));
}

Handle make_arange(bool requires_grad) {
  Reader in = input();
  const Scalar start = scalar(in), end = scalar(in), step = scalar(in);
  return give(arange(start, end, step, optional_dtype(in)), requires_grad);
}

Handle make_linspace(bool requires_grad) {
  Reader in = input();
  const Scalar start = scalar(in), end = scalar(in);
  const int64_t steps = scalar(in).to_int();
  return give(linspace(start, end, steps, optional_dtype(in)), requires_grad);
}

Handle make_eye(bool requires_grad) {
  Reader in = input();
  const int64_t n = scalar(in).to_int(), m = scalar(in).to_int();
  return give(eye(n, m, optional_dtype(in)), requires_grad);
}

/// `normal`: from the standard normal distribution, else uniform in [0, 1).
Handle make_random(bool normal, bool requires_grad) {
  Reader in = input();
  const Shape shape = in.dims();
  check_sizes(shape);
  const DType dtype = optional_dtype(in).value_or(default_dtype());
  Generator& generator = default_generator();
  return give(Variable(normal ? randn(shape, dtype, generator) : rand(shape, dtype, generator)),
              requires_grad);
}

Handle make_randint(bool requires_grad) {
  Reader in = input();
  const int64_t low = scalar(in).to_int(), high = scalar(in).to_int();
  const Shape shape = in.dims();
  check_sizes(shape);
  const DType dtype = optional_dtype(in).value_or(DType::Int64);
  return give(Variable(randint(low, high, shape, dtype, default_generator())), requires_grad);
}

Handle make_randperm(bool requires_grad) {
  Reader in = input();
  const int64_t n = scalar(in).to_int();
  const DType dtype = optional_dtype(in).value_or(DType::Int64);
  return give(Variable(randperm(n, dtype, default_generator())), requires_grad);
}

void manual_seed(double seed) {
  default_generator().manual_seed(static_cast<uint64_t>(static_cast<int64_t>(seed)));
}

// --- Reading -----------------------------------------------------------------------------------

uintptr_t read_shape(Handle handle) {
  output().clear();
  output().numbers(variable_of(handle).shape());
  return output().address();
}

uintptr_t read_dtype(Handle handle) {
  output().clear();
  output().dtype(variable_of(handle).dtype());
  return output().address();
}

/// Of a tensor that is row-major.
uintptr_t data_address(Handle handle) {
  return reinterpret_cast<uintptr_t>(variable_of(handle).data().bytes());
}

/// Where the elements lie, in row-major order, and the tensor that keeps them there.
uintptr_t read_elements(Handle handle) {
  const Variable source(variable_of(handle).data().contiguous());
  output().clear();
  Record record(output());
  record.field("address").number(
      static_cast<double>(reinterpret_cast<uintptr_t>(source.data().bytes())));
  record.field("count").number(static_cast<double>(source.numel()));
  record.field("dtype").dtype(source.dtype());
  record.field("keeper").handle(source);
  return output().address();
}

uintptr_t read_item(Handle handle) {
  const Scalar value = variable_of(handle).item();
  output().clear();
  output().scalar(value);
  return output().address();
}

std::string read_repr(Handle handle) { return repr(variable_of(handle)); }

/// Empty for a leaf.
std::string read_grad_fn(Handle handle) {
  const Variable variable = variable_of(handle);
  return variable.grad_fn() ? std::string(variable.grad_fn()->name()) : std::string();
}

// --- Gradients ---------------------------------------------------------------------------------

bool requires_grad(Handle handle) { return variable_of(handle).requires_grad(); }
void set_requires_grad(Handle handle, bool value) { variable_of(handle).set_requires_grad(value); }
bool is_leaf(Handle handle) { return variable_of(handle).is_leaf(); }
Handle read_grad(Handle handle) { return give(variable_of(handle).grad()); }
void set_grad(Handle handle, Handle grad) { variable_of(handle).set_grad(variable_of(grad)); }
void retain_grad(Handle handle) { variable_of(handle).retain_grad(); }
Handle detach(Handle handle) { return give(variable_of(handle).detach()); }

void run_backward(Handle handle, Handle gradient, bool retain_graph, bool create_graph) {
  variable_of(handle).backward(variable_of(gradient), retain_graph, create_graph);
}

/// torch.autograd.grad: outputs, inputs and their gradients come through input().
uintptr_t run_grad(bool retain_graph, bool create_graph, bool allow_unused) {
  Reader in = input();
  const Variables outputs = in.variables(), inputs = in.variables(), gradients = in.variables();
  const std::vector<Variable> grads =
      grad({outputs.data(), outputs.size()}, {inputs.data(), inputs.size()},
           {gradients.data(), gradients.size()}, {retain_graph, create_graph}, allow_unused);
  output().clear();
  output().list(grads.size());
  for (const Variable& one : grads) output().handle(one);
  return output().address();
}

bool set_grad_mode(bool enabled) {
  const bool before = GradMode::is_enabled();
  GradMode::set_enabled(enabled);
  return before;
}

}  // namespace

EMSCRIPTEN_BINDINGS(gradpad_tensors) {
  using emscripten::function;
  function("release", &release);
  function("empty", guarded<&empty>);
  function("full", guarded<&make_full>);
  function("arange", guarded<&make_arange>);
  function("linspace", guarded<&make_linspace>);
  function("eye", guarded<&make_eye>);
  function("random", guarded<&make_random>);
  function("randint", guarded<&make_randint>);
  function("randperm", guarded<&make_randperm>);
  function("manualSeed", &manual_seed);
  function("shape", guarded<&read_shape>);
  function("dtype", guarded<&read_dtype>);
  function("dataAddress", guarded<&data_address>);
  function("elements", guarded<&read_elements>);
  function("item", guarded<&read_item>);
  function("repr", guarded<&read_repr>);
  function("gradFn", guarded<&read_grad_fn>);
  function("requiresGrad", guarded<&requires_grad>);
  function("setRequiresGrad", guarded<&set_requires_grad>);
  function("isLeaf", guarded<&is_leaf>);
  function("grad", guarded<&read_grad>);
  function("setGrad", guarded<&set_grad>);
  function("retainGrad", guarded<&retain_grad>);
  function("detach", guarded<&detach>);
  function("backward", guarded<&run_backward>);
  function("gradients", guarded<&run_grad>);
  function("setGradMode", &set_grad_mode);
}

}  // namespace gradpad::web
