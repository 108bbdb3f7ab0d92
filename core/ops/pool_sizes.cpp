// The sizes of poolings, and PyTorch's checks of them.
#include "ops/pool_sizes.h"

#include "gradpad/ops/conv.h"

namespace gradpad::ops {

namespace {

Dims pair(const Dims& given, std::string_view name, std::string_view what) {
  if (auto sizes = sizes_for(given, 2)) return *sizes;
  fail(name, ": ", what, " must either be a single int, or a tuple of two ints");
}

/// "1x4x4": channels and plane.
std::string by_x(const Shape& shape) {
  std::string text;
  for (int64_t d = std::max<int64_t>(shape.ssize() - 3, 0); d < shape.ssize(); ++d) {
    text += (text.empty() ? "" : "x") + std::to_string(shape[d]);
  }
  return text;
}

Shape with_plane(const Shape& shape, const int64_t (&plane)[2]) {
  Shape result = shape;
  result[shape.ssize() - 2] = plane[0];
  result[shape.ssize() - 1] = plane[1];
  return result;
}

void check_input(const Variable& input, std::string_view name) {
  if (input.dim() != 3 && input.dim() != 4) {
    if (name == "max_pool2d") fail("non-empty 3D or 4D (batch mode) tensor expected for input");
    fail(name, "(): Expected 3D or 4D tensor, but got ", to_string(input.shape()));
  }
  for (int64_t d = input.dim() == 4 ? 1 : 0; d < input.dim(); ++d) {
    if (input.size(d) == 0) {
      fail(
          "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but "
          "got:",
          to_string(input.shape()));
    }
  }
}

Pooling start(const Variable& input) {
  Pooling pooling;
  pooling.in = input.shape();
  pooling.k.in[0] = input.size(-2);
  pooling.k.in[1] = input.size(-1);
  pooling.k.planes = 1;
  for (int64_t d = 0; d + 2 < input.dim(); ++d) pooling.k.planes *= input.shape()[d];
  return pooling;
}

}  // namespace

Pooling pooling_of(const Variable& input, const Dims& kernel_size, const Dims& given_stride,
                   const Dims& given_padding, const Dims& given_dilation, bool ceil_mode,
                   std::string_view name) {
  const Dims kernel = pair(kernel_size, name, "kernel_size");
  const Dims stride = given_stride.empty() ? kernel : pair(given_stride, name, "stride");
  const Dims padding = pair(given_padding, name, "padding");
  const Dims dilation = pair(given_dilation, name, "dilation");
  check_input(input, name);
  for (int i = 0; i < 2; ++i) {
    if (stride[i] == 0) fail("stride should not be zero");
    if (kernel[i] <= 0 || stride[i] < 0) {
      fail("kernel size should be greater than zero, but got kH: ", kernel[0], " kW: ", kernel[1]);
    }
    if (dilation[i] <= 0) {
      fail("dilation should be greater than zero, but got dilationH: ", dilation[0],
           " dilationW: ", dilation[1]);
    }
    if (padding[i] < 0) fail("pad must be non-negative, but got pad: ", padding[i]);
    if (padding[i] > kernel[i] / 2) {
      fail("pad should be at most half of kernel size, but got pad=", padding[i],
           " and kernel_size=", kernel[i]);
    }
  }
  Pooling pooling = start(input);
  auto& k = pooling.k;
  for (int i = 0; i < 2; ++i) {
    k.kernel[i] = kernel[i];
    k.stride[i] = stride[i];
    k.padding[i] = padding[i];
    k.dilation[i] = dilation[i];
    k.out[i] =
        kernels::pool_out_size(k.in[i], kernel[i], stride[i], padding[i], dilation[i], ceil_mode);
  }
  pooling.out = with_plane(pooling.in, k.out);
  if (k.out[0] < 1 || k.out[1] < 1) {
    fail("Given input size: (", by_x(pooling.in), "). Calculated output size: (", by_x(pooling.out),
         "). Output size is too small");
  }
  return pooling;
}

Pooling adaptive_pooling_of(const Variable& input, const Dims& output_size, std::string_view name) {
  if (output_size.size() != 2) fail(name, ": output_size must be 2");
  if (input.dim() != 3 && input.dim() != 4) {
    fail(name, "(): Expected 3D or 4D tensor, but got ", to_string(input.shape()));
  }
  for (int64_t d = input.dim() == 4 ? 1 : 0; d < input.dim(); ++d) {
    if (input.size(d) == 0) {
      fail(name,
           "(): Expected input to have non-zero size for non-batch dimensions, but input has "
           "sizes ",
           to_string(input.shape()), " with dimension ", d, " being empty");
    }
  }
  if (output_size[0] < 0 || output_size[1] < 0) {
    fail(name, ": elements of output_size must be greater than or equal to 0 but received {",
         output_size[0], ", ", output_size[1], "}");
  }
  Pooling pooling = start(input);
  pooling.k.out[0] = output_size[0];
  pooling.k.out[1] = output_size[1];
  pooling.out = with_plane(pooling.in, pooling.k.out);
  return pooling;
}

}  // namespace gradpad::ops
