// Conversions, copies, and the sum that undoes broadcasting.
#include "gradpad/ops/convert.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/entry.h"

namespace gradpad {

Variable convert(const Variable& input, DType dtype) {
  if (input.dtype() == dtype && !input.is_number()) return input;
  Tensor data = input.dtype() == dtype ? input.data().clone() : input.data().to(dtype);
  return differentiable("ToCopyBackward0", std::move(data), {input}, {},
                        [from = input.dtype()](Backward&, const Variable& g) -> Variables {
                          return {convert(g, from)};
                        });
}

Variable to(const Variable& input, Device device) {
  if (input.device() == device) return input;
  return differentiable(
      "ToCopyBackward0", input.data().to(device), {input}, {},
      [from = input.device()](Backward&, const Variable& g) -> Variables { return {to(g, from)}; });
}

Variable clone(const Variable& input) {
  return differentiable("CloneBackward0", input.data().clone(), {input}, {},
                        [](Backward&, const Variable& g) -> Variables { return {g}; });
}

Variable contiguous(const Variable& input) {
  return input.data().is_contiguous() ? input : clone(input);
}

namespace {

/// The sum over dimension d, which stays with size 1.
Tensor sum_keeping(const Tensor& input, int64_t d) {
  const Tensor source = input.contiguous();
  kernels::ReduceShape reduce;
  for (int64_t i = 0; i < d; ++i) reduce.outer *= source.shape()[i];
  reduce.n = source.shape()[d];
  for (int64_t i = d + 1; i < source.dim(); ++i) reduce.inner *= source.shape()[i];
  Shape shape = source.shape();
  shape[d] = 1;
  Tensor result = Tensor::empty(shape, source.dtype(), source.device());
  kernels::kernels(source.device())
      .reduce(kernels::ReduceOp::Sum, source.dtype())(result.bytes(), source.bytes(), reduce);
  return result;
}

}  // namespace

Variable sum_to_size(const Variable& input, const Shape& shape) {
  if (input.shape() == shape) return input;
  const int64_t extra = input.dim() - shape.ssize();
  for (int64_t d = 0; d < input.dim(); ++d) {
    const bool fits = d < extra || shape[d - extra] == 1 || shape[d - extra] == input.shape()[d];
    if (extra < 0 || !fits) {
      fail("size {", to_string(shape), "} is not expandable to size {", to_string(input.shape()),
           "}.");
    }
  }
  Tensor data = input.data();
  for (int64_t d = 0; d < input.dim(); ++d) {
    const int64_t wanted = d < extra ? 1 : shape[d - extra];
    if (wanted == 1 && data.shape()[d] != 1) data = sum_keeping(data, d);
  }
  return differentiable("SumToSizeBackward0", data.reshape(shape), {input}, {},
                        [from = input.shape()](Backward&, const Variable& g) -> Variables {
                          return {expand(g, from)};
                        });
}

GRADPAD_DEFINE_OP(clone, "clone(Tensor input) -> Tensor",
                  "A copy of the data; gradients flow through it.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]; T[]", kEverywhere, boxed<&clone>);

GRADPAD_DEFINE_OP(contiguous, "contiguous(Tensor(a) input) -> Tensor(a)",
                  "The tensor itself if its elements stand in row-major order, else such a copy.\n"
                  "Derivative: g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kMethod, boxed<&contiguous>);

}  // namespace gradpad
