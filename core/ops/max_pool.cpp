// Max pooling. Its derivative adds gradients at the places of the maxima; the derivative of that
// reads at the same places.
#include <optional>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/conv.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/pool.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/pool_sizes.h"

namespace gradpad {

namespace {

using kernels::PoolShape;
using ops::Pooling;

/// The elements of planes at their indices.
Variable read_planes(const Variable& planes, const Variable& indices, const PoolShape& k) {
  const Variable flat = reshape(planes, {k.planes, k.in[0] * k.in[1]});
  const Variable places(indices.data().reshape({k.planes, k.out[0] * k.out[1]}));
  return reshape(gather(flat, 1, places), indices.shape());
}

/// Planes of zeros with `values` added at their indices.
Variable fill_planes(std::string_view node, const Variable& values, const Variable& indices,
                     const PoolShape& k, const Shape& shape) {
  const Tensor source = values.data().contiguous(), places = indices.data().contiguous();
  Tensor data = Tensor::empty(shape, source.dtype(), source.device());
  if (source.numel() == 0) {
    data = Tensor::zeros(shape, source.dtype(), source.device());
  } else {
    dispatch_floating(source.dtype(), "max_pool2d_backward", [&]<class T>() {
      kernels::kernels_for(source, places)
          .of<T>()
          .max_pool_grad(k, source.data<T>(), places.data<int64_t>(), data.data<T>());
    });
  }
  return differentiable(
      node, std::move(data), {values}, {saved_input(indices)},
      [k](Backward& b, const Variable& g) -> Variables { return {read_planes(g, b.saved(0), k)}; });
}

ValuesIndices pooled(std::string_view node, const Variable& input, const Pooling& pooling,
                     const Tensor& values, const Tensor& indices) {
  const Variables results = differentiable_many(
      node, {values, indices}, {input}, {saved_input(Variable(indices))},
      [k = pooling.k, shape = pooling.in](Backward& b, const Variables& grads) -> Variables {
        return {
            fill_planes("MaxPool2DWithIndicesBackwardBackward0", grads[0], b.saved(0), k, shape)};
      });
  return {results[0], results[1]};
}

}  // namespace

ValuesIndices max_pool2d_with_indices(const Variable& input, const Dims& kernel_size,
                                      const Dims& stride, const Dims& padding, const Dims& dilation,
                                      bool ceil_mode) {
  const Pooling pooling =
      ops::pooling_of(input, kernel_size, stride, padding, dilation, ceil_mode, "max_pool2d");
  const Tensor source = input.data().contiguous();
  Tensor values = Tensor::empty(pooling.out, source.dtype(), source.device());
  Tensor indices = Tensor::empty(pooling.out, DType::Int64, source.device());
  dispatch_floating(source.dtype(), "max_pool2d", [&]<class T>() {
    if (values.numel() == 0) return;
    kernels::kernels(source.device())
        .of<T>()
        .max_pool(pooling.k, source.data<T>(), values.data<T>(), indices.data<int64_t>());
  });
  return pooled("MaxPool2DWithIndicesBackward0", input, pooling, values, indices);
}

Variable max_pool2d(const Variable& input, const Dims& kernel_size, const Dims& stride,
                    const Dims& padding, const Dims& dilation, bool ceil_mode) {
  return max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode).values;
}

namespace {

/// A list for a plane of one row.
Dims in_row(const Dims& sizes, int64_t row, std::string_view name) {
  if (sizes.size() != 1) fail(name, " should be a single int");
  return {row, sizes[0]};
}

ValuesIndices without_row(const ValuesIndices& planes) {
  return {squeeze(planes.values, -2), squeeze(planes.indices, -2)};
}

}  // namespace

ValuesIndices max_pool1d_with_indices(const Variable& input, const Dims& kernel_size,
                                      const Dims& stride, const Dims& padding, const Dims& dilation,
                                      bool ceil_mode) {
  if (input.dim() != 2 && input.dim() != 3) {
    fail(
        "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for "
        "input, but got:",
        to_string(input.shape()));
  }
  const Dims kernel = in_row(kernel_size, 1, "max_pool1d() kernel_size");
  const Dims step = stride.empty() ? kernel : in_row(stride, 1, "max_pool1d() stride");
  const Dims pad = in_row(padding, 0, "max_pool1d() padding");
  const Dims spread = in_row(dilation, 1, "max_pool1d() dilation");
  if (kernel[1] <= 0) {
    fail("max_pool1d() kernel_size must be greater than zero, but got ", kernel[1]);
  }
  if (step[1] <= 0) fail("max_pool1d() stride must be greater than zero, but got ", step[1]);
  if (pad[1] < 0) fail("max_pool1d() padding must be non-negative, but got ", pad[1]);
  if (pad[1] > kernel[1] / 2) {
    fail("max_pool1d() padding should be at most half of kernel size, but got padding=", pad[1],
         " and kernel_size=", kernel[1]);
  }
  if (spread[1] <= 0) {
    fail("max_pool1d() dilation must be greater than zero, but got ", spread[1]);
  }
  return without_row(
      max_pool2d_with_indices(unsqueeze(input, -2), kernel, step, pad, spread, ceil_mode));
}

