// Convolutions. Three maps of two operands each - the output from input and weight, the input's
// gradient, the weight's gradient - are one another's derivatives, so there are derivatives of any
// order.
#include "gradpad/ops/conv.h"

#include <algorithm>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/entry.h"

namespace gradpad {

namespace ops {

std::optional<Dims> sizes_for(const Dims& given, int64_t count) {
  if (given.ssize() == count) return given;
  if (given.ssize() == 1) return Dims(static_cast<size_t>(count), given[0]);
  return std::nullopt;
}

}  // namespace ops

namespace {

/// Sizes of a convolution, over one dimension or two.
struct Conv {
  kernels::ConvShape k;
  int64_t dims = 2;

  Shape with_space(int64_t a, int64_t b, const int64_t (&space)[2]) const {
    if (dims == 1) return {a, b, space[1]};
    return {a, b, space[0], space[1]};
  }
  Shape input() const { return with_space(k.batch, k.in_channels, k.in); }
  Shape weight() const { return with_space(k.out_channels, k.in_channels / k.groups, k.kernel); }
  Shape output() const { return with_space(k.batch, k.out_channels, k.out); }
};

/// `body` with the table of the operands' common device.
template <class Body>
Tensor computed(const Shape& shape, const Tensor& first, const Tensor& second, bool is_empty,
                Body body) {
  const DType dtype = first.dtype();
  const kernels::KernelTable& table = kernels::kernels_for(first, second);
  if (is_empty || numel_of(shape) == 0) return Tensor::zeros(shape, dtype, first.device());
  Tensor out = Tensor::empty(shape, dtype, first.device());
  dispatch_floating(dtype, "slow_conv2d_cpu",
                    [&]<class T>() { body.template operator()<T>(table.of<T>(), out.data<T>()); });
  return out;
}

Tensor output_data(const Conv& conv, const Tensor& given_input, const Tensor& given_weight,
                   const Tensor& bias) {
  const Tensor input = given_input.contiguous(), weight = given_weight.contiguous();
  const Tensor added = bias.defined() ? bias.contiguous() : bias;
  // A convolution over no channels or elements is the bias alone.
  Shape shape = conv.output();
  const bool is_empty = numel_of(shape) == 0 || input.numel() == 0 || weight.numel() == 0;
  if (added.defined()) kernels::kernels_for(input, added);
  Tensor out = computed(shape, input, weight, is_empty, [&]<class T>(const auto& table, T* result) {
    table.conv(conv.k, input.data<T>(), weight.data<T>(),
               added.defined() ? added.data<T>() : nullptr, result);
  });
  if (is_empty && added.defined() && out.numel() > 0) {
    Shape along(shape.size(), 1);
    along[1] = conv.k.out_channels;
    out.copy_from(added.reshape(along));
  }
  return out;
}

Tensor input_data(const Conv& conv, const Tensor& given_grad, const Tensor& given_weight) {
  const Tensor grad = given_grad.contiguous(), weight = given_weight.contiguous();
  const bool is_empty = grad.numel() == 0 || weight.numel() == 0;
  return computed(conv.input(), grad, weight, is_empty, [&]<class T>(const auto& table, T* result) {
    table.conv_grad_input(conv.k, grad.data<T>(), weight.data<T>(), result);
  });
}

Tensor weight_data(const Conv& conv, const Tensor& given_grad, const Tensor& given_input) {
  const Tensor grad = given_grad.contiguous(), input = given_input.contiguous();
  const bool is_empty = grad.numel() == 0 || input.numel() == 0;
  return computed(conv.weight(), grad, input, is_empty, [&]<class T>(const auto& table, T* result) {
    table.conv_grad_weight(conv.k, grad.data<T>(), input.data<T>(), result);
  });
}

constexpr std::string_view kSecondNode = "ConvolutionBackwardBackward0";

Variable conv_input(const Conv& conv, const Variable& grad, const Variable& weight);
Variable conv_weight(const Conv& conv, const Variable& grad, const Variable& input);

Variable conv_output(const Conv& conv, const Variable& input, const Variable& weight) {
  return differentiable(kSecondNode, output_data(conv, input.data(), weight.data(), {}),
                        {input, weight}, {saved_input(input), saved_input(weight)},
                        [conv](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? conv_input(conv, g, b.saved(1)) : Variable(),
                                  b.needs(1) ? conv_weight(conv, g, b.saved(0)) : Variable()};
                        });
}

Variable conv_input(const Conv& conv, const Variable& grad, const Variable& weight) {
  return differentiable(kSecondNode, input_data(conv, grad.data(), weight.data()), {grad, weight},
                        {saved_input(grad), saved_input(weight)},
                        [conv](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? conv_output(conv, g, b.saved(1)) : Variable(),
                                  b.needs(1) ? conv_weight(conv, b.saved(0), g) : Variable()};
                        });
}

