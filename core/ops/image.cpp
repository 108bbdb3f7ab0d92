// Resizing by index or by a matrix for each dimension; windows as columns by a pair of maps that
// are each other's transpose.
#include "gradpad/ops/image.h"

#include <cmath>

#include "gradpad/ops/conv.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/pool.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

/// Where output elements of a dimension come from.
struct Resize {
  int64_t in, out;
  double scale;  ///< input elements per output element

  Tensor nearest(Device device) const {
    const auto index = ops::HostArray<int64_t>::empty({out});
    for (int64_t i = 0; i < out; ++i) {
      // PyTorch finds the place in float.
      const float exact = static_cast<float>(i) * static_cast<float>(scale);
      const auto place = static_cast<int64_t>(std::floor(exact));
      index[i] = std::min(place, in - 1);
    }
    return index.on(device);
  }

  /// [out, in]: the two neighbours of each output element with their weights.
  Tensor weights(DType dtype, bool align_corners, Device device) const {
    const double step =
        align_corners ? (out > 1 ? static_cast<double>(in - 1) / static_cast<double>(out - 1) : 0)
                      : scale;
    return dispatch_floating(dtype, "upsample", [&]<class T>() {
      const auto matrix = ops::HostArray<T>::zeros({out, in});
      for (int64_t i = 0; i < out; ++i) {
        const double centre = align_corners ? step * static_cast<double>(i)
                                            : step * (static_cast<double>(i) + 0.5) - 0.5;
        const double place = std::max(centre, 0.0);
        const int64_t low = std::min(static_cast<int64_t>(place), in - 1);
        const int64_t high = std::min(low + 1, in - 1);
        const double weight = std::min(place - static_cast<double>(low), 1.0);
        matrix[i * in + low] += static_cast<T>(1 - weight);
        matrix[i * in + high] += static_cast<T>(weight);
      }
      return matrix.on(device);
    });
  }
};

std::vector<Resize> resizes(const Variable& input, const std::optional<Dims>& size,
                            std::optional<double> scale_factor) {
  const int64_t dims = input.dim() - 2;
  if (size && scale_factor) {
    fail(ErrorKind::Value, "only one of size or scale_factor should be defined");
  }
  if (!size && !scale_factor) {
    fail(ErrorKind::Value, "either size or scale_factor should be defined");
  }
  Dims sizes;
  if (size) {
    const auto given = ops::sizes_for(*size, dims);
    if (!given) {
      fail(ErrorKind::Value,
           "Input and output must have the same number of spatial dimensions, but "
           "got input with spatial dimensions of ",
           to_string(input.shape()), " and output size of ", to_string(*size),
           ". Please provide input tensor in (N, C, d1, "
           "d2, ...,dK) format and output size in (o1, o2, ...,oK) format.");
    }
    sizes = *given;
  }
  std::vector<Resize> result;
  for (int64_t d = 0; d < dims; ++d) {
    const int64_t in = input.size(2 + d);
    const int64_t out =
        size ? sizes[d] : static_cast<int64_t>(std::floor(static_cast<double>(in) * *scale_factor));
    if (in <= 0 || out <= 0) {
      fail("Input and output sizes should be greater than 0, but got input (", in, ") output (",
           out, ")");
    }
    const double scale =
        scale_factor ? 1 / *scale_factor : static_cast<double>(in) / static_cast<double>(out);
    result.push_back({in, out, scale});
  }
  return result;
}

}  // namespace

Variable interpolate(const Variable& input, const std::optional<Dims>& size,
                     std::optional<double> scale_factor, const std::string& mode,
                     std::optional<bool> align_corners) {
  const bool linear = mode == "linear" || mode == "bilinear";
  if (!linear && align_corners) {
    fail(ErrorKind::Value,
         "align_corners option can only be set with the interpolating modes: linear | bilinear | "
         "bicubic | trilinear");
  }
  const int64_t dims = input.dim() - 2;
  const bool fits = mode == "nearest" || mode == "area" ? dims == 1 || dims == 2
                    : mode == "linear"                  ? dims == 1
                                                        : mode == "bilinear" && dims == 2;
  if (!fits) {
    fail(ErrorKind::NotImplemented, "Input Error: Only 3D, 4D and 5D input Tensors supported (got ",
         input.dim(),
         "D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area | "
         "nearest-exact (got ",
         mode, ")");
  }
  const std::vector<Resize> plan = resizes(input, size, scale_factor);
  if (mode == "area") {
    Dims out;
    for (const Resize& resize : plan) out.push_back(resize.out);
    return dims == 1 ? adaptive_avg_pool1d(input, out) : adaptive_avg_pool2d(input, out);
  }
  const std::string_view node =
      linear ? (dims == 1 ? "UpsampleLinear1DBackward1" : "UpsampleBilinear2DBackward1")
             : (dims == 1 ? "UpsampleNearest1DBackward1" : "UpsampleNearest2DBackward1");
  std::vector<Variable> steps;
  for (const Resize& resize : plan) {
    steps.emplace_back(
        linear ? resize.weights(input.dtype(), align_corners.value_or(false), input.device())
               : resize.nearest(input.device()));
  }
  return ops::fused(node, {input}, [=](const Variables& in) {
    Variable result = in[0];
    for (int64_t d = 0; d < dims; ++d) {
      const Variable& step = steps[static_cast<size_t>(d)];
      if (!linear) {
        result = index_select(result, 2 + d, step);
      } else if (d == dims - 1) {
        result = matmul(result, t(step));
      } else {
        result = matmul(step, result);
      }
    }
    return result;
  });
}

