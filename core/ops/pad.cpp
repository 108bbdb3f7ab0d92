// Padding: with a constant, or with elements of the input.
#include <vector>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

/// Negative padding cuts off. The pairs run from the last dimension to the first.
Variable constant_pad(const Variable& input, const Dims& pad, const Scalar& value) {
  if (pad.size() % 2 != 0) {
    fail("Length of pad must be even but instead it equals ", pad.size());
  }
  const int64_t pairs = pad.ssize() / 2;
  if (pairs > input.dim()) {
    fail(
        "Length of pad should be no more than twice the number of dimensions of the input. Pad "
        "length is ",
        pad.size(), "while the input has ", input.dim(), "dimensions.");
  }
  Shape shape = input.shape();
  Tensor source = input.data();
  for (int64_t i = 0; i < pairs; ++i) {
    const int64_t d = input.dim() - 1 - i;
    const int64_t before = pad[2 * i], after = pad[2 * i + 1];
    shape[d] += before + after;
    const int64_t kept =
        source.shape()[d] + std::min<int64_t>(before, 0) + std::min<int64_t>(after, 0);
    if (shape[d] < 0 || kept < 0) {
      fail("The input size ", input.shape()[d], ", plus negative padding ", before, " and ", after,
           " resulted in a negative output size, which is invalid. Check dimension ", d,
           " of your input.");
    }
    source = source.narrow(d, std::max<int64_t>(-before, 0), kept);
  }
  Tensor data = Tensor::full(shape, value, input.dtype(), input.device());
  Tensor middle = data;
  for (int64_t i = 0; i < pairs; ++i) {
    const int64_t d = input.dim() - 1 - i;
    middle = middle.narrow(d, std::max<int64_t>(pad[2 * i], 0), source.shape()[d]);
  }
  middle.copy_from(source);
  return differentiable("ConstantPadNdBackward0", std::move(data), {input}, {},
                        [pad](Backward&, const Variable& g) -> Variables {
                          Dims back = pad;
                          for (int64_t& p : back) p = -p;
                          return {constant_pad(g, back, 0)};
                        });
}

/// A dimension of the result and where in the input its elements come from.
struct Selection {
  int64_t dim;
  Tensor index;
};

Variable pad_by_index(std::string_view node, const Variable& input,
                      const std::vector<Selection>& selections) {
  Variable result = input.detach();
  std::vector<Shape> shapes;
  for (const Selection& selection : selections) {
    shapes.push_back(result.shape());
    result = index_select(result, selection.dim, Variable(selection.index));
  }
  return differentiable(
      node, result.data(), {input}, {}, [=](Backward&, const Variable& g) -> Variables {
        Variable grad = g;
        for (size_t i = selections.size(); i-- > 0;) {
          const Variable zeros(Tensor::zeros(shapes[i], g.dtype(), g.device()));
          grad = index_add(zeros, selections[i].dim, Variable(selections[i].index), grad);
        }
        return {grad};
      });
}

enum class Mode { reflect, replicate, circular };

int64_t source_place(Mode mode, int64_t place, int64_t n) {
  if (mode == Mode::replicate) return std::clamp<int64_t>(place, 0, n - 1);
  if (mode == Mode::circular) return (place % n + n) % n;
  if (place < 0) return -place;
  return place < n ? place : 2 * (n - 1) - place;
}