Variable conv_weight(const Conv& conv, const Variable& grad, const Variable& input) {
  return differentiable(kSecondNode, weight_data(conv, grad.data(), input.data()), {grad, input},
                        {saved_input(grad), saved_input(input)},
                        [conv](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? conv_output(conv, b.saved(1), g) : Variable(),
                                  b.needs(1) ? conv_input(conv, b.saved(0), g) : Variable()};
                        });
}

/// The bias was added to every element of its channel.
Variable bias_gradient(const Variable& g) {
  Dims dims{0};
  for (int64_t d = 2; d < g.dim(); ++d) dims.push_back(d);
  return sum(g, dims);
}

Variable convolution(const Conv& conv, const Variable& input, const Variable& weight,
                     const Variable& bias) {
  return differentiable(
      "ConvolutionBackward0",
      output_data(conv, input.data(), weight.data(), bias.defined() ? bias.data() : Tensor()),
      {input, weight, bias}, {saved_input(input), saved_input(weight)},
      [conv](Backward& b, const Variable& g) -> Variables {
        return {b.needs(0) ? conv_input(conv, g, b.saved(1)) : Variable(),
                b.needs(1) ? conv_weight(conv, g, b.saved(0)) : Variable(),
                b.needs(2) ? bias_gradient(g) : Variable()};
      });
}

/// `conv` are the sizes of the convolution whose input's gradient this is.
Variable transposed_convolution(const Conv& conv, const Variable& input, const Variable& weight,
                                const Variable& bias) {
  Tensor data = input_data(conv, input.data(), weight.data());
  if (bias.defined()) {
    Shape along(data.shape().size(), 1);
    along[1] = bias.numel();
    GradModeGuard no_grad(false);
    data = (Variable(data) + reshape(bias, along)).data();
  }
  return differentiable("ConvolutionBackward0", std::move(data), {input, weight, bias},
                        {saved_input(input), saved_input(weight)},
                        [conv](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? conv_output(conv, g, b.saved(1)) : Variable(),
                                  b.needs(1) ? conv_weight(conv, b.saved(0), g) : Variable(),
                                  b.needs(2) ? bias_gradient(g) : Variable()};
                        });
}

// ---- reading and checking the arguments ----

struct Options {
  Dims stride, padding, dilation, output_padding;
  int64_t groups = 1;
  bool transposed = false;
};

Dims expanded(const Dims& given, int64_t dims, std::string_view name) {
  if (auto sizes = ops::sizes_for(given, dims)) return *sizes;
  fail("expected ", name, " to be a single integer value or a list of ", dims,
       " values to match the convolution dimensions, but got ", name, "=", to_string(given));
}

void check_dims(const Variable& input, const Variable& weight, int64_t dims,
                std::string_view name) {
  if (input.dim() != dims + 1 && input.dim() != dims + 2) {
    fail("Expected ", dims + 1, "D (unbatched) or ", dims + 2, "D (batched) input to ", name,
         ", but got input of size: ", to_string(input.shape()));
  }
  if (weight.dim() != dims + 2) {
    fail("Expected ", weight.dim(), "-dimensional input for ", weight.dim(), "-dimensional weight ",
         to_string(weight.shape()), ", but got ", input.dim(), "-dimensional input of size ",
         to_string(input.shape()), " instead");
  }
}

void check_options(const Options& options) {
  const auto any_below = [](const Dims& list, int64_t low) {
    return std::any_of(list.begin(), list.end(), [low](int64_t v) { return v < low; });
  };
  if (any_below(options.padding, 0)) fail("negative padding is not supported");
  if (any_below(options.output_padding, 0)) fail("negative output_padding is not supported");
  if (any_below(options.stride, 1)) fail("non-positive stride is not supported");
  if (options.groups <= 0) fail("non-positive groups is not supported");
  if (any_below(options.dilation, 1)) {
    fail("dilation should be greater than zero, but got ", to_string(options.dilation));
  }
}

