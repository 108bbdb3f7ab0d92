// Average pooling: a linear map and its transpose, each the other's derivative.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/pool.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/pool_sizes.h"

namespace gradpad {

namespace {

using ops::Pooling;

/// The map of windows to means, or its transpose.
template <bool adaptive, bool transpose>
Variable mapped(std::string_view node, const Variable& input, const Pooling& pooling) {
  const Tensor source = input.data().contiguous();
  Tensor data =
      Tensor::empty(transpose ? pooling.in : pooling.out, source.dtype(), source.device());
  if (source.numel() == 0) data = Tensor::zeros(data.shape(), source.dtype(), source.device());
  dispatch_floating(
      source.dtype(), adaptive ? "adaptive_avg_pool2d" : "avg_pool2d", [&]<class T>() {
        if (source.numel() == 0 || data.numel() == 0) return;
        const auto& table = kernels::kernels(source.device()).of<T>();
        const auto run = adaptive
                             ? (transpose ? table.adaptive_avg_pool_grad : table.adaptive_avg_pool)
                             : (transpose ? table.avg_pool_grad : table.avg_pool);
        run(pooling.k, source.data<T>(), data.data<T>());
      });
  static constexpr std::string_view kBack =
      adaptive ? (transpose ? "AdaptiveAvgPool2DBackward0" : "AdaptiveAvgPool2DBackwardBackward0")
               : (transpose ? "AvgPool2DBackward0" : "AvgPool2DBackwardBackward0");
  return differentiable(node, std::move(data), {input}, {},
                        [pooling](Backward&, const Variable& g) -> Variables {
                          return {mapped<adaptive, !transpose>(kBack, g, pooling)};
                        });
}

Dims in_row(const Dims& sizes, int64_t row, std::string_view name) {
  if (sizes.size() != 1) fail(name, ": expected a single int");
  return {row, sizes[0]};
}

void check_rows(const Variable& input, std::string_view name) {
  if (input.dim() != 2 && input.dim() != 3) {
    fail("Expected 2 to 3 dimensions, but got ", input.dim(),
         "-dimensional tensor for argument #1 'self' (while checking arguments for ", name, ")");
  }
}

}  // namespace

Variable avg_pool2d(const Variable& input, const Dims& kernel_size, const Dims& stride,
                    const Dims& padding, bool ceil_mode, bool count_include_pad,
                    std::optional<int64_t> divisor_override) {
  if (divisor_override && *divisor_override == 0) fail("divisor must be not zero");
  Pooling pooling =
      ops::pooling_of(input, kernel_size, stride, padding, {1, 1}, ceil_mode, "avg_pool2d");
  pooling.k.count_include_pad = count_include_pad;
  pooling.k.divisor_override = divisor_override.value_or(0);
  return mapped<false, false>("AvgPool2DBackward0", input, pooling);
}

Variable avg_pool1d(const Variable& input, const Dims& kernel_size, const Dims& stride,
                    const Dims& padding, bool ceil_mode, bool count_include_pad) {
  check_rows(input, "avg_pool1d");
  const Dims kernel = in_row(kernel_size, 1, "avg_pool1d");
  return squeeze(avg_pool2d(unsqueeze(input, -2), kernel,
                            stride.empty() ? kernel : in_row(stride, 1, "avg_pool1d"),
                            in_row(padding, 0, "avg_pool1d"), ceil_mode, count_include_pad),
                 -2);
}

Variable adaptive_avg_pool2d(const Variable& input, const Dims& output_size) {
  const Pooling pooling = ops::adaptive_pooling_of(input, output_size, "adaptive_avg_pool2d");
  if (output_size[0] == 1 && output_size[1] == 1) {
    if (!is_floating(input.dtype())) {
      fail("\"adaptive_avg_pool2d\" not implemented for '", scalar_type_name(input.dtype()), "'");
    }
    return mean(input, Dims{-1, -2}, true);
  }
  return mapped<true, false>("AdaptiveAvgPool2DBackward0", input, pooling);
}

Variable adaptive_avg_pool1d(const Variable& input, const Dims& output_size) {
  check_rows(input, "adaptive_avg_pool1d");
  return squeeze(
      adaptive_avg_pool2d(unsqueeze(input, -2), in_row(output_size, 1, "adaptive_avg_pool1d")), -2);
}

GRADPAD_DEFINE_OP(
    avg_pool1d,
    "avg_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, bool "
    "ceil_mode=False, bool count_include_pad=True) -> Tensor",
    "The mean of each window. Padding counts as zeros if count_include_pad.\n"
    "Derivative: g of each output divided among its window.\n"
    "Shape: [N, C, L] to [N, C, (L + 2 * padding - kernel_size) / stride + 1], rounded down, or "
    "up with ceil_mode.\n"
    "Dtypes: floating; int64 as well.\n"
    "Errors: RuntimeError for a padding above half the kernel, or an output without elements.",
    "T[2,2,5], 2; T[1,6], 3, 2, 1, True, False", kTorch | kFunctional, boxed<&avg_pool1d>);
GRADPAD_DEFINE_OP(
    avg_pool2d,
    "avg_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, bool "
    "ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor",
    "The mean of each window. Padding counts as zeros if count_include_pad; divisor_override "
    "replaces the number of elements.\n"
    "Derivative: g of each output divided among its window.\n"
    "Shape: [N, C, H, W] to [N, C, (H + 2 * padding - kernel_size) / stride + 1, …], rounded "
    "down, or up with ceil_mode.\n"
    "Dtypes: floating; int64 as well.\n"
    "Errors: RuntimeError for a padding above half the kernel, or an output without elements.",
    "T[1,2,4,4], 2; T[1,5,4], [3,2], [2,1], [1,0], True, False; T[1,1,4,4], 2, 1, "
    "divisor_override=3",
    kFunctional, boxed<&avg_pool2d>);
GRADPAD_DEFINE_OP(adaptive_avg_pool1d,
                  "adaptive_avg_pool1d(Tensor input, int[1] output_size) -> Tensor",
                  "The means of windows as even as can be for an output of the given size.\n"
                  "Derivative: g of each output divided among its window.\n"
                  "Shape: [N, C, L] or [C, L] to [N, C, output_size].\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for an input of other dimensions.",
                  "T[1,2,5], 3; T[2,4], 1", kTorch | kFunctional, boxed<&adaptive_avg_pool1d>);
GRADPAD_DEFINE_OP(adaptive_avg_pool2d,
                  "adaptive_avg_pool2d(Tensor input, int[2] output_size) -> Tensor",
                  "The means of windows as even as can be for an output of the given size.\n"
                  "Derivative: g of each output divided among its window.\n"
                  "Shape: [N, C, H, W] or [C, H, W] to [N, C, *output_size].\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for an input of other dimensions.",
                  "T[1,1,5,4], [3,2]; T[1,3,4], 1", kFunctional, boxed<&adaptive_avg_pool2d>);

}  // namespace gradpad