namespace {

/// Images [N, C, H, W] and columns [N, C * kernel, windows].
struct Windows {
  int64_t batch, channels;
  int64_t in[2], kernel[2], stride[2], padding[2], dilation[2], out[2];
  bool batched = true;  ///< false: the shapes are without the batch, which is 1

  Shape with_batch(Shape shape) const {
    if (!batched) shape.erase(0);
    return shape;
  }
  Shape images() const { return with_batch({batch, channels, in[0], in[1]}); }
  Shape columns() const {
    return with_batch({batch, channels * kernel[0] * kernel[1], out[0] * out[1]});
  }
  kernels::WindowShape kernel_shape() const {
    return {batch * channels,          {in[0], in[1]},         {kernel[0], kernel[1]},
            {out[0], out[1]},          {stride[0], stride[1]}, {padding[0], padding[1]},
            {dilation[0], dilation[1]}};
  }
};

template <bool to_columns>
Variable windows_mapped(std::string_view node, const Variable& input, const Windows& w) {
  const Tensor source = input.data().contiguous();
  Tensor data =
      Tensor::empty(to_columns ? w.columns() : w.images(), source.dtype(), source.device());
  dispatch_floating(source.dtype(), to_columns ? "im2col_out_cpu" : "col2im_out_cpu",
                    [&]<class T>() {
                      const auto& table = kernels::kernels(source.device()).of<T>();
                      (to_columns ? table.im2col : table.col2im)(w.kernel_shape(), source.data<T>(),
                                                                 data.data<T>());
                    });
  return differentiable(
      node, std::move(data), {input}, {}, [w](Backward&, const Variable& g) -> Variables {
        return {
            windows_mapped<!to_columns>(to_columns ? "Col2ImBackward0" : "Im2ColBackward0", g, w)};
      });
}

Dims pair(const Dims& given, std::string_view what) {
  if (auto sizes = ops::sizes_for(given, 2)) return *sizes;
  fail("It is expected ", what, " equals to 2, but got size ", given.size());
}

Windows windows_of(int64_t batch, int64_t channels, int64_t height, int64_t width,
                   const Dims& kernel_size, const Dims& dilation, const Dims& padding,
                   const Dims& stride) {
  Windows w{};
  w.batch = batch;
  w.channels = channels;
  w.in[0] = height;
  w.in[1] = width;
  const Dims kernel = pair(kernel_size, "kernel_size"), spread = pair(dilation, "dilation");
  const Dims pad = pair(padding, "padding"), step = pair(stride, "stride");
  for (int i = 0; i < 2; ++i) {
    if (kernel[i] <= 0)
      fail("kernel size should be greater than zero, but got kernel_height: ", kernel[0],
           " kernel_width: ", kernel[1]);
    if (spread[i] <= 0)
      fail("dilation should be greater than zero, but got dilation_height: ", spread[0],
           " dilation_width: ", spread[1]);
    if (pad[i] < 0)
      fail("padding should be non-negative, but got pad_height: ", pad[0], " pad_width: ", pad[1]);
    if (step[i] <= 0)
      fail("stride should be greater than zero, but got stride_height: ", step[0],
           " stride_width: ", step[1]);
    w.kernel[i] = kernel[i];
    w.dilation[i] = spread[i];
    w.padding[i] = pad[i];
    w.stride[i] = step[i];
    w.out[i] = kernels::conv_out_size(w.in[i], kernel[i], step[i], pad[i], spread[i]);
  }
  if (w.out[0] < 1 || w.out[1] < 1) {
    fail("Given input with spatial size (", height, ", ", width, "), kernel_size=(", kernel[0],
         ", ", kernel[1], "), dilation=(", spread[0], ", ", spread[1], "), padding=(", pad[0], ", ",
         pad[1], "), calculated shape of the array of sliding blocks as (", w.out[0], ", ",
         w.out[1], "), but its components must be at least one.");
  }
  return w;
}

}  // namespace

