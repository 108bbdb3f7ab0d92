// Variance, deviation, norms and log-sum-exp.
#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "gradpad/tensor/default_dtype.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

using kernels::ReduceOp;

namespace {

struct Moments {
  Tensor mean, variance;
};

/// The dimensions `dims` are moved behind the others, to be one row for each result.
Moments moments(const Tensor& input, const Dims& dims, int64_t correction, bool keepdim) {
  if (!is_floating(input.dtype())) {
    fail("std and var only support floating point and complex dtypes");
  }
  const Shape shape = ops::reduced_shape(input.shape(), dims, keepdim);
  const int64_t n = ops::reduced_count(input.shape(), dims);
  Dims order;
  size_t next = 0;
  for (int64_t d = 0; d < input.dim(); ++d) {
    if (next < dims.size() && dims[next] == d)
      ++next;
    else
      order.push_back(d);
  }
  for (int64_t d : dims) {
    if (d < input.dim()) order.push_back(d);
  }
  const Tensor rows = input.permute(order).contiguous();
  const double freedom = static_cast<double>(std::max<int64_t>(0, n - correction));
  Moments result{Tensor::empty(shape, input.dtype(), input.device()),
                 Tensor::empty(shape, input.dtype(), input.device())};
  if (n == 0) {
    result.mean.fill(std::nan(""));
    result.variance.fill(std::nan(""));
    return result;
  }
  dispatch_floating(input.dtype(), "var", [&]<class T>() {
    kernels::kernels(input.device())
        .of<T>()
        .moments(result.mean.data<T>(), result.variance.data<T>(), rows.data<T>(),
                 {result.mean.numel(), n, 1});
  });
  ops::divide_data(result.variance, freedom);
  return result;
}

Variable kept(const Variable& v, const Shape& shape, const Dims& dims, bool keepdim) {
  return keepdim ? v : reshape(v, ops::reduced_shape(shape, dims, true));
}

/// d variance / d x = 2 (x - mean) / (n - correction).
Variable variance_gradient(const Variable& g, const Variable& x, const Dims& dims,
                           int64_t correction, bool keepdim) {
  const int64_t n = ops::reduced_count(x.shape(), dims);
  // As PyTorch has it; the formula would give NaN.
  if (x.dim() == 0 && n == correction) return g * INFINITY;
  const double scale = 2.0 / static_cast<double>(n - correction);
  return kept(g, x.shape(), dims, keepdim) * scale * (x - mean(x, dims, true));
}

/// d deviation = d variance / (2 deviation), taken as 0 where the deviation is 0.
Variable deviation_gradient(const Variable& g, const Variable& x, const Variable& result,
                            const Dims& dims, int64_t correction, bool keepdim) {
  const Variable to_variance = where(eq(result, 0), Variable(0.0), g / (2 * result));
  return variance_gradient(to_variance, x, dims, correction, keepdim);
}

}  // namespace

Variable var(const Variable& input, const Dims& dim, int64_t correction, bool keepdim) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Tensor data = moments(input.data(), dims, correction, keepdim).variance;
  return differentiable("VarBackward0", std::move(data), {input}, {saved_input(input)},
                        [=](Backward& b, const Variable& g) -> Variables {
                          return {variance_gradient(g, b.saved(0), dims, correction, keepdim)};
                        });
}

Variable std(const Variable& input, const Dims& dim, int64_t correction, bool keepdim) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Tensor data = moments(input.data(), dims, correction, keepdim).variance;
  ops::root_data(data);
  return differentiable_of(
      "StdBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [=](Backward& b, const Variable& g) -> Variables {
        return {deviation_gradient(g, b.saved(0), b.saved(1), dims, correction, keepdim)};
      });
}

