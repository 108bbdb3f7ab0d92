// Sums, means, products, any, all and counts.
#include "gradpad/ops/reduce.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

using kernels::ReduceOp;

namespace {

Tensor typed(const Variable& input, std::optional<DType> dtype) {
  return dtype ? input.data().to(*dtype) : input.data();
}

/// The gradient of a reduction's result, of the input's shape.
Variable spread(const Variable& g, const Shape& shape, const Dims& dims, bool keepdim) {
  if (keepdim || g.dim() == 0) return expand(g, shape);
  return expand(reshape(g, ops::reduced_shape(shape, dims, true)), shape);
}

DType mean_type(const Variable& input, std::optional<DType> dtype) {
  const DType result = dtype.value_or(input.dtype());
  if (!is_floating(result)) {
    fail(
        "mean(): could not infer output dtype. ", dtype ? "Optional" : "Input",
        " dtype must be either a floating point or complex dtype. Got: ", scalar_type_name(result));
  }
  return result;
}

Tensor mean_data(const Variable& input, DType dtype, const Dims& dims, bool keepdim) {
  Tensor data = ops::reduce_data(ReduceOp::Sum, input.data().to(dtype), dims, keepdim);
  ops::divide_data(data, static_cast<double>(ops::reduced_count(input.shape(), dims)));
  return data;
}

}  // namespace

Variable sum(const Variable& input, std::optional<DType> dtype) {
  const Dims dims = ops::reduction_dims({}, input.dim());
  Tensor data = ops::reduce_data(ReduceOp::Sum, typed(input, dtype), dims, false);
  if (dtype) data = data.to(*dtype);
  return differentiable("SumBackward0", std::move(data), {input}, {},
                        [shape = input.shape()](Backward&, const Variable& g) -> Variables {
                          return {expand(g, shape)};
                        });
}

Variable sum(const Variable& input, const Dims& dim, bool keepdim, std::optional<DType> dtype) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Tensor data = ops::reduce_data(ReduceOp::Sum, typed(input, dtype), dims, keepdim);
  if (dtype) data = data.to(*dtype);
  return differentiable("SumBackward1", std::move(data), {input}, {},
                        [=, shape = input.shape()](Backward&, const Variable& g) -> Variables {
                          return {spread(g, shape, dims, keepdim)};
                        });
}

Variable nansum(const Variable& input, const Dims& dim, bool keepdim, std::optional<DType> dtype) {
  if (!is_floating(input.dtype())) return sum(input, dim, keepdim, dtype);
  const Dims dims = ops::reduction_dims(dim, input.dim());
  const Variable given(typed(input, dtype));
  const Variable known = logical_not(isnan(given));
  Tensor data =
      ops::reduce_data(ReduceOp::Sum, where(known, given, Variable(0.0)).data(), dims, keepdim);
  return differentiable("NansumBackward0", std::move(data), {input}, {saved_input(known)},
                        [=, shape = input.shape()](Backward& b, const Variable& g) -> Variables {
                          return {spread(g, shape, dims, keepdim) * b.saved(0)};
                        });
}

Variable mean(const Variable& input, std::optional<DType> dtype) {
  const Dims dims = ops::reduction_dims({}, input.dim());
  Tensor data = mean_data(input, mean_type(input, dtype), dims, false);
  return differentiable(
      "MeanBackward0", std::move(data), {input}, {},
      [shape = input.shape(), n = input.numel()](Backward&, const Variable& g) -> Variables {
        return {expand(g / n, shape)};
      });
}

Variable mean(const Variable& input, const Dims& dim, bool keepdim, std::optional<DType> dtype) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Tensor data = mean_data(input, mean_type(input, dtype), dims, keepdim);
  return differentiable("MeanBackward1", std::move(data), {input}, {},
                        [=, shape = input.shape()](Backward&, const Variable& g) -> Variables {
                          const int64_t n = ops::reduced_count(shape, dims);
                          return {spread(g / n, shape, dims, keepdim)};
                        });
}

namespace {

/// Gradient of a product over `dim`. Dividing the product by each factor will not do where one is
/// zero; there it is the product of what stands before and what stands behind.
Variable prod_gradient(const Variable& g, const Variable& x, const Variable& result, int64_t dim) {
  const bool has_zero =
      ops::reduce_data(ReduceOp::All, x.data(), ops::reduction_dims({}, x.dim()), false)
          .item()
          .truth() == false;
  if (!has_zero) return g * result / x;
  if (x.dim() == 0) return g;
  const int64_t n = x.size(dim);
  Shape one = x.shape();
  one[wrap_dim(dim, x.dim())] = 1;
  const Variable ones(Tensor::full(one, 1, x.dtype(), x.device()));
  const Variable before = cumprod(cat({ones, narrow(x, dim, 0, n - 1)}, dim), dim);
  const Variable reversed = flip(narrow(x, dim, 1, n - 1), {dim});
  const Variable behind = flip(cumprod(cat({ones, reversed}, dim), dim), {dim});
  return g * (before * behind);
}

}  // namespace