Variable im2col(const Variable& given, const Dims& kernel_size, const Dims& dilation,
                const Dims& padding, const Dims& stride) {
  if (given.dim() != 3 && given.dim() != 4) {
    fail(
        "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero "
        "dimensions for input, but got: ",
        to_string(given.shape()));
  }
  const bool batched = given.dim() == 4;
  Windows w = windows_of(batched ? given.size(0) : 1, given.size(-3), given.size(-2),
                         given.size(-1), kernel_size, dilation, padding, stride);
  w.batched = batched;
  return windows_mapped<true>("Im2ColBackward0", given, w);
}

Variable col2im(const Variable& given, const Dims& output_size, const Dims& kernel_size,
                const Dims& dilation, const Dims& padding, const Dims& stride) {
  if (given.dim() != 2 && given.dim() != 3) {
    fail(
        "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero "
        "dimensions for input, but got: ",
        to_string(given.shape()));
  }
  const bool batched = given.dim() == 3;
  const int64_t rows = given.size(-2), blocks = given.size(-1);
  const Dims size = pair(output_size, "output_size"), kernel = pair(kernel_size, "kernel_size");
  const int64_t area = std::max<int64_t>(kernel[0] * kernel[1], 1);
  if (rows % area != 0) {
    fail(
        "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but "
        "got input.size(1)=",
        rows, " and kernel_size=(", kernel[0], ", ", kernel[1], ").");
  }
  Windows w = windows_of(batched ? given.size(0) : 1, rows / area, size[0], size[1], kernel_size,
                         dilation, padding, stride);
  if (blocks != w.out[0] * w.out[1]) {
    fail("Given output_size=(", size[0], ", ", size[1], "), kernel_size=(", kernel[0], ", ",
         kernel[1],
         "), expected size of input's dimension 2 to match the calculated number of "
         "sliding blocks ",
         w.out[0], " * ", w.out[1], " = ", w.out[0] * w.out[1], ", but got input.size(2)=", blocks,
         ".");
  }
  w.batched = batched;
  return windows_mapped<false>("Col2ImBackward0", given, w);
}

namespace {

Shape leading(const Variable& input) {
  Shape shape;
  for (int64_t d = 0; d + 3 < input.dim(); ++d) shape.push_back(input.shape()[d]);
  return shape;
}

Shape joined(Shape first, std::initializer_list<int64_t> rest) {
  for (int64_t size : rest) first.push_back(size);
  return first;
}

/// `view` of `input` under another shape, as a tensor of its own even where no element moves.
Variable rearranged(const Variable& input, const Variable& view, const Shape& shape) {
  const Variable result = reshape(view, shape);
  return result.data().storage() == input.data().storage() ? clone(result) : result;
}

}  // namespace

Variable pixel_shuffle(const Variable& input, int64_t r) {
  if (input.dim() < 3) {
    fail("pixel_shuffle expects input to have at least 3 dimensions, but got input with ",
         input.dim(), " dimension(s)");
  }
  if (r <= 0) fail("pixel_shuffle expects a positive upscale_factor, but got ", r);
  const int64_t channels = input.size(-3), height = input.size(-2), width = input.size(-1);
  if (channels % (r * r) != 0) {
    fail(
        "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of "
        "upscale_factor, but input.size(-3)=",
        channels, " is not divisible by ", r * r);
  }
  return ops::fused("PixelShuffleBackward0", {input}, [=](const Variables& in) {
    const Shape outer = leading(in[0]);
    const Variable apart = reshape(in[0], joined(outer, {channels / (r * r), r, r, height, width}));
    const int64_t d = outer.ssize();
    Dims order;
    for (int64_t i = 0; i < d; ++i) order.push_back(i);
    for (int64_t i : {0, 3, 1, 4, 2}) order.push_back(d + i);
    return rearranged(in[0], permute(apart, order),
                      joined(outer, {channels / (r * r), height * r, width * r}));
  });
}