namespace {

/// var_mean and std_mean: both results of one pass.
Variables with_mean(bool root, const Variable& input, const Dims& dim, int64_t correction,
                    bool keepdim) {
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Moments data = moments(input.data(), dims, correction, keepdim);
  if (root) ops::root_data(data.variance);
  return differentiable_many(
      root ? "StdMeanBackward0" : "VarMeanBackward0", {data.variance, data.mean}, {input},
      {saved_input(input), saved_output(data.variance, 0)},
      [=](Backward& b, const Variables& grads) -> Variables {
        const Variable x = b.saved(0);
        Variable total;
        if (grads[0].defined()) {
          total = root ? deviation_gradient(grads[0], x, b.saved(1), dims, correction, keepdim)
                       : variance_gradient(grads[0], x, dims, correction, keepdim);
        }
        if (grads[1].defined()) {
          const int64_t n = ops::reduced_count(x.shape(), dims);
          const Variable part = expand(kept(grads[1] / n, x.shape(), dims, keepdim), x.shape());
          total = total.defined() ? total + part : part;
        }
        return {total};
      });
}

/// |x|^p summed, and the root taken.
Tensor norm_data(const Tensor& input, double p, const Dims& dims, bool keepdim) {
  GradModeGuard no_grad(false);
  if (p == 1) return ops::reduce_data(ReduceOp::SumAbs, input, dims, keepdim);
  if (p == 2) {
    Tensor data = ops::reduce_data(ReduceOp::SumSquares, input, dims, keepdim);
    ops::root_data(data);
    return data;
  }
  const Variable size = abs(Variable(input));
  if (p == 0) {
    return sum(ne(size, 0), dims, keepdim, input.dtype()).data();
  }
  if (std::isinf(p)) {
    if (input.numel() == 0) return ops::reduce_data(ReduceOp::Sum, input, dims, keepdim);
    return ops::reduce_data(p > 0 ? ReduceOp::Max : ReduceOp::Min, size.data(), dims, keepdim);
  }
  return pow(sum(pow(size, p), dims, keepdim), 1 / p).data();
}

Variable zero_where(const Variable& condition, const Variable& value) {
  return where(condition, Variable(0.0), value);
}

/// For p: sign(x) |x|^(p-1) / norm^(p-1), with 0 where x or the norm is 0.
Variable norm_gradient(const Variable& g, const Variable& x, const Variable& norm, double p,
                       const Dims& dims) {
  if (p == 0) return Variable(Tensor::zeros(x.shape(), x.dtype(), x.device()));
  if (p == 1) return g * sign(x);
  if (p == 2) return x * zero_where(eq(norm, 0), g / norm);
  if (std::isinf(p)) {
    const Variable reached = sign(x) * eq(abs(x), norm);
    return reached * (g / sum(ne(reached, 0), dims, true));
  }
  const Variable scale = zero_where(eq(norm, 0), g / pow(norm, p - 1));
  if (p < 2) return zero_where(eq(x, 0), sign(x) * pow(abs(x), p - 1)) * scale;
  return x * pow(abs(x), p - 2) * scale;
}

Variable norm_named(std::string_view node, std::string_view name, const Variable& given, double p,
                    const Dims& dim, bool keepdim, std::optional<DType> dtype) {
  const Variable input = dtype ? convert(given, *dtype) : given;
  if (!is_floating(input.dtype())) {
    if (name == "norm") {
      fail("norm(): input dtype should be either floating point or complex. Got ",
           scalar_type_name(input.dtype()), " instead.");
    }
    fail(name, ": Expected a floating point or complex tensor as input. Got ",
         scalar_type_name(input.dtype()));
  }
  const Dims dims = ops::reduction_dims(dim, input.dim());
  return differentiable_of(
      node, norm_data(input.data(), p, dims, keepdim), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [=](Backward& b, const Variable& g) -> Variables {
        const Variable x = b.saved(0);
        return {norm_gradient(kept(g, x.shape(), dims, keepdim), x,
                              kept(b.saved(1), x.shape(), dims, keepdim), p, dims)};
      });
}

}  // namespace

Variable norm(const Variable& input, double p, const Dims& dim, bool keepdim,
              std::optional<DType> dtype) {
  return norm_named("NormBackward1", "norm", input, p, dim, keepdim, dtype);
}

Variable logsumexp(const Variable& given, const Dims& dim, bool keepdim) {
  const Variable input = is_floating(given.dtype()) ? given : convert(given, default_dtype());
  const Dims dims = ops::reduction_dims(dim, input.dim());
  Tensor data;
  {
    GradModeGuard no_grad(false);
    const Variable x = input.detach();
    if (x.numel() == 0) {
      data = log(sum(exp(x), dims, keepdim)).data();
    } else {
      // Infinite maxima would give inf - inf.
      const Variable top = amax(x, dims, true);
      const Variable shift = where(isinf(top), Variable(0.0), top);
      const Variable total = log(sum(exp(x - shift), dims, keepdim));
      data = (total + (keepdim ? shift : reshape(shift, total.shape()))).data();
    }
  }
  return differentiable_of(
      "LogsumexpBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [=](Backward& b, const Variable& g) -> Variables {
        const Variable x = b.saved(0);
        return {kept(g, x.shape(), dims, keepdim) *
                exp(x - kept(b.saved(1), x.shape(), dims, keepdim))};
      });
}