void check_types(const Variable& input, const Variable& other) {
  if (other.defined() && other.dtype() != input.dtype()) {
    fail("expected scalar type ", scalar_type_name(input.dtype()), " but found ",
         scalar_type_name(other.dtype()));
  }
}

void check_channels(const Variable& input, const Variable& weight, const Variable& bias,
                    const Options& options) {
  const int64_t groups = options.groups;
  const std::string weights = to_string(weight.shape());
  if (weight.size(0) % groups != 0 || weight.size(0) < groups) {
    fail("Given groups=", groups, ", expected weight to be ",
         weight.size(0) < groups ? "at least " : "divisible by ", groups,
         " at dimension 0, but got weight of size [", weights, "] instead");
  }
  const int64_t channels = options.transposed ? weight.size(0) : weight.size(1) * groups;
  if (input.size(1) != channels) {
    fail("Given ", options.transposed ? "transposed=" : "groups=", options.transposed ? 1 : groups,
         ", weight of size ", weights, ", expected input", to_string(input.shape()), " to have ",
         channels, " channels, but got ", input.size(1), " channels instead");
  }
  const int64_t outputs = options.transposed ? weight.size(1) * groups : weight.size(0);
  if (bias.defined() && (bias.dim() != 1 || bias.size(0) != outputs)) {
    fail("Given ", options.transposed ? "transposed=1, " : "", "weight of size ", weights,
         ", expected bias to be 1-dimensional with ", outputs, " elements, but got bias of size ",
         to_string(bias.shape()), " instead");
  }
}

std::string by_x(const Dims& sizes) {
  std::string text;
  for (int64_t size : sizes) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text;
}

/// Fills in one spatial dimension; `place` is its index in the kernel's arrays.
void set_space(Conv& conv, const Variable& input, const Variable& weight, const Options& options,
               int64_t d, int64_t place) {
  auto& k = conv.k;
  k.kernel[place] = weight.size(2 + d);
  k.stride[place] = options.stride[d];
  k.padding[place] = options.padding[d];
  k.dilation[place] = options.dilation[d];
  const int64_t size = input.size(2 + d);
  if (options.transposed) {
    k.out[place] = size;
    k.in[place] = (size - 1) * k.stride[place] - 2 * k.padding[place] +
                  k.dilation[place] * (k.kernel[place] - 1) + options.output_padding[d] + 1;
  } else {
    k.in[place] = size;
    k.out[place] = kernels::conv_out_size(size, k.kernel[place], k.stride[place], k.padding[place],
                                          k.dilation[place]);
  }
}

Conv sizes_of(const Variable& input, const Variable& weight, const Options& options, int64_t dims) {
  Conv conv;
  conv.dims = dims;
  auto& k = conv.k;
  k.groups = options.groups;
  k.batch = input.size(0);
  k.in_channels = options.transposed ? weight.size(1) * options.groups : input.size(1);
  k.out_channels = weight.size(0);
  Dims padded, kernel, result;
  for (int64_t d = 0; d < dims; ++d) {
    const int64_t place = 2 - dims + d;
    set_space(conv, input, weight, options, d, place);
    padded.push_back(input.size(2 + d) + 2 * options.padding[d]);
    kernel.push_back(options.dilation[d] * (weight.size(2 + d) - 1) + 1);
    result.push_back(k.in[place]);
  }
  for (int64_t d = 0; d < dims; ++d) {
    if (!options.transposed && padded[d] < kernel[d]) {
      fail("Calculated padded input size per channel: (", by_x(padded), "). Kernel size: (",
           by_x(kernel), "). Kernel size can't be greater than actual input size");
    }
    if (options.transposed && result[d] <= 0) {
      fail("Given input size per channel: (", by_x(Dims{input.size(2 + d)}),
           "). Calculated output size per channel: (", by_x(result), "). Output size is too small");
    }
    const int64_t extra = options.transposed ? options.output_padding[d] : 0;
    if (extra > 0 && extra >= options.stride[d] && extra >= options.dilation[d]) {
      fail(
          "output padding must be smaller than either stride or dilation, but got "
          "output_padding: ",
          to_string(options.output_padding), " stride: ", to_string(options.stride),
          " dilation: ", to_string(options.dilation));
    }
  }
  return conv;
}

