// Largest and smallest elements, and where they are.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

using kernels::ReduceOp;

namespace {

void check_not_empty(const Variable& input, std::string_view name) {
  if (input.numel() == 0) {
    fail(name,
         "(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
         "reduction dim with the 'dim' argument.");
  }
}

void check_size(const Variable& input, int64_t d, std::string_view name) {
  if (input.dim() > 0 && input.shape()[d] == 0) {
    fail(ErrorKind::Index, name, "(): Expected reduction dim ", d, " to have non-zero size.");
  }
}

/// Reduces, bool through uint8.
Tensor extreme_data(ReduceOp op, const Tensor& input, const Dims& dims, bool keepdim) {
  const bool is_bool = input.dtype() == DType::Bool;
  Tensor data = ops::reduce_data(op, is_bool ? input.to(DType::UInt8) : input, dims, keepdim);
  return is_bool ? data.to(DType::Bool) : data;
}

/// Each result's gradient shared evenly among the elements equal to it.
Variable shared_gradient(const Variable& g, const Variable& x, const Variable& result,
                         const Dims& dims, bool keepdim) {
  const Shape kept = ops::reduced_shape(x.shape(), dims, true);
  const auto broadcast = [&](const Variable& v) { return keepdim ? v : reshape(v, kept); };
  Variable share;
  {
    GradModeGuard no_grad(false);
    const Variable equal = eq(x, broadcast(result));
    share = convert(equal, g.dtype()) / sum(equal, dims, true);
  }
  return broadcast(g) * share;
}

Variable extreme(std::string_view node, ReduceOp op, const Variable& input, const Dims& dims,
                 bool keepdim) {
  return differentiable_of(
      node, extreme_data(op, input.data(), dims, keepdim), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [=](Backward& b, const Variable& g) -> Variables {
        return {shared_gradient(g, b.saved(0), b.saved(1), dims, keepdim)};
      });
}

/// The extreme elements along `d` with their indices.
ValuesIndices extreme_along(std::string_view node, bool largest, const Variable& input, int64_t d,
                            bool keepdim) {
  d = wrap_dim(d, input.dim());
  check_size(input, d, largest ? "max" : "min");
  const bool is_bool = input.dtype() == DType::Bool;
  const Tensor source = (is_bool ? input.data().to(DType::UInt8) : input.data()).contiguous();
  const Shape shape = ops::reduced_shape(input.shape(), {d}, keepdim);
  Tensor values = Tensor::empty(shape, source.dtype(), source.device());
  Tensor indices = Tensor::empty(shape, DType::Int64, source.device());
  const auto& table = kernels::kernels(source.device());
  const auto type = static_cast<size_t>(source.dtype());
  if (values.numel() > 0) {
    (largest ? table.arg_max : table.arg_min)[type](values.bytes(), indices.data<int64_t>(),
                                                    source.bytes(),
                                                    ops::shape_around(input.shape(), d));
  }
  if (is_bool) values = values.to(DType::Bool);
  const Variables results = differentiable_many(
      node, {values, indices}, {input}, {saved_input(Variable(indices))},
      [=, from = input.shape()](Backward& b, const Variables& grads) -> Variables {
        const Variable zeros(Tensor::zeros(from, grads[0].dtype(), grads[0].device()));
        if (keepdim || from.empty()) return {scatter(zeros, d, b.saved(0), grads[0])};
        return {scatter(zeros, d, unsqueeze(b.saved(0), d), unsqueeze(grads[0], d))};
      });
  return {results[0], results[1]};
}

Variable arg_extreme(std::string_view name, bool largest, const Variable& input,
                     std::optional<int64_t> dim, bool keepdim) {
  if (!dim && input.numel() == 0) {
    fail(ErrorKind::Index, name,
         "(): Expected reduction dim to be specified for input.numel() == 0.");
  }
  if (input.dtype() == DType::Bool) fail('"', name, "_cpu\" not implemented for 'Bool'");
  const int64_t d = dim ? wrap_dim(*dim, input.dim()) : 0;
  if (dim) check_size(input, d, name);
  const Dims dims = dim ? Dims{d} : ops::reduction_dims({}, input.dim());
  Tensor indices =
      Tensor::empty(ops::reduced_shape(input.shape(), dims, keepdim), DType::Int64, input.device());
  if (indices.numel() == 0) return Variable(indices);
  const Tensor source = input.data().contiguous();
  const auto& table = kernels::kernels(source.device());
  const kernels::ReduceShape whole{1, input.numel(), 1};
  (largest ? table.arg_max : table.arg_min)[static_cast<size_t>(source.dtype())](
      nullptr, indices.data<int64_t>(), source.bytes(),
      dim ? ops::shape_around(input.shape(), d) : whole);
  return Variable(indices);
}

}  // namespace

