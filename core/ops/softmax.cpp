// Softmax and its logarithm.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/reduce.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

namespace {

/// As the functional forms choose a dimension that is not given.
int64_t implicit_dim(int64_t ndim) { return ndim == 0 || ndim == 1 || ndim == 3 ? 0 : 1; }

template <bool logarithm>
Tensor forward(const Tensor& input, int64_t dim) {
  const Tensor source = input.contiguous();
  Tensor out = Tensor::empty(source.shape(), source.dtype(), source.device());
  const bool last = dim == source.dim() - 1 || source.dim() == 0;
  const std::string_view name = !last       ? "softmax_kernel_impl"
                                : logarithm ? "log_softmax_lastdim_kernel_impl"
                                            : "softmax_lastdim_kernel_impl";
  dispatch_floating(source.dtype(), name, [&]<class T>() {
    const auto& table = kernels::kernels(source.device()).of<T>();
    const auto shape = ops::shape_around(source.shape(), dim);
    (logarithm ? table.log_softmax : table.softmax)(out.data<T>(), source.data<T>(), shape);
  });
  return out;
}

template <bool logarithm>
Variable gradient(const Variable& g, const Variable& result, int64_t dim) {
  if (GradMode::is_enabled()) {
    if constexpr (logarithm)
      return g - exp(result) * sum(g, Dims{dim}, true);
    else
      return result * (g - sum(g * result, Dims{dim}, true));
  }
  const Tensor grad = g.data().contiguous();
  Tensor out = Tensor::empty(grad.shape(), grad.dtype(), grad.device());
  dispatch_floating(grad.dtype(), "softmax_backward", [&]<class T>() {
    const auto& table = kernels::kernels_for(grad, result.data()).of<T>();
    (logarithm ? table.log_softmax_grad : table.softmax_grad)(out.data<T>(), grad.data<T>(),
                                                              result.data().data<T>(),
                                                              ops::shape_around(grad.shape(), dim));
  });
  return Variable(out);
}

template <bool logarithm>
Variable softmax_of(const Variable& given, int64_t dim, std::optional<DType> dtype) {
  const Variable input = dtype ? convert(given, *dtype) : given;
  dim = wrap_dim(dim, input.dim());
  return differentiable_saving_result(logarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0",
                                      forward<logarithm>(input.data(), dim), {input},
                                      [=](Backward& b, const Variable& g) -> Variables {
                                        return {gradient<logarithm>(g, b.saved(0), dim)};
                                      });
}

}  // namespace

Variable softmax(const Variable& input, int64_t dim, std::optional<DType> dtype) {
  return softmax_of<false>(input, dim, dtype);
}
Variable log_softmax(const Variable& input, int64_t dim, std::optional<DType> dtype) {
  return softmax_of<true>(input, dim, dtype);
}

namespace {

Variable functional_softmax(const Variable& input, std::optional<int64_t> dim, int64_t,
                            std::optional<DType> dtype) {
  return softmax(input, dim.value_or(implicit_dim(input.dim())), dtype);
}
Variable functional_log_softmax(const Variable& input, std::optional<int64_t> dim, int64_t,
                                std::optional<DType> dtype) {
  return log_softmax(input, dim.value_or(implicit_dim(input.dim())), dtype);
}
Variable functional_softmin(const Variable& input, std::optional<int64_t> dim, int64_t,
                            std::optional<DType> dtype) {
  return softmax(-input, dim.value_or(implicit_dim(input.dim())), dtype);
}

constexpr std::string_view kSoftmaxDoc =
    "exp(input) / sum(exp(input)) along `dim`: positive, and summing to 1. Floating types only; "
    "`dtype` converts first.\n"
    "Derivative: result * (g - the sum of g * result along `dim`).\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool without a dtype; IndexError for a dimension out "
    "of range.";
constexpr std::string_view kLogSoftmaxDoc =
    "log(softmax(input)) along `dim`, computed without loss. Floating types only; `dtype` "
    "converts first.\n"
    "Derivative: g - softmax(input) * the sum of g along `dim`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool without a dtype; IndexError for a dimension out "
    "of range.";

}  // namespace

GRADPAD_DEFINE_OP(softmax, "softmax(Tensor input, int dim, dtype? dtype=None) -> Tensor",
                  kSoftmaxDoc, "T[2,3], 1; T[2,3,2], 1; T[], 0", kEverywhere | kSpecial,
                  boxed<&softmax>);
GRADPAD_DEFINE_OP(
    softmax_functional,
    "softmax(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None) -> Tensor",
    kSoftmaxDoc, "T[2,3], 1; T[2,3]", kFunctional, boxed<&functional_softmax>);
GRADPAD_DEFINE_OP(log_softmax, "log_softmax(Tensor input, int dim, dtype? dtype=None) -> Tensor",
                  kLogSoftmaxDoc, "T[2,3], 1; T[2,3,2], 1; T[], 0", kEverywhere | kSpecial,
                  boxed<&log_softmax>);
GRADPAD_DEFINE_OP(
    log_softmax_functional,
    "log_softmax(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None) -> Tensor",
    kLogSoftmaxDoc, "T[2,3], 1; T[2,3]", kFunctional, boxed<&functional_log_softmax>);
GRADPAD_DEFINE_OP(
    softmin, "softmin(Tensor input, int? dim=None, int _stacklevel=3, dtype? dtype=None) -> Tensor",
    "softmax(-input): large where the elements are small.\n"
    "Derivative: -result * (g - the sum of g * result along `dim`).\n"
    "Shape: that of `input`.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for integers and bool without a dtype; IndexError for a dimension out "
    "of range.",
    "T[2,3], 1", kFunctional, boxed<&functional_softmin>);

}  // namespace gradpad