Variable prod(const Variable& input, std::optional<DType> dtype) {
  const Dims dims = ops::reduction_dims({}, input.dim());
  Tensor data = ops::reduce_data(ReduceOp::Prod, typed(input, dtype), dims, false);
  if (dtype) data = data.to(*dtype);
  return differentiable_of(
      "ProdBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [](Backward& b, const Variable& g) -> Variables {
        const Variable x = b.saved(0);
        return {reshape(prod_gradient(g, reshape(x, {-1}), b.saved(1), 0), x.shape())};
      });
}

Variable prod(const Variable& input, int64_t dim, bool keepdim, std::optional<DType> dtype) {
  dim = wrap_dim(dim, input.dim());
  Tensor data = ops::reduce_data(ReduceOp::Prod, typed(input, dtype), {dim}, keepdim);
  if (dtype) data = data.to(*dtype);
  return differentiable_of(
      "ProdBackward1", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [=](Backward& b, const Variable& g) -> Variables {
        const Variable x = b.saved(0);
        const auto kept = [&](const Variable& v) {
          return keepdim || x.dim() == 0 ? v : unsqueeze(v, dim);
        };
        return {prod_gradient(kept(g), x, kept(b.saved(1)), dim)};
      });
}

namespace {

Variable truth(ReduceOp op, const Variable& input, const Dims& dims, bool keepdim) {
  Tensor data = ops::reduce_data(op, input.data(), dims, keepdim);
  return Variable(input.dtype() == DType::UInt8 ? data.to(DType::UInt8) : data);
}

}  // namespace

Variable any(const Variable& input) {
  return truth(ReduceOp::Any, input, ops::reduction_dims({}, input.dim()), false);
}
Variable any(const Variable& input, int64_t dim, bool keepdim) {
  return truth(ReduceOp::Any, input, {wrap_dim(dim, input.dim())}, keepdim);
}
Variable all(const Variable& input) {
  return truth(ReduceOp::All, input, ops::reduction_dims({}, input.dim()), false);
}
Variable all(const Variable& input, int64_t dim, bool keepdim) {
  return truth(ReduceOp::All, input, {wrap_dim(dim, input.dim())}, keepdim);
}

Variable count_nonzero(const Variable& input, const Dims& dim) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  return Variable(ops::reduce_data(ReduceOp::Sum, input.data().to(DType::Bool), dims, false));
}

namespace {

/// sum_to_size of a user, by the operations that PyTorch makes it of.
Variable summed_to_size(const Variable& input, const Dims& size) {
  const int64_t extra = input.dim() - size.ssize();
  if (extra < 0 || broadcast_shapes(input.shape(), size) != input.shape()) {
    fail("size {", to_string(size), "} is not expandable to size {", to_string(input.shape()),
         "}.");
  }
  if (size.empty()) return sum(input);
  Dims dims;
  for (int64_t d = 0; d < input.dim(); ++d) {
    if (d < extra || (size[d - extra] == 1 && input.shape()[d] != 1)) dims.push_back(d);
  }
  const Variable result = dims.empty() ? input : sum(input, dims, true);
  return extra > 0 ? view(result, size) : result;
}

}  // namespace

GRADPAD_DEFINE_OP(
    sum_to_size, "sum_to_size(Tensor input, int[] size) -> Tensor",
    "Sums to `size`, from which the tensor could have been broadcast.\n"
    "Derivative: g, repeated over what was summed.\n"
    "Shape: `size`.\n"
    "Dtypes: any; what is summed becomes int64 from integers and bool.\n"
    "Errors: RuntimeError where the tensor could not have been broadcast from `size`.",
    "T[2,3], [3]; T[2,3], [2,1]; T[2,3], []", kMethod, boxed<&summed_to_size>);
GRADPAD_DEFINE_OP(
    sum, "sum(Tensor input, *, dtype? dtype=None) -> Tensor",
    "The sum of all elements. Integers and bool are summed as int64; `dtype` converts first.\n"
    "Derivative: g, repeated over what was summed.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; integers and bool give int64.\n"
    "Errors: IndexError for a dimension out of range.",
    "T[2,3]; T[]; T[0,2]", kEverywhere,
    boxed<overload<const Variable&, std::optional<DType>>(sum)>);