Variable max(const Variable& input) {
  check_not_empty(input, "max");
  return extreme("MaxBackward1", ReduceOp::Max, input, ops::reduction_dims({}, input.dim()), false);
}
Variable min(const Variable& input) {
  check_not_empty(input, "min");
  return extreme("MinBackward1", ReduceOp::Min, input, ops::reduction_dims({}, input.dim()), false);
}
ValuesIndices max(const Variable& input, int64_t dim, bool keepdim) {
  return extreme_along("MaxBackward0", true, input, dim, keepdim);
}
ValuesIndices min(const Variable& input, int64_t dim, bool keepdim) {
  return extreme_along("MinBackward0", false, input, dim, keepdim);
}
Variable max(const Variable& input, const Variable& other) { return maximum(input, other); }
Variable min(const Variable& input, const Variable& other) { return minimum(input, other); }

namespace {

Variable extreme_over(std::string_view name, std::string_view node, ReduceOp op,
                      const Variable& input, const Dims& dim, bool keepdim) {
  if (dim.empty()) check_not_empty(input, name);
  const Dims dims = ops::reduction_dims(dim, input.dim());
  if (input.numel() == 0) {
    for (int64_t d : dims) check_size(input, d, name);
    // Nothing is reduced, and nothing results.
    return differentiable(node,
                          Tensor::empty(ops::reduced_shape(input.shape(), dims, keepdim),
                                        input.dtype(), input.device()),
                          {input}, {},
                          [from = input.shape()](Backward&, const Variable& g) -> Variables {
                            return {Variable(Tensor::zeros(from, g.dtype(), g.device()))};
                          });
  }
  return extreme(node, op, input, dims, keepdim);
}

}  // namespace

Variable amax(const Variable& input, const Dims& dim, bool keepdim) {
  return extreme_over("amax", "AmaxBackward0", ReduceOp::Max, input, dim, keepdim);
}
Variable amin(const Variable& input, const Dims& dim, bool keepdim) {
  return extreme_over("amin", "AminBackward0", ReduceOp::Min, input, dim, keepdim);
}
Variable argmax(const Variable& input, std::optional<int64_t> dim, bool keepdim) {
  return arg_extreme("argmax", true, input, dim, keepdim);
}
Variable argmin(const Variable& input, std::optional<int64_t> dim, bool keepdim) {
  return arg_extreme("argmin", false, input, dim, keepdim);
}

namespace {

Variables aminmax(const Variable& input, std::optional<int64_t> dim, bool keepdim) {
  const Dims dims = dim ? Dims{*dim} : Dims{};
  if (!dim && input.numel() == 0) {
    fail(
        "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
        "identity.");
  }
  return {amin(input, dims, keepdim), amax(input, dims, keepdim)};
}

constexpr std::string_view kMaxDoc =
    "The largest element. NaN wins. Where several are equal the gradient is shared evenly.";
constexpr std::string_view kMaxDimDoc =
    "The largest elements along `dim` and their indices: of equals the first, which gets the whole "
    "gradient. NaN wins.";
constexpr std::string_view kMinDoc =
    "The smallest element. NaN wins. Where several are equal the gradient is shared evenly.";
constexpr std::string_view kMinDimDoc =
    "The smallest elements along `dim` and their indices: of equals the first, which gets the "
    "whole "
    "gradient. NaN wins.";

}  // namespace

