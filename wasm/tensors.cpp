// Variables as JavaScript holds them: making, reading, gradients.
#include <emscripten/bind.h>

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/node.h"
#include "gradpad/ops/factory.h"
#include "gradpad/tensor/random.h"
#include "guard.h"
#include "handles.h"
#include "wire.h"

namespace gradpad::web {

namespace {

HandleId give(Variable variable, bool requires_grad) {
  if (requires_grad) variable.set_requires_grad(true);
  return web::give(variable);
}

/// A Variable to read or change: the number of one that there is.
Variable variable_of(HandleId handle) {
  Variable variable = held(handle);
  if (!variable.defined()) fail(ErrorKind::Type, "expected a Tensor");
  return variable;
}

// --- Making ------------------------------------------------------------------------------------

// Sizes and numbers come through input(), in the order of the C++ parameters; then the dtype or
// null.

/// For JavaScript to fill: row-major, and how many elements there are to be written where.
uintptr_t empty() {
  Reader in = input();
  const Shape shape = in.dims();
  check_sizes(shape);
  const Variable made(Tensor::empty(shape, in.optional_dtype().value_or(default_dtype())));
  output().clear();
  Record record(output());
  record.field("address").number(
      static_cast<double>(reinterpret_cast<uintptr_t>(made.data().bytes())));
  record.field("count").number(static_cast<double>(made.numel()));
  record.field("tensor").handle(made);
  return output().address();
}

HandleId make_full(bool requires_grad) {
  Reader in = input();
  const Shape shape = in.dims();
  const Scalar value = in.scalar();
  return web::give(full(shape, value, in.optional_dtype(), requires_grad));
}

HandleId make_arange(bool requires_grad) {
  Reader in = input();
  const Scalar start = in.scalar(), end = in.scalar(), step = in.scalar();
  return give(arange(start, end, step, in.optional_dtype()), requires_grad);
}

HandleId make_linspace(bool requires_grad) {
  Reader in = input();
  const Scalar start = in.scalar(), end = in.scalar();
  const int64_t steps = in.integer();
  return give(linspace(start, end, steps, in.optional_dtype()), requires_grad);
}

HandleId make_eye(bool requires_grad) {
  Reader in = input();
  const int64_t n = in.integer(), m = in.integer();
  return give(eye(n, m, in.optional_dtype()), requires_grad);
}

/// `normal`: from the standard normal distribution, else uniform in [0, 1).
HandleId make_random(bool normal, bool requires_grad) {
  Reader in = input();
  const Shape shape = in.dims();
  check_sizes(shape);
  const DType dtype = in.optional_dtype().value_or(default_dtype());
  Generator& generator = default_generator();
  return give(Variable(normal ? randn(shape, dtype, generator) : rand(shape, dtype, generator)),
              requires_grad);
}

HandleId make_randint(bool requires_grad) {
  Reader in = input();
  const int64_t low = in.integer(), high = in.integer();
  const Shape shape = in.dims();
  check_sizes(shape);
  const DType dtype = in.optional_dtype().value_or(DType::Int64);
  return give(Variable(randint(low, high, shape, dtype, default_generator())), requires_grad);
}

HandleId make_randperm(bool requires_grad) {
  Reader in = input();
  const int64_t n = in.integer();
  const DType dtype = in.optional_dtype().value_or(DType::Int64);
  return give(Variable(randperm(n, dtype, default_generator())), requires_grad);
}

void manual_seed() { default_generator().manual_seed(static_cast<uint64_t>(input().integer())); }

// --- Reading -----------------------------------------------------------------------------------

uintptr_t read_shape(HandleId handle) {
  output().clear();
  output().numbers(variable_of(handle).shape());
  return output().address();
}

uintptr_t read_dtype(HandleId handle) {
  output().clear();
  output().dtype(variable_of(handle).dtype());
  return output().address();
}

/// Where the elements lie, in row-major order, and the tensor that keeps them there.
uintptr_t read_elements(HandleId handle) {
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

uintptr_t read_item(HandleId handle) {
  const Scalar value = variable_of(handle).item();
  output().clear();
  output().scalar(value);
  return output().address();
}

uintptr_t read_repr(HandleId handle) {
  const std::string text = repr(variable_of(handle));
  output().clear();
  output().text(text);
  return output().address();
}

/// Empty for a leaf.
uintptr_t read_grad_fn(HandleId handle) {
  const Variable variable = variable_of(handle);
  output().clear();
  output().text(variable.grad_fn() ? std::string(variable.grad_fn()->name()) : std::string());
  return output().address();
}

// --- Gradients ---------------------------------------------------------------------------------

bool requires_grad(HandleId handle) { return variable_of(handle).requires_grad(); }
void set_requires_grad(HandleId handle, bool value) { variable_of(handle).set_requires_grad(value); }
bool is_leaf(HandleId handle) { return variable_of(handle).is_leaf(); }
HandleId read_grad(HandleId handle) { return web::give(variable_of(handle).grad()); }
void set_grad(HandleId handle, HandleId grad) { variable_of(handle).set_grad(held(grad)); }
void retain_grad(HandleId handle) { variable_of(handle).retain_grad(); }
HandleId detach(HandleId handle) { return web::give(variable_of(handle).detach()); }

void run_backward(HandleId handle, HandleId gradient, bool retain_graph, bool create_graph) {
  variable_of(handle).backward(held(gradient), retain_graph, create_graph);
}

/// torch.autograd.grad: outputs, inputs and their gradients come through input().
uintptr_t run_grad(bool retain_graph, bool create_graph, bool allow_unused) {
  Reader in = input();
  const Variables outputs = in.variables(), inputs = in.variables(), gradients = in.variables();
  for (const Variables* given : {&outputs, &inputs}) {
    for (const Variable& one : *given) {
      if (!one.defined()) fail(ErrorKind::Type, "expected a Tensor");
    }
  }
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
  function("manualSeed", guarded<&manual_seed>);
  function("shape", guarded<&read_shape>);
  function("dtype", guarded<&read_dtype>);
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