namespace {

Variable var_whole(const Variable& input, bool unbiased) {
  return var(input, {}, unbiased ? 1 : 0);
}
Variable var_dim(const Variable& input, const Dims& dim, bool unbiased, bool keepdim) {
  return var(input, dim, unbiased ? 1 : 0, keepdim);
}
Variable var_corrected(const Variable& input, const Dims& dim, std::optional<int64_t> correction,
                       bool keepdim) {
  return var(input, dim, correction.value_or(1), keepdim);
}
Variable std_whole(const Variable& input, bool unbiased) {
  return std(input, {}, unbiased ? 1 : 0);
}
Variable std_dim(const Variable& input, const Dims& dim, bool unbiased, bool keepdim) {
  return std(input, dim, unbiased ? 1 : 0, keepdim);
}
Variable std_corrected(const Variable& input, const Dims& dim, std::optional<int64_t> correction,
                       bool keepdim) {
  return std(input, dim, correction.value_or(1), keepdim);
}
template <bool root>
Variables with_mean_whole(const Variable& input, bool unbiased) {
  return with_mean(root, input, {}, unbiased ? 1 : 0, false);
}
template <bool root>
Variables with_mean_dim(const Variable& input, const Dims& dim, bool unbiased, bool keepdim) {
  return with_mean(root, input, dim, unbiased ? 1 : 0, keepdim);
}

double named_norm(const std::string& p) {
  if (p == "fro") return 2;
  if (p == "nuc") fail(ErrorKind::NotImplemented, "the nuclear norm is not available");
  fail("only valid string values are 'fro' and 'nuc', found ", p);
}
Variable norm_by_name(const Variable& input, const std::string& p, const Dims& dim, bool keepdim,
                      std::optional<DType> dtype) {
  return norm(input, named_norm(p), dim, keepdim, dtype);
}
Variable vector_norm(const Variable& input, double p, const Dims& dim, bool keepdim,
                     std::optional<DType> dtype) {
  return norm_named("LinalgVectorNormBackward0", "linalg.vector_norm", input, p, dim, keepdim,
                    dtype);
}
/// Without `ord` the 2-norm of all elements; with it, of vectors, for matrices have other norms.
Variable linalg_norm(const Variable& input, std::optional<double> ord, const Dims& dim,
                     bool keepdim, std::optional<DType> dtype) {
  const bool matrix = dim.size() == 2 || (dim.empty() && input.dim() == 2);
  if (ord && (matrix || (dim.empty() && input.dim() != 1))) {
    fail(ErrorKind::NotImplemented,
         "linalg.norm of a matrix is available without ord and with ord='fro' only");
  }
  return norm_named("LinalgVectorNormBackward0", "linalg.vector_norm", input, ord.value_or(2), dim,
                    keepdim, dtype);
}
Variable linalg_norm_by_name(const Variable& input, const std::string& ord, const Dims& dim,
                             bool keepdim, std::optional<DType> dtype) {
  return norm_named("LinalgVectorNormBackward0", "linalg.vector_norm", input, named_norm(ord), dim,
                    keepdim, dtype);
}
Variable dist(const Variable& input, const Variable& other, double p) {
  return norm_named("DistBackward0", "norm", input - other, p, {}, false, {});
}

constexpr std::string_view kVarDoc =
    "The variance, sum((input - mean)^2) / (n - correction); unbiased means correction=1. "
    "Floating types only.\n"
    "Derivative: 2 * g * (input - mean) / (n - correction).\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.";
constexpr std::string_view kStdDoc =
    "The standard deviation, the root of the variance; unbiased means correction=1. Floating "
    "types only.\n"
    "Derivative: g * (input - mean) / (result * (n - correction)).\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.";
constexpr std::string_view kNormDoc =
    "sum(|input|^p)^(1/p) over the dimensions `dim`, or all; for p = inf, -inf and 0 the largest "
    "and smallest |input|, and the number of elements that are not 0. 'fro' is 2.\n"
    "Derivative: g * input * |input|^(p-2) / result^(p-1).\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.";

}  // namespace

GRADPAD_DEFINE_OP(var, "var(Tensor input, bool unbiased=True) -> Tensor", kVarDoc,
                  "T[2,3]; T[2,3], False", kEverywhere, boxed<&var_whole>);
GRADPAD_DEFINE_OP(
    var_dim, "var(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
    kVarDoc, "T[2,3], 0; T[2,3,2], [0,2], False, True", kEverywhere, boxed<&var_dim>);
GRADPAD_DEFINE_OP(
    var_correction,
    "var(Tensor input, int[1]? dim=None, *, int? correction=None, bool keepdim=False) -> Tensor",
    kVarDoc, "T[2,4], 1, correction=2, keepdim=True", kEverywhere, boxed<&var_corrected>);
GRADPAD_DEFINE_OP(std, "std(Tensor input, bool unbiased=True) -> Tensor", kStdDoc,
                  "T[2,3]; T[2,3], False", kEverywhere, boxed<&std_whole>);