GRADPAD_DEFINE_OP(max, "max(Tensor input) -> Tensor", kMaxDoc, "D[2,3]; D[]", kEverywhere,
                  boxed<overload<const Variable&>(max)>);
GRADPAD_DEFINE_OP(
    max_dim, "max(Tensor input, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    kMaxDimDoc, "D[2,3], 0; D[2,3], 1, True; D[], 0", kEverywhere,
    boxed<overload<const Variable&, int64_t, bool>(max)>);
GRADPAD_DEFINE_OP(
    max_other, "max(Tensor input, Tensor other) -> Tensor",
    "The larger of each two elements, as maximum.\n"
    "Derivative: g divided evenly among the largest; along `dim` to the one at the index.\n"
    "Shape: []; along `dim` without it, or with size 1 if keepdim.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an empty tensor; IndexError for a dimension out of range.",
    "T[2,3], T[3]", kEverywhere, boxed<overload<const Variable&, const Variable&>(max)>);
GRADPAD_DEFINE_OP(min, "min(Tensor input) -> Tensor", kMinDoc, "D[2,3]; D[]", kEverywhere,
                  boxed<overload<const Variable&>(min)>);
GRADPAD_DEFINE_OP(
    min_dim, "min(Tensor input, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)",
    kMinDimDoc, "D[2,3], 0; D[2,3], 1, True; D[], 0", kEverywhere,
    boxed<overload<const Variable&, int64_t, bool>(min)>);
GRADPAD_DEFINE_OP(
    min_other, "min(Tensor input, Tensor other) -> Tensor",
    "The smaller of each two elements, as minimum.\n"
    "Derivative: g divided evenly among the smallest; along `dim` to the one at the index.\n"
    "Shape: []; along `dim` without it, or with size 1 if keepdim.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an empty tensor; IndexError for a dimension out of range.",
    "T[2,3], T[3]", kEverywhere, boxed<overload<const Variable&, const Variable&>(min)>);
GRADPAD_DEFINE_OP(
    amax, "amax(Tensor input, int[1] dim=[], bool keepdim=False) -> Tensor",
    "The largest element over the dimensions `dim`, or all. The gradient is shared evenly among "
    "equals.\n"
    "Derivative: g divided evenly among the largest.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an empty dimension; IndexError for one out of range.",
    "D[2,3]; D[2,3,2], [0,2]; D[2,3], 1, True", kEverywhere, boxed<&amax>);
GRADPAD_DEFINE_OP(
    amin, "amin(Tensor input, int[1] dim=[], bool keepdim=False) -> Tensor",
    "The smallest element over the dimensions `dim`, or all. The gradient is shared evenly among "
    "equals.\n"
    "Derivative: g divided evenly among the smallest.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an empty dimension; IndexError for one out of range.",
    "D[2,3]; D[2,3,2], [0,2]; D[2,3], 1, True", kEverywhere, boxed<&amin>);
GRADPAD_DEFINE_OP(
    aminmax,
    "aminmax(Tensor input, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)",
    "The smallest and the largest element.\n"
    "Derivative: g divided evenly among the smallest, and among the largest.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an empty dimension; IndexError for one out of range.",
    "D[2,3]; D[2,3], dim=1, keepdim=True", kEverywhere, boxed<&aminmax>);
GRADPAD_DEFINE_OP(
    argmax, "argmax(Tensor input, int? dim=None, bool keepdim=False) -> Tensor",
    "The index of the first largest element along `dim`; without `dim`, its row-major position. "
    "int64.\n"
    "Derivative: none.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any but bool; the result is int64.\n"
    "Errors: IndexError for a dimension out of range or an empty one.",
    "none: gives integers or bool", kEverywhere, boxed<&argmax>);
GRADPAD_DEFINE_OP(
    argmin, "argmin(Tensor input, int? dim=None, bool keepdim=False) -> Tensor",
    "The index of the first smallest element along `dim`; without `dim`, its row-major position. "
    "int64.\n"
    "Derivative: none.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any but bool; the result is int64.\n"
    "Errors: IndexError for a dimension out of range or an empty one.",
    "none: gives integers or bool", kEverywhere, boxed<&argmin>);

}  // namespace gradpad