Variable pad_from_input(const Variable& input, const Dims& pad, Mode mode) {
  static constexpr std::string_view kNodes[3][3] = {
      {"ReflectionPad1DBackward0", "ReflectionPad2DBackward0", "ReflectionPad3DBackward0"},
      {"ReplicationPad1DBackward0", "ReplicationPad2DBackward0", "ReplicationPad3DBackward0"},
      {"CopySlices", "CopySlices", "CopySlices"}};
  const int64_t pairs = pad.ssize() / 2;
  std::vector<Selection> selections;
  for (int64_t i = 0; i < pairs; ++i) {
    const int64_t d = input.dim() - 1 - i;
    const int64_t before = pad[2 * i], after = pad[2 * i + 1], n = input.shape()[d];
    if (mode == Mode::reflect && (before >= n || after >= n)) {
      fail("Argument #", 4 + 2 * i,
           ": Padding size should be less than the corresponding input "
           "dimension, but got: padding (",
           before, ", ", after, ") at dimension ", d, " of input ", to_string(input.shape()));
    }
    if (mode == Mode::circular && (before > n || after > n)) {
      fail("Padding value causes wrapping around more than once.");
    }
    const int64_t size = n + before + after;
    if (size < 1 || n < 1) {
      fail("input (", d, ": ", n, ") is too small. Calculated output ", d, ": ", size);
    }
    const auto index = ops::HostArray<int64_t>::empty({size});
    for (int64_t j = 0; j < size; ++j) {
      index[j] = source_place(mode, j - before, n);
    }
    selections.push_back({d, index.on(input.device())});
  }
  return pad_by_index(kNodes[static_cast<int>(mode)][pairs - 1], input, selections);
}

Variable pad_with(const Variable& input, const Dims& pad, const std::string& mode,
                  std::optional<double> value) {
  if (pad.size() % 2 != 0) fail("Padding length must be divisible by 2");
  if (pad.ssize() / 2 > input.dim()) fail("Padding length too large");
  if (mode == "constant") {
    // Beside integers a whole number stays exact.
    const double fill = value.value_or(0);
    return constant_pad(input, pad, Scalar(fill));
  }
  if (value && *value != 0) {
    fail("Padding mode \"", mode, "\" doesn't take in value argument");
  }
  Mode how = Mode::reflect;
  if (mode == "replicate")
    how = Mode::replicate;
  else if (mode == "circular")
    how = Mode::circular;
  else if (mode != "reflect") {
    fail(ErrorKind::NotImplemented, "Unrecognised padding mode ", mode);
  }
  const int64_t pairs = pad.ssize() / 2;
  if (how == Mode::circular && pairs != input.dim() - 2) {
    fail("Invalid padding size, expected ", 2 * (input.dim() - 2), " but got ", pad.size());
  }
  const bool fits =
      pairs >= 1 && pairs <= 3 && input.dim() >= pairs + 1 && input.dim() <= pairs + 2;
  if (!fits) {
    fail(ErrorKind::NotImplemented,
         "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now");
  }
  return pad_from_input(input, pad, how);
}

}  // namespace

Variable pad(const Variable& input, const Dims& pad, const std::string& mode, double value) {
  return pad_with(input, pad, mode, value);
}

GRADPAD_DEFINE_OP(
    pad, "pad(Tensor input, int[] pad, str mode='constant', float? value=None) -> Tensor",
    "`pad` holds how many elements to add before and after, in pairs from the last dimension on; "
    "negative ones are cut off. mode: 'constant' (with `value`), 'reflect', 'replicate' or "
    "'circular'; the last three take inputs [N, C, ...].\n"
    "Derivative: the part of g that lies inside, and what was copied from each element.\n"
    "Shape: the sizes with their pads added.\n"
    "Dtypes: any with a constant, else floating; the result has that of `input`.\n"
    "Errors: RuntimeError for pads that do not fit the dimensions or the mode; "
    "NotImplementedError for another mode.",
    "T[2,3], [1,2]; T[2,3], [1,-1,0,1], 'constant', 5; T[1,2,3], [2,1], 'reflect'; "
    "T[1,1,3,3], [1,2,0,1], 'reflect'; T[1,2,3], [2,1], 'replicate'; T[1,1,2,3], [1,1,2,1], "
    "'replicate'; T[1,2,3], [2,1], 'circular'; T[1,1,2,3], [1,1,2,1], 'circular'",
    kFunctional, boxed<&pad_with>);
GRADPAD_DEFINE_OP(
    constant_pad_nd, "constant_pad_nd(Tensor input, int[] pad, Scalar value=0) -> Tensor",
    "Padding with a constant.\n"
    "Derivative: the part of g that lies inside.\n"
    "Shape: the sizes with their pads added.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an odd number of pads, more than there are dimensions, or a "
    "negative size.",
    "T[2,3], [1,2], 3", kTorch, boxed<&constant_pad>);

}  // namespace gradpad