GRADPAD_DEFINE_OP(
    sum_dim, "sum(Tensor input, int[1]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor",
    "The sum over the dimensions `dim`; None or () means all.",
    "T[2,3], 0; T[2,3,2], [0,2]; T[2,3], 1, True; T[2,3], None; T[], 0; T[2,3,2], [0,2], True",
    kEverywhere, boxed<overload<const Variable&, const Dims&, bool, std::optional<DType>>(sum)>);
GRADPAD_DEFINE_OP(
    nansum,
    "nansum(Tensor input, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> Tensor",
    "The sum with NaN taken as 0.\n"
    "Derivative: g where the element is no NaN, else 0.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; integers and bool give int64.\n"
    "Errors: IndexError for a dimension out of range.",
    "T[2,3]; T[2,3], 1, True", kEverywhere, boxed<&nansum>);
GRADPAD_DEFINE_OP(
    mean, "mean(Tensor input, *, dtype? dtype=None) -> Tensor",
    "The mean of all elements. RuntimeError for integers and bool unless `dtype` is floating.\n"
    "Derivative: g / the number of elements.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool without a dtype; IndexError for a dimension out "
    "of range.",
    "T[2,3]; T[]", kEverywhere, boxed<overload<const Variable&, std::optional<DType>>(mean)>);
GRADPAD_DEFINE_OP(
    mean_dim, "mean(Tensor input, int[1]? dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor",
    "The mean over the dimensions `dim`; None or () means all.",
    "T[2,3], 0; T[2,3,2], [0,2]; T[2,3], 1, True; T[2,3], None", kEverywhere,
    boxed<overload<const Variable&, const Dims&, bool, std::optional<DType>>(mean)>);
GRADPAD_DEFINE_OP(prod, "prod(Tensor input, *, dtype? dtype=None) -> Tensor",
                  "The product of all elements.\n"
                  "Derivative: g * result / input, right for zeros as well.\n"
                  "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
                  "Dtypes: any; integers and bool give int64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3]; T[]", kEverywhere,
                  boxed<overload<const Variable&, std::optional<DType>>(prod)>);
GRADPAD_DEFINE_OP(prod_dim,
                  "prod(Tensor input, int dim, bool keepdim=False, *, dtype? dtype=None) -> Tensor",
                  "The product over `dim`.", "T[2,3], 0; T[2,3], 1, True; T[], 0", kEverywhere,
                  boxed<overload<const Variable&, int64_t, bool, std::optional<DType>>(prod)>);
GRADPAD_DEFINE_OP(any, "any(Tensor input) -> Tensor",
                  "Whether any element is not 0: bool, or uint8 for uint8.\n"
                  "Derivative: none.\n"
                  "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
                  "Dtypes: any; the result is bool, or uint8 for uint8.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "none: gives integers or bool", kEverywhere,
                  boxed<overload<const Variable&>(any)>);
GRADPAD_DEFINE_OP(any_dim, "any(Tensor input, int dim, bool keepdim=False) -> Tensor",
                  "Whether any element along `dim` is not 0.", "none: gives integers or bool",
                  kEverywhere, boxed<overload<const Variable&, int64_t, bool>(any)>);
GRADPAD_DEFINE_OP(all, "all(Tensor input) -> Tensor",
                  "Whether every element is not 0: bool, or uint8 for uint8.\n"
                  "Derivative: none.\n"
                  "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
                  "Dtypes: any; the result is bool, or uint8 for uint8.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "none: gives integers or bool", kEverywhere,
                  boxed<overload<const Variable&>(all)>);
GRADPAD_DEFINE_OP(all_dim, "all(Tensor input, int dim, bool keepdim=False) -> Tensor",
                  "Whether every element along `dim` is not 0.", "none: gives integers or bool",
                  kEverywhere, boxed<overload<const Variable&, int64_t, bool>(all)>);
GRADPAD_DEFINE_OP(count_nonzero, "count_nonzero(Tensor input, int[1]? dim=None) -> Tensor",
                  "How many elements are not 0, over the dimensions `dim` or all; int64.\n"
                  "Derivative: none.\n"
                  "Shape: without the dimensions `dim`.\n"
                  "Dtypes: any; the result is int64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "none: gives integers or bool", kEverywhere, boxed<&count_nonzero>);

}  // namespace gradpad