Variable pixel_unshuffle(const Variable& input, int64_t r) {
  if (input.dim() < 3) {
    fail("pixel_unshuffle expects input to have at least 3 dimensions, but got input with ",
         input.dim(), " dimension(s)");
  }
  if (r <= 0) fail("pixel_unshuffle expects a positive downscale_factor, but got ", r);
  const int64_t channels = input.size(-3), height = input.size(-2), width = input.size(-1);
  if (height % r != 0) {
    fail("pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=",
         height, " is not divisible by ", r);
  }
  if (width % r != 0) {
    fail("pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)=",
         width, " is not divisible by ", r);
  }
  return ops::fused("PixelUnshuffleBackward0", {input}, [=](const Variables& in) {
    const Shape outer = leading(in[0]);
    const Variable apart = reshape(in[0], joined(outer, {channels, height / r, r, width / r, r}));
    const int64_t d = outer.ssize();
    Dims order;
    for (int64_t i = 0; i < d; ++i) order.push_back(i);
    for (int64_t i : {0, 2, 4, 1, 3}) order.push_back(d + i);
    return rearranged(in[0], permute(apart, order),
                      joined(outer, {channels * r * r, height / r, width / r}));
  });
}

namespace {

Variable interpolate_entry(const Variable& input, const std::optional<Dims>& size,
                           std::optional<double> scale_factor, const std::string& mode,
                           std::optional<bool> align_corners, std::optional<bool>, bool) {
  return interpolate(input, size, scale_factor, mode, align_corners);
}

}  // namespace

GRADPAD_DEFINE_OP(
    interpolate,
    "interpolate(Tensor input, int[1]? size=None, float? scale_factor=None, str mode='nearest', "
    "bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False) -> Tensor",
    "Resized to `size`, or by `scale_factor`. mode: 'nearest', 'linear' for [N, C, L], 'bilinear' "
    "for [N, C, H, W], 'area'. align_corners: the corners' centres stay where they are.\n"
    "Derivative: g of each output shared among the inputs it was made of, by their weights.\n"
    "Shape: [N, C, *size].\n"
    "Dtypes: floating.\n"
    "Errors: ValueError where neither or both of size and scale_factor are given, or "
    "align_corners does not fit the mode; NotImplementedError for a mode that does not fit the "
    "dimensions.",
    "T[1,2,3], 5; T[1,1,2,3], scale_factor=2; T[1,2,3], 5, mode='linear'; T[1,1,2,3], [4,5], "
    "mode='bilinear'; T[1,1,2,3], [3,2], mode='bilinear', align_corners=True; T[1,1,4,4], "
    "[2,2], mode='area'",
    kFunctional, boxed<&interpolate_entry>);
GRADPAD_DEFINE_OP(
    im2col,
    "unfold(Tensor input, int[2] kernel_size, int[2] dilation=1, int[2] padding=0, int[2] "
    "stride=1) -> Tensor",
    "Windows of images [N, C, H, W] as columns: [N, C * kernel, windows].\n"
    "Derivative: fold(g).\n"
    "Shape: [N, C, H, W] or [C, H, W] to [N, C * kernel, number of windows].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for an input of other dimensions, or a kernel larger than the padded "
    "input.",
    "T[1,2,3,4], 2; T[1,5,4], [2,1], [2,1], [1,0], [1,2]", kFunctional, boxed<&im2col>);
GRADPAD_DEFINE_OP(
    col2im,
    "fold(Tensor input, int[2] output_size, int[2] kernel_size, int[2] dilation=1, int[2] "
    "padding=0, int[2] stride=1) -> Tensor",
    "Columns added up to images of `output_size`: the transpose of unfold.\n"
    "Derivative: unfold(g).\n"
    "Shape: [N, C * kernel, L] or [C * kernel, L] to [N, C, *output_size].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for a number of columns that does not fit.",
    "T[1,8,6], [3,4], 2; T[4,4], [2,2], 2, 1, 1, 2", kFunctional, boxed<&col2im>);
GRADPAD_DEFINE_OP(
    pixel_shuffle, "pixel_shuffle(Tensor input, int upscale_factor) -> Tensor",
    "[..., C * r * r, H, W] to [..., C, H * r, W * r].\n"
    "Derivative: pixel_unshuffle(g).\n"
    "Shape: [..., C * r * r, H, W] to [..., C, H * r, W * r].\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for channels that do not divide by r², or less than three dimensions.",
    "T[1,4,2,3], 2; T[4,1,2], 2", kFunctional | kTorch, boxed<&pixel_shuffle>);
GRADPAD_DEFINE_OP(
    pixel_unshuffle, "pixel_unshuffle(Tensor input, int downscale_factor) -> Tensor",
    "[..., C, H * r, W * r] to [..., C * r * r, H, W].\n"
    "Derivative: pixel_shuffle(g).\n"
    "Shape: [..., C, H * r, W * r] to [..., C * r * r, H, W].\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for sizes that do not divide by r, or less than three dimensions.",
    "T[1,1,4,2], 2", kFunctional | kTorch, boxed<&pixel_unshuffle>);

}  // namespace gradpad