Variable max_pool1d(const Variable& input, const Dims& kernel_size, const Dims& stride,
                    const Dims& padding, const Dims& dilation, bool ceil_mode) {
  return max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode).values;
}

Variable max_unpool2d(const Variable& input, const Variable& indices, const Dims& output_size) {
  if (indices.dtype() != DType::Int64) {
    fail("elements in indices should be type int64 but got: ", scalar_type_name(indices.dtype()));
  }
  if (output_size.size() != 2) {
    fail("There should be exactly two elements (height, width) in output_size, but got ",
         output_size.size(), " elements.");
  }
  if (input.dim() != 3 && input.dim() != 4) {
    fail("Input to max_unpooling2d should be a 3d or 4d Tensor, but got a tensor with ",
         input.dim(), " dimensions.");
  }
  if (input.shape() != indices.shape()) {
    fail("Expected shape of indices to be same as that of the input tensor (",
         to_string(input.shape()),
         ") but got indices tensor with shape: ", to_string(indices.shape()));
  }
  Shape shape = input.shape();
  PoolShape k;
  for (int i = 0; i < 2; ++i) {
    k.out[i] = input.size(i - 2);
    k.in[i] = output_size[i];
    shape[input.dim() - 2 + i] = output_size[i];
  }
  k.planes = input.numel() / std::max<int64_t>(k.out[0] * k.out[1], 1);
  const Tensor places = indices.data().contiguous();
  const int64_t wrong = kernels::kernels(places.device())
                            .fold_index(nullptr, places.data<int64_t>(),
                                        {.count = places.numel(), .size = k.in[0] * k.in[1]});
  if (wrong >= 0) {
    fail("Found an invalid max index: ", places.at(wrong).to_int(), " (output volumes are of size ",
         k.in[0], "x", k.in[1]);
  }
  return fill_planes("MaxUnpool2DBackward0", input, indices, k, shape);
}

ValuesIndices adaptive_max_pool2d(const Variable& input, const Dims& output_size) {
  const Pooling pooling = ops::adaptive_pooling_of(input, output_size, "adaptive_max_pool2d");
  const Tensor source = input.data().contiguous();
  Tensor values = Tensor::empty(pooling.out, source.dtype(), source.device());
  Tensor indices = Tensor::empty(pooling.out, DType::Int64, source.device());
  dispatch_floating(source.dtype(), "adaptive_max_pool2d_cpu", [&]<class T>() {
    if (values.numel() == 0) return;
    kernels::kernels(source.device())
        .of<T>()
        .adaptive_max_pool(pooling.k, source.data<T>(), values.data<T>(), indices.data<int64_t>());
  });
  return pooled("AdaptiveMaxPool2DBackward0", input, pooling, values, indices);
}

ValuesIndices adaptive_max_pool1d(const Variable& input, const Dims& output_size) {
  if (input.dim() != 2 && input.dim() != 3) {
    fail("adaptive_max_pool1d(): Expected 2D or 3D tensor, but got ", to_string(input.shape()));
  }
  return without_row(adaptive_max_pool2d(
      unsqueeze(input, -2), in_row(output_size, 1, "adaptive_max_pool1d output_size")));
}

