// Views that come several at a time: one node with an output for each piece.
#include <functional>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/views.h"
#include "ops/device.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

using TensorView = std::function<Tensor(const Tensor&, int64_t piece)>;
using VariableView = std::function<Variable(const Variable&, int64_t piece)>;

struct Pieces {
  int64_t count;
  TensorView view;
  VariableView differentiable_view;
};

/// A tensor of `shape` made of the gradients of its pieces; missing ones are zero.
Variable assemble(const Variables& grads, const Shape& shape, const Pieces& pieces) {
  DType dtype = DType::Float32;
  for (const Variable& g : grads) {
    if (g.defined()) dtype = g.dtype();
  }
  Tensor data = Tensor::zeros(shape, dtype, ops::device_of(grads));
  for (size_t i = 0; i < grads.size(); ++i) {
    if (grads[i].defined()) {
      pieces.view(data, static_cast<int64_t>(i)).copy_from(grads[i].data());
    }
  }
  return differentiable("AssembleBackward0", std::move(data), grads, {},
                        [pieces](Backward&, const Variable& g) {
                          Variables parts;
                          for (int64_t i = 0; i < pieces.count; ++i) {
                            parts.push_back(pieces.differentiable_view(g, i));
                          }
                          return parts;
                        });
}

std::vector<Variable> views_of(std::string_view name, const Variable& input, const Pieces& pieces) {
  std::vector<Variable> results;
  for (int64_t i = 0; i < pieces.count; ++i) {
    results.emplace_back(pieces.view(input.data(), i));
  }
  const Variables inputs{input};
  if (is_floating(input.dtype()) && needs_graph(inputs)) {
    auto derivative = [shape = input.shape(), pieces](Backward&, const Variables& grads) {
      return Variables{assemble(grads, shape, pieces)};
    };
    link(make_ref<FunctionNode<decltype(derivative)>>(name, Saved{}, std::move(derivative)),
         {inputs.begin(), inputs.size()}, results);
  }
  for (Variable& result : results) result = as_view_of(input, result);
  return results;
}

/// Pieces along `dim` that begin at `starts[i]` and end where the next begins.
std::vector<Variable> split_at(const Variable& input, const Dims& starts, int64_t dim,
                               std::string_view name) {
  const auto bounds = [starts](int64_t i) { return std::pair(starts[i], starts[i + 1]); };
  return views_of(name, input,
                  {starts.ssize() - 1,
                   [=](const Tensor& x, int64_t i) {
                     return x.slice(dim, bounds(i).first, bounds(i).second, 1);
                   },
                   [=](const Variable& x, int64_t i) {
                     return slice(x, dim, bounds(i).first, bounds(i).second, 1);
                   }});
}

}  // namespace

std::vector<Variable> unbind(const Variable& input, int64_t dim) {
  if (input.dim() == 0) {
    fail(ErrorKind::Index, "Dimension specified as ", dim, " but tensor has no dimensions");
  }
  dim = wrap_dim(dim, input.dim());
  return views_of("UnbindBackward0", input,
                  {input.size(dim), [=](const Tensor& x, int64_t i) { return x.select(dim, i); },
                   [=](const Variable& x, int64_t i) { return select(x, dim, i); }});
}

std::vector<Variable> split(const Variable& input, int64_t split_size, int64_t dim) {
  if (input.dim() == 0) fail("split expects at least a 1-dimensional tensor");
  if (split_size < 0) {
    fail("split expects split_size be non-negative, but got split_size=", split_size);
  }
  dim = wrap_dim(dim, input.dim());
  const int64_t size = input.size(dim);
  if (split_size == 0 && size != 0) {
    fail("split_size can only be 0 if dimension size is 0, but got dimension size of ", size);
  }
  Dims starts{0};
  do {
    starts.push_back(std::min(starts.back() + split_size, size));
  } while (starts.back() < size);
  return split_at(input, starts, dim, "SplitBackward0");
}

std::vector<Variable> split(const Variable& input, const Dims& split_sizes, int64_t dim) {
  if (input.dim() == 0) fail("split expects at least a 1-dimensional tensor");
  dim = wrap_dim(dim, input.dim());
  Dims starts{0};
  for (int64_t size : split_sizes) {
    if (size < 0) {
      fail(
          "split_with_sizes expects split_sizes have only non-negative entries, but got "
          "split_sizes=",
          to_string(split_sizes));
    }
    starts.push_back(starts.back() + size);
  }
  if (starts.back() != input.size(dim)) {
    fail("split_with_sizes expects split_sizes to sum exactly to ", input.size(dim),
         " (input tensor's size at dimension ", dim,
         "), but got split_sizes=", to_string(split_sizes));
  }
  return split_at(input, starts, dim, "SplitWithSizesBackward0");
}

std::vector<Variable> chunk(const Variable& input, int64_t chunks, int64_t dim) {
  if (input.dim() == 0) fail("chunk expects at least a 1-dimensional tensor");
  if (chunks <= 0) fail("chunk expects `chunks` to be greater than 0, got: ", chunks);
  const int64_t size = input.size(dim);
  return split(input, std::max<int64_t>((size + chunks - 1) / chunks, size == 0 ? 0 : 1), dim);
}

GRADPAD_DEFINE_OP(
    unbind, "unbind(Tensor(a) input, int dim=0) -> Tensor(a)[]",
    "A tuple of the slices along `dim`, each without that dimension; views.\n"
    "Derivative: each slice's g at its place.\n"
    "Shape: without `dim`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a tensor without dimensions; IndexError for a dimension out of "
    "range.",
    "T[2,3]; T[2,3], 1", kEverywhere, boxed<&unbind>);

GRADPAD_DEFINE_OP(
    split, "split(Tensor(a) tensor, int split_size_or_sections, int dim=0) -> Tensor(a)[]",
    "Views of `split_size_or_sections` elements each along `dim`; the last may be smaller.\n"
    "Derivative: each view's g at its place.\n"
    "Shape: `dim` divided.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for sizes that do not add up; IndexError for a dimension out of range.",
    "T[5,3], 2; T[2,3], 2, 1", kEverywhere,
    boxed<overload<const Variable&, int64_t, int64_t>(split)>);

GRADPAD_DEFINE_OP(split_sizes,
                  "split(Tensor(a) tensor, int[] split_size_or_sections, int dim=0) -> Tensor(a)[]",
                  "Views of the given sizes along `dim`; the sizes must add up to the dimension's.",
                  "T[5,2], [1,4]", kEverywhere,
                  boxed<overload<const Variable&, const Dims&, int64_t>(split)>);

GRADPAD_DEFINE_OP(
    chunk, "chunk(Tensor(a) input, int chunks, int dim=0) -> Tensor(a)[]",
    "At most `chunks` views of equal size along `dim`; the last may be smaller.\n"
    "Derivative: each view's g at its place.\n"
    "Shape: `dim` divided.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError unless chunks > 0; IndexError for a dimension out of range.",
    "T[5,2], 2; T[2,5], 3, 1", kEverywhere, boxed<&chunk>);

}  // namespace gradpad