Variable run(const Variable& given, const Variable& weight, const Variable& bias, Options options,
             int64_t dims, std::string_view name) {
  check_dims(given, weight, dims, name);
  options.stride = expanded(options.stride, dims, "stride");
  options.padding = expanded(options.padding, dims, "padding");
  options.dilation = expanded(options.dilation, dims, "dilation");
  if (options.transposed) {
    options.output_padding = expanded(options.output_padding, dims, "output_padding");
  }
  check_options(options);
  const bool batched = given.dim() == dims + 2;
  const Variable input = batched ? given : unsqueeze(given, 0);
  check_channels(input, weight, bias, options);
  check_types(input, weight);
  check_types(input, bias);
  const Conv conv = sizes_of(input, weight, options, dims);
  const Variable result = options.transposed ? transposed_convolution(conv, input, weight, bias)
                                             : convolution(conv, input, weight, bias);
  return batched ? result : squeeze(result, 0);
}

Variable run_named_padding(const Variable& given, const Variable& weight, const Variable& bias,
                           const Dims& stride, Padding padding, const Dims& dilation,
                           int64_t groups, int64_t dims, std::string_view name) {
  Options options{stride, Dims(static_cast<size_t>(dims), 0), dilation, {}, groups, false};
  if (padding == Padding::valid) return run(given, weight, bias, options, dims, name);
  check_dims(given, weight, dims, name);
  for (int64_t s : stride) {
    if (s != 1) fail("padding='same' is not supported for strided convolutions");
  }
  const Dims spread = expanded(dilation, dims, "dilation");
  // What cannot be split evenly is added behind.
  Dims extra;
  bool uneven = false;
  for (int64_t d = 0; d < dims; ++d) {
    const int64_t total = spread[d] * (weight.size(2 + d) - 1);
    options.padding[d] = total / 2;
    uneven |= total % 2 != 0;
    extra.insert(0, total % 2);
    extra.insert(0, 0);
  }
  const Variable input = uneven ? pad(given, extra) : given;
  return run(input, weight, bias, options, dims, name);
}

}  // namespace

Variable conv1d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, const Dims& padding, const Dims& dilation, int64_t groups) {
  return run(input, weight, bias, {stride, padding, dilation, {}, groups, false}, 1, "conv1d");
}
Variable conv2d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, const Dims& padding, const Dims& dilation, int64_t groups) {
  return run(input, weight, bias, {stride, padding, dilation, {}, groups, false}, 2, "conv2d");
}
Variable conv1d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, Padding padding, const Dims& dilation, int64_t groups) {
  return run_named_padding(input, weight, bias, stride, padding, dilation, groups, 1, "conv1d");
}
Variable conv2d(const Variable& input, const Variable& weight, const Variable& bias,
                const Dims& stride, Padding padding, const Dims& dilation, int64_t groups) {
  return run_named_padding(input, weight, bias, stride, padding, dilation, groups, 2, "conv2d");
}
Variable conv_transpose1d(const Variable& input, const Variable& weight, const Variable& bias,
                          const Dims& stride, const Dims& padding, const Dims& output_padding,
                          int64_t groups, const Dims& dilation) {
  return run(input, weight, bias, {stride, padding, dilation, output_padding, groups, true}, 1,
             "conv_transpose1d");
}
Variable conv_transpose2d(const Variable& input, const Variable& weight, const Variable& bias,
                          const Dims& stride, const Dims& padding, const Dims& output_padding,
                          int64_t groups, const Dims& dilation) {
  return run(input, weight, bias, {stride, padding, dilation, output_padding, groups, true}, 2,
             "conv_transpose2d");
}

