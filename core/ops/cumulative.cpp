// Running sums, products, maxima and minima.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

namespace {

/// Integers and bool accumulate as int64.
Variable accumulated_type(const Variable& input, std::optional<DType> dtype) {
  if (dtype) return convert(input, *dtype);
  return is_floating(input.dtype()) ? input : convert(input, DType::Int64);
}

Tensor scan(kernels::ScanOp op, const Tensor& input, int64_t dim) {
  const Tensor source = input.contiguous();
  Tensor out = Tensor::empty(source.shape(), source.dtype(), source.device());
  kernels::kernels(source.device())
      .scan(op, out.bytes(), source.bytes(), ops::shape_around(source.shape(), dim),
            source.dtype());
  return out;
}

/// sum of x[i], x[i+1], … along `dim`.
Variable reversed_cumsum(const Variable& x, int64_t dim) {
  return x.dim() == 0 ? x : flip(cumsum(flip(x, {dim}), dim), {dim});
}

/// d/dx[k] of cumprod is, for each j >= k, the product of the other factors up to j. With a zero
/// among them it cannot be had by division and is multiplied up, one k after the other.
Variable cumprod_gradient(const Variable& g, const Variable& x, const Variable& result,
                          int64_t dim) {
  if (x.dim() == 0) return g;
  const bool has_zero = any(eq(x.detach(), 0)).item().truth();
  if (!has_zero) return reversed_cumsum(g * result, dim) / x;
  const int64_t n = x.size(dim);
  Variables columns;
  for (int64_t k = 0; k < n; ++k) {
    const Variable later = cumprod(narrow(x, dim, k + 1, n - k - 1), dim);
    Variable grads = narrow(g, dim, k + 1, n - k - 1) * later;
    Variable column = narrow(g, dim, k, 1) + sum(grads, Dims{dim}, true);
    if (k > 0) column = column * prod(narrow(x, dim, 0, k), dim, true);
    columns.push_back(column);
  }
  return cat(columns, dim);
}

ValuesIndices running(std::string_view node, bool largest, const Variable& input, int64_t dim) {
  dim = wrap_dim(dim, input.dim());
  const Tensor source = input.data().contiguous();
  Tensor values = Tensor::empty(source.shape(), source.dtype(), source.device());
  Tensor indices = Tensor::empty(source.shape(), DType::Int64, source.device());
  kernels::kernels(source.device())
      .scan_extreme(largest, values.bytes(), indices.data<int64_t>(), source.bytes(),
                    ops::shape_around(source.shape(), dim), source.dtype());
  const Variables results = differentiable_many(
      node, {values, indices}, {input}, {saved_input(Variable(indices))},
      [=, from = input.shape()](Backward& b, const Variables& grads) -> Variables {
        const Variable zeros(Tensor::zeros(from, grads[0].dtype(), grads[0].device()));
        return {scatter_add(zeros, dim, b.saved(0), grads[0])};
      });
  return {results[0], results[1]};
}

}  // namespace

Variable cumsum(const Variable& given, int64_t dim, std::optional<DType> dtype) {
  const Variable input = accumulated_type(given, dtype);
  dim = wrap_dim(dim, input.dim());
  Tensor data = scan(kernels::ScanOp::Sum, input.data(), dim);
  return differentiable(
      "CumsumBackward0", std::move(data), {input}, {},
      [dim](Backward&, const Variable& g) -> Variables { return {reversed_cumsum(g, dim)}; });
}

Variable cumprod(const Variable& given, int64_t dim, std::optional<DType> dtype) {
  const Variable input = accumulated_type(given, dtype);
  dim = wrap_dim(dim, input.dim());
  Tensor data = scan(kernels::ScanOp::Prod, input.data(), dim);
  return differentiable_of(
      "CumprodBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [dim](Backward& b, const Variable& g) -> Variables {
        return {cumprod_gradient(g, b.saved(0), b.saved(1), dim)};
      });
}

Variable logcumsumexp(const Variable& input, int64_t dim) {
  dim = wrap_dim(dim, input.dim());
  if (!is_floating(input.dtype())) {
    fail("\"logcumsumexp_out_cpu\" not implemented for '", scalar_type_name(input.dtype()), "'");
  }
  Tensor data = scan(kernels::ScanOp::LogSumExp, input.data(), dim);
  return differentiable_of(
      "LogcumsumexpBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [dim](Backward& b, const Variable& g) -> Variables {
        // d out[j] / d x[i] = exp(x[i] - out[j]) for j >= i. A shift by the largest keeps the
        // factors finite.
        const Variable x = b.saved(0), out = b.saved(1);
        if (x.dim() == 0) return {g};
        const Variable shift = amax(x, {dim}, true).detach();
        return {exp(x - shift) * reversed_cumsum(g * exp(shift - out), dim)};
      });
}

ValuesIndices cummax(const Variable& input, int64_t dim) {
  return running("CummaxBackward0", true, input, dim);
}
ValuesIndices cummin(const Variable& input, int64_t dim) {
  return running("CumminBackward0", false, input, dim);
}

GRADPAD_DEFINE_OP(cumsum, "cumsum(Tensor input, int dim, *, dtype? dtype=None) -> Tensor",
                  "Running sums along `dim`; integers and bool give int64.\n"
                  "Derivative: the sums of g over what follows: flip(cumsum(flip(g))).\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; integers and bool give int64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere | kInPlace, boxed<&cumsum>);
GRADPAD_DEFINE_OP(cumprod, "cumprod(Tensor input, int dim, *, dtype? dtype=None) -> Tensor",
                  "Running products along `dim`; integers and bool give int64.\n"
                  "Derivative: sums of g * result over what follows, divided by input.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; integers and bool give int64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere | kInPlace, boxed<&cumprod>);
GRADPAD_DEFINE_OP(
    logcumsumexp, "logcumsumexp(Tensor input, int dim) -> Tensor",
    "log(cumsum(exp(input))) along `dim`, without overflow.\n"
    "Derivative: exp(input) times the sums of g * exp(-result) over what follows.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.",
    "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere, boxed<&logcumsumexp>);
GRADPAD_DEFINE_OP(cummax, "cummax(Tensor input, int dim) -> (Tensor values, Tensor indices)",
                  "Running maxima along `dim` and where they are: of equals the last.\n"
                  "Derivative: g added at the index of each running maximum.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "D[2,4], 1; D[3,2], 0", kEverywhere, boxed<&cummax>);
GRADPAD_DEFINE_OP(cummin, "cummin(Tensor input, int dim) -> (Tensor values, Tensor indices)",
                  "Running minima along `dim` and where they are: of equals the last.\n"
                  "Derivative: g added at the index of each running minimum.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "D[2,4], 1; D[3,2], 0", kEverywhere, boxed<&cummin>);

}  // namespace gradpad