namespace {

/// One result, or both if the indices are wanted.
Arg chosen(const ValuesIndices& both, bool return_indices) {
  if (return_indices) return Args{both.values, both.indices};
  return both.values;
}

template <class T>
T read(const Arg& arg) {
  return boxing::From<T>::get(arg);
}

template <auto function>
Arg call_max_pool(std::span<const Arg> a) {
  return chosen(function(read<Variable>(a[0]), read<Dims>(a[1]), read<Dims>(a[2]), read<Dims>(a[3]),
                         read<Dims>(a[4]), read<bool>(a[5])),
                a.size() > 6 && read<bool>(a[6]));
}
template <auto function>
Arg call_adaptive(std::span<const Arg> a) {
  return chosen(function(read<Variable>(a[0]), read<Dims>(a[1])), a.size() < 3 || read<bool>(a[2]));
}

Variable max_unpool2d_sized(const Variable& input, const Variable& indices, const Dims& kernel_size,
                            const Dims& stride, const Dims& padding,
                            const std::optional<Dims>& output_size) {
  const auto kernel = ops::sizes_for(kernel_size, 2);
  const auto step = stride.empty() ? kernel : ops::sizes_for(stride, 2);
  const auto pad = ops::sizes_for(padding, 2);
  if (!kernel || !step || !pad) fail("max_unpool2d: sizes must be single ints or pairs");
  Dims size;
  if (output_size) {
    for (int64_t d = output_size->ssize() - 2; d < output_size->ssize(); ++d) {
      size.push_back((*output_size)[d]);
    }
  } else {
    for (int i = 0; i < 2; ++i) {
      size.push_back((input.size(i - 2) - 1) * (*step)[i] + (*kernel)[i] - 2 * (*pad)[i]);
    }
  }
  return max_unpool2d(input, indices, size);
}

constexpr std::string_view kMaxPoolDoc =
    "The largest element of each window. Padding never is. With return_indices also its place in "
    "the input's plane.\n"
    "Derivative: g to the largest element of each window.\n"
    "Shape: [N, C, H, W] to [N, C, (H + 2 * padding - dilation * (kernel_size - 1) - 1) / stride "
    "+ 1, …].\n"
    "Dtypes: any but bool.\n"
    "Errors: RuntimeError for a padding above half the kernel, or an output without elements.";
constexpr std::string_view kAdaptiveDoc =
    "The largest element of windows as even as can be for an output of the given size.\n"
    "Derivative: g to the largest element of each window.\n"
    "Shape: [N, C, H, W] or [C, H, W] to [N, C, *output_size].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for an input of other dimensions.";

}  // namespace

GRADPAD_DEFINE_OP(
    max_pool1d,
    "max_pool1d(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] padding=0, int[1] "
    "dilation=1, bool ceil_mode=False, bool return_indices=False) -> Tensor",
    kMaxPoolDoc, "D[2,2,5], 2; D[1,7], 3, 2, 1, 2, True", kTorch | kFunctional,
    call_max_pool<&max_pool1d_with_indices>);
GRADPAD_DEFINE_OP(
    max_pool2d,
    "max_pool2d(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] padding=0, int[2] "
    "dilation=1, bool ceil_mode=False, bool return_indices=False) -> Tensor",
    kMaxPoolDoc,
    "D[1,2,4,4], 2; D[1,5,4], [3,2], [2,1], [1,0], 1, True; D[1,1,4,4], 2, 1, return_indices=True",
    kTorch | kFunctional, call_max_pool<&max_pool2d_with_indices>);
GRADPAD_DEFINE_OP(
    max_pool1d_with_indices,
    "max_pool1d_with_indices(Tensor input, int[1] kernel_size, int[1]? stride=None, int[1] "
    "padding=0, int[1] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
    kMaxPoolDoc, "D[2,2,5], 2", kTorch | kFunctional, boxed<&max_pool1d_with_indices>);
GRADPAD_DEFINE_OP(
    max_pool2d_with_indices,
    "max_pool2d_with_indices(Tensor input, int[2] kernel_size, int[2]? stride=None, int[2] "
    "padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)",
    kMaxPoolDoc, "D[1,1,4,4], 2", kFunctional, boxed<&max_pool2d_with_indices>);
GRADPAD_DEFINE_OP(
    adaptive_max_pool1d,
    "adaptive_max_pool1d(Tensor input, int[1] output_size, bool return_indices=False) -> Tensor",
    kAdaptiveDoc, "D[1,2,5], 3", kFunctional, call_adaptive<&adaptive_max_pool1d>);
GRADPAD_DEFINE_OP(
    adaptive_max_pool2d,
    "adaptive_max_pool2d(Tensor input, int[2] output_size, bool return_indices=False) -> Tensor",
    kAdaptiveDoc, "D[1,1,5,4], [3,2]; D[1,4,4], 2, True", kFunctional,
    call_adaptive<&adaptive_max_pool2d>);
GRADPAD_DEFINE_OP(
    max_unpool2d,
    "max_unpool2d(Tensor input, Tensor indices, int[2] kernel_size, int[2]? stride=None, int[2] "
    "padding=0, int[]? output_size=None) -> Tensor",
    "Zeros with each element put where its index says: undoes max_pool2d.\n"
    "Derivative: g at the indices.\n"
    "Shape: [N, C, H, W] to [N, C, (H - 1) * stride - 2 * padding + kernel_size, …], or "
    "output_size.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for an index outside the output, or indices of another shape or type.",
    "T[2,1,1], I[2,1,1]<4, 2; T[1,1,1,1], I[1,1,1,1]<6, 2, output_size=[2,3]", kFunctional,
    boxed<&max_unpool2d_sized>);

}  // namespace gradpad