GRADPAD_DEFINE_OP(
    std_dim, "std(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor",
    kStdDoc, "T[2,3], 0; T[2,3,2], [0,2], False, True", kEverywhere, boxed<&std_dim>);
GRADPAD_DEFINE_OP(
    std_correction,
    "std(Tensor input, int[1]? dim=None, *, int? correction=None, bool keepdim=False) -> Tensor",
    kStdDoc, "T[2,4], 1, correction=2, keepdim=True", kEverywhere, boxed<&std_corrected>);
GRADPAD_DEFINE_OP(
    var_mean, "var_mean(Tensor input, bool unbiased=True) -> (Tensor, Tensor)",
    "Variance and mean.\n"
    "Derivative: as var's, and g / n for the mean.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.",
    "T[2,3]", kTorch, boxed<&with_mean_whole<false>>);
GRADPAD_DEFINE_OP(
    var_mean_dim,
    "var_mean(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, "
    "Tensor)",
    "Variance and mean.", "T[2,3], 1, False, True", kTorch, boxed<&with_mean_dim<false>>);
GRADPAD_DEFINE_OP(
    std_mean, "std_mean(Tensor input, bool unbiased=True) -> (Tensor, Tensor)",
    "Standard deviation and mean.\n"
    "Derivative: as std's, and g / n for the mean.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.",
    "T[2,3]", kTorch, boxed<&with_mean_whole<true>>);
GRADPAD_DEFINE_OP(
    std_mean_dim,
    "std_mean(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, "
    "Tensor)",
    "Standard deviation and mean.", "T[2,3], 1, False", kTorch, boxed<&with_mean_dim<true>>);
GRADPAD_DEFINE_OP(
    norm,
    "norm(Tensor input, float p=2, int[1]? dim=None, bool keepdim=False, dtype? dtype=None) -> "
    "Tensor",
    kNormDoc,
    "T[2,3]; T[2,3], 1; T[2,3], 3, 1; T[2,3], 1.5, 0, True; D[2,3], inf; T[2,3], 2, [0,1]; "
    "T[2,3], 0",
    kEverywhere, boxed<&norm>);
GRADPAD_DEFINE_OP(
    norm_name,
    "norm(Tensor input, str p, int[1]? dim=None, bool keepdim=False, dtype? dtype=None) -> Tensor",
    kNormDoc, "T[2,3], 'fro'; T[2,3], 'fro', 1", kEverywhere, boxed<&norm_by_name>);
GRADPAD_DEFINE_OP(
    vector_norm,
    "vector_norm(Tensor input, float ord=2, int[1]? dim=None, bool keepdim=False, *, dtype? "
    "dtype=None) -> Tensor",
    kNormDoc, "T[2,3]; T[2,3], 1, 1", kLinalg, boxed<&vector_norm>);
GRADPAD_DEFINE_OP(
    linalg_norm,
    "norm(Tensor input, float? ord=None, int[1]? dim=None, bool keepdim=False, *, dtype? "
    "dtype=None) -> Tensor",
    "The norm of a vector, or of the elements of a matrix where no `ord` is given.\n"
    "Derivative: g * input * |input|^(p-2) / result^(p-1).\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool; IndexError for a dimension out of range.",
    "T[2,3]; T[2,3], 1, 1; T[2,3], None, [0,1]", kLinalg, boxed<&linalg_norm>);
GRADPAD_DEFINE_OP(
    linalg_norm_name,
    "norm(Tensor input, str ord, int[1]? dim=None, bool keepdim=False, *, dtype? dtype=None) -> "
    "Tensor",
    "The Frobenius norm: of all elements of a matrix.", "T[2,3], 'fro'", kLinalg,
    boxed<&linalg_norm_by_name>);
GRADPAD_DEFINE_OP(
    dist, "dist(Tensor input, Tensor other, float p=2) -> Tensor",
    "The p-norm of input - other.\n"
    "Derivative: g * sign(d) * |d|^(p-1) / result^(p-1) for d = input - other, and its negative.\n"
    "Shape: [].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError where the shapes do not broadcast.",
    "T[2,3], T[3]; T[2,3], T[2,3], 1", kEverywhere, boxed<&dist>);
GRADPAD_DEFINE_OP(logsumexp, "logsumexp(Tensor input, int[1] dim, bool keepdim=False) -> Tensor",
                  "log(sum(exp(input))) over the dimensions `dim`, without overflow.\n"
                  "Derivative: g * exp(input - result).\n"
                  "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
                  "Dtypes: floating; integers and bool become the default floating type.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3], 0; T[2,3], [0,1]; T[2,3], 1, True; T[], 0", kEverywhere,
                  boxed<&logsumexp>);

}  // namespace gradpad