namespace {

constexpr std::string_view kConvDoc =
    "Sliding sums of products: out[n, o, x] = bias[o] + sum over c, k of weight[o, c, k] * "
    "input[n, c, x * stride - padding + k * dilation]. Channels are split into `groups`, each "
    "with its own outputs. padding may be 'valid' (none) or 'same' (the output has the input's "
    "size).\n"
    "Derivative: the transposed convolution of g with weight; the correlation of input with g; "
    "sums of g for bias.\n"
    "Shape: [N, C, H, W] or [C, H, W]; each size (H + 2 * padding - dilation * (kernel - 1) - 1) "
    "/ stride + 1, rounded down.\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for channels that do not fit weight and groups, or a kernel larger than "
    "the padded input.";
constexpr std::string_view kTransposeDoc =
    "The derivative of a convolution by its input, as a function: weight [C, out / groups, "
    "kernel...]. The output is (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + "
    "output_padding + 1 long.\n"
    "Derivative: the convolution of g with weight; the correlation of g with input; sums of g for "
    "bias.\n"
    "Shape: [N, C, H, W] or [C, H, W] to [N, out, …].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for channels that do not fit the weight, or an output_padding not below "
    "stride or dilation.";

using Sized = Variable (*)(const Variable&, const Variable&, const Variable&, const Dims&,
                           const Dims&, const Dims&, int64_t);
using Named = Variable (*)(const Variable&, const Variable&, const Variable&, const Dims&, Padding,
                           const Dims&, int64_t);

template <Named function>
Variable with_named_padding(const Variable& input, const Variable& weight, const Variable& bias,
                            const Dims& stride, const std::string& padding, const Dims& dilation,
                            int64_t groups) {
  if (padding != "same" && padding != "valid") fail("Invalid padding string: '", padding, "'");
  return function(input, weight, bias, stride, padding == "same" ? Padding::same : Padding::valid,
                  dilation, groups);
}

}  // namespace

GRADPAD_DEFINE_OP(
    conv1d,
    "conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] padding=0, "
    "int[1] dilation=1, int groups=1) -> Tensor",
    kConvDoc, "T[2,3,5], T[2,3,3], T[2]; T[1,2,7], T[4,1,2], T[4], 2, 1, 2, 2; T[2,5], T[3,2,2]",
    kTorch | kFunctional, boxed<static_cast<Sized>(&conv1d)>);
GRADPAD_DEFINE_OP(
    conv1d_padding,
    "conv1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, str padding='valid', "
    "int[1] dilation=1, int groups=1) -> Tensor",
    kConvDoc, "T[1,2,5], T[2,2,3], padding='same'; T[1,2,5], T[2,2,2], padding='same'",
    kTorch | kFunctional, boxed<&with_named_padding<&conv1d>>);
GRADPAD_DEFINE_OP(
    conv2d,
    "conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] padding=0, "
    "int[2] dilation=1, int groups=1) -> Tensor",
    kConvDoc,
    "T[2,2,4,4], T[3,2,3,2], T[3]; T[1,2,5,4], T[4,1,2,2], T[4], [2,1], [1,0], [1,2], 2; "
    "T[2,3,4], T[2,2,2,2]; T[1,1,3,3], T[2,1,1,1], T[2], 2",
    kTorch | kFunctional, boxed<static_cast<Sized>(&conv2d)>);
GRADPAD_DEFINE_OP(
    conv2d_padding,
    "conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, str padding='valid', "
    "int[2] dilation=1, int groups=1) -> Tensor",
    kConvDoc, "T[1,1,3,4], T[2,1,3,2], padding='same'; T[1,1,3,3], T[1,1,2,2], padding='valid'",
    kTorch | kFunctional, boxed<&with_named_padding<&conv2d>>);
GRADPAD_DEFINE_OP(
    conv_transpose1d,
    "conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, int[1] stride=1, int[1] "
    "padding=0, int[1] output_padding=0, int groups=1, int[1] dilation=1) -> Tensor",
    kTransposeDoc,
    "T[2,3,3], T[3,2,2], T[2]; T[1,4,3], T[4,1,3], T[2], 2, 1, 1, 2, 2; T[2,3], T[2,1,2]",
    kTorch | kFunctional, boxed<&conv_transpose1d>);
GRADPAD_DEFINE_OP(
    conv_transpose2d,
    "conv_transpose2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1, int[2] "
    "padding=0, int[2] output_padding=0, int groups=1, int[2] dilation=1) -> Tensor",
    kTransposeDoc,
    "T[1,2,3,2], T[2,2,2,3], T[2]; T[1,4,2,2], T[4,1,3,2], T[2], [2,1], [1,0], [1,0], 2, [1,2]",
    kTorch | kFunctional, boxed<&conv_transpose2d>);

}  // namespace gradpad
