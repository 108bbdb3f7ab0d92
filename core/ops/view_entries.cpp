// Views made of others, and how the language calls all of them.
#include "gradpad/ops/views.h"
#include "ops/entry.h"

namespace gradpad {

Variable flatten(const Variable& input, int64_t start_dim, int64_t end_dim) {
  if (input.dim() == 0) return reshape(input, {1});
  const int64_t first = wrap_dim(start_dim, input.dim()), last = wrap_dim(end_dim, input.dim());
  if (first > last) {
    fail("flatten() has invalid args: start_dim cannot come after end_dim");
  }
  if (first == last) return input;
  Shape shape;
  for (int64_t d = 0; d < input.dim(); ++d) {
    if (d <= first || d > last) {
      shape.push_back(input.shape()[d]);
    } else {
      shape[first] *= input.shape()[d];
    }
  }
  return reshape(input, shape);
}

Variable unflatten(const Variable& input, int64_t dim, const Shape& sizes) {
  dim = wrap_dim(dim, input.dim());
  const Shape inner = infer_shape(sizes, input.size(dim));
  Shape shape;
  for (int64_t d = 0; d < input.dim(); ++d) {
    if (d != dim) {
      shape.push_back(input.shape()[d]);
    } else {
      for (int64_t size : inner) shape.push_back(size);
    }
  }
  return view(input, shape);
}

Variable movedim(const Variable& input, const Dims& source, const Dims& destination) {
  if (source.size() != destination.size()) {
    fail("movedim: Invalid source or destination dims: source (", to_string(source),
         " dims) should contain the same number of dims as destination (", to_string(destination),
         " dims)");
  }
  const int64_t dim = input.dim();
  Dims order(static_cast<size_t>(dim), -1);
  std::vector<bool> moved(static_cast<size_t>(dim), false);
  for (size_t i = 0; i < source.size(); ++i) {
    const int64_t from = wrap_dim(source[i], dim), to = wrap_dim(destination[i], dim);
    if (moved[static_cast<size_t>(from)]) fail("movedim: repeated dim in `source`");
    if (order[to] >= 0) fail("movedim: repeated dim in `destination`");
    moved[static_cast<size_t>(from)] = true;
    order[to] = from;
  }
  int64_t next = 0;
  for (int64_t d = 0; d < dim; ++d) {
    if (order[d] >= 0) continue;
    while (moved[static_cast<size_t>(next)]) ++next;
    order[d] = next++;
  }
  return permute(input, order);
}

namespace {

Variable view_as(const Variable& input, const Variable& other) {
  return view(input, other.shape());
}
Variable reshape_as(const Variable& input, const Variable& other) {
  return reshape(input, other.shape());
}
Variable expand_as(const Variable& input, const Variable& other) {
  return expand(input, other.shape());
}
Variable broadcast_to(const Variable& input, const Dims& size) { return expand(input, size); }
Variable as_strided_at(const Variable& input, const Dims& size, const Dims& stride,
                       std::optional<int64_t> offset) {
  return as_strided(input, size, stride, offset.value_or(input.data().offset()));
}
Variable movedim_one(const Variable& input, int64_t source, int64_t destination) {
  return movedim(input, Dims{source}, Dims{destination});
}

}  // namespace

GRADPAD_DEFINE_OP(
    view, "view(Tensor(a) input, int[] size) -> Tensor(a)",
    "The same data under another shape; one size may be -1. RuntimeError where the strides do not "
    "allow a view.\n"
    "Derivative: g in the shape of `input`.\n"
    "Shape: `size`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for another number of elements, or strides that do not allow a view.",
    "T[2,3], [3,2]; T[4], [2,-1]", kMethod | kByStrides, boxed<&view>);
GRADPAD_DEFINE_OP(
    view_as, "view_as(Tensor(a) input, Tensor other) -> Tensor(a)",
    "The same data under the shape of `other`: view(input, other.size()).\n"
    "Derivative: g in the shape of `input`.\n"
    "Shape: that of `other`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for another number of elements, or strides that do not allow a view.",
    "T[2,3], T[3,2]", kMethod | kByStrides, boxed<&view_as>);
GRADPAD_DEFINE_OP(
    reshape, "reshape(Tensor(a) input, int[] shape) -> Tensor(a)",
    "The same elements in row-major order under another shape: a view where possible, else a "
    "copy. One size may be -1.\n"
    "Derivative: g in the shape of `input`.\n"
    "Shape: `shape`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for another number of elements.",
    "T[2,3], [-1]", kEverywhere, boxed<&reshape>);
GRADPAD_DEFINE_OP(reshape_as, "reshape_as(Tensor(a) input, Tensor other) -> Tensor(a)",
                  "reshape(input, other.size()).\n"
                  "Derivative: g in the shape of `input`.\n"
                  "Shape: that of `other`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for another number of elements.",
                  "T[2,3], T[6]", kMethod, boxed<&reshape_as>);
GRADPAD_DEFINE_OP(
    flatten, "flatten(Tensor(a) input, int start_dim=0, int end_dim=-1) -> Tensor(a)",
    "Dimensions start_dim to end_dim made one.\n"
    "Derivative: g in the shape of `input`.\n"
    "Shape: the sizes from start_dim to end_dim multiplied.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for start_dim behind end_dim; IndexError for a dimension out of range.",
    "T[2,3,2], 1", kEverywhere, boxed<&flatten>);
GRADPAD_DEFINE_OP(
    unflatten, "unflatten(Tensor(a) input, int dim, int[] sizes) -> Tensor(a)",
    "Dimension `dim` split into `sizes`, of which one may be -1.\n"
    "Derivative: g in the shape of `input`.\n"
    "Shape: `dim` replaced by `sizes`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for sizes that do not multiply to that of `dim`; IndexError for a "
    "dimension out of range.",
    "T[6], 0, [2,-1]", kEverywhere, boxed<&unflatten>);
GRADPAD_DEFINE_OP(t, "t(Tensor(a) input) -> Tensor(a)",
                  "The transpose of a matrix; vectors and scalars are returned as they are.\n"
                  "Derivative: gᵀ.\n"
                  "Shape: the two sizes exchanged.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for more than two dimensions.",
                  "T[2,3]", kEverywhere | kInPlace, boxed<&t>);
GRADPAD_DEFINE_OP(transpose, "transpose(Tensor(a) input, int dim0, int dim1) -> Tensor(a)",
                  "Two dimensions exchanged; a view.\n"
                  "Derivative: g transposed back.\n"
                  "Shape: the two sizes exchanged.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3,2], 0, 2", kEverywhere | kInPlace, boxed<&transpose>);
GRADPAD_DEFINE_OP(swapaxes, "swapaxes(Tensor(a) input, int axis0, int axis1) -> Tensor(a)",
                  "Alias of transpose.", "T[2,3], 0, 1", kEverywhere | kInPlace, boxed<&transpose>);
GRADPAD_DEFINE_OP(
    permute, "permute(Tensor(a) input, int[] dims) -> Tensor(a)",
    "Dimensions in the order of `dims`; a view.\n"
    "Derivative: g with the dimensions in their old order.\n"
    "Shape: the sizes in the order of `dims`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for dims that are no permutation; IndexError for one out of range.",
    "T[2,3,2], [2,0,1]", kEverywhere, boxed<&permute>);
GRADPAD_DEFINE_OP(
    movedim, "movedim(Tensor(a) input, int source, int destination) -> Tensor(a)",
    "One dimension moved to another place; a view.\n"
    "Derivative: g with the dimension moved back.\n"
    "Shape: the sizes in the new order.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a dimension named twice; IndexError for one out of range.",
    "T[2,3,2], 0, 2", kEverywhere, boxed<&movedim_one>);
GRADPAD_DEFINE_OP(movedim_many,
                  "movedim(Tensor(a) input, int[] source, int[] destination) -> Tensor(a)",
                  "Dimensions moved to other places; a view.", "T[2,3,2], [0,1], [2,0]",
                  kEverywhere, boxed<&movedim>);
GRADPAD_DEFINE_OP(squeeze, "squeeze(Tensor(a) input) -> Tensor(a)",
                  "Without its dimensions of size 1.\n"
                  "Derivative: g in the shape of `input`.\n"
                  "Shape: without dimensions of size 1.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[1,3,1]", kEverywhere | kInPlace, boxed<overload<const Variable&>(squeeze)>);
GRADPAD_DEFINE_OP(squeeze_dim, "squeeze(Tensor(a) input, int dim) -> Tensor(a)",
                  "Without dimension `dim`, if that is of size 1.", "T[1,3], 0; T[1,3], 1",
                  kEverywhere | kInPlace, boxed<overload<const Variable&, int64_t>(squeeze)>);
GRADPAD_DEFINE_OP(unsqueeze, "unsqueeze(Tensor(a) input, int dim) -> Tensor(a)",
                  "With a dimension of size 1 inserted before `dim`.\n"
                  "Derivative: g without the dimension.\n"
                  "Shape: with a size of 1 at `dim`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[3], 0; T[3], -1", kEverywhere | kInPlace, boxed<&unsqueeze>);
GRADPAD_DEFINE_OP(expand, "expand(Tensor(a) input, int[] size) -> Tensor(a)",
                  "Dimensions of size 1 repeated without a copy; -1 keeps a size.\n"
                  "Derivative: g summed over what was repeated.\n"
                  "Shape: `size`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for sizes that are neither equal nor 1.",
                  "T[3,1], [2,3,4]; T[3,1], [-1,2]", kMethod, boxed<&expand>);
GRADPAD_DEFINE_OP(expand_as, "expand_as(Tensor(a) input, Tensor other) -> Tensor(a)",
                  "Expanded to the shape of `other`: expand(input, other.size()).\n"
                  "Derivative: g summed over what was repeated.\n"
                  "Shape: that of `other`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for sizes that are neither equal nor 1.",
                  "T[3,1], T[3,2]", kMethod, boxed<&expand_as>);
GRADPAD_DEFINE_OP(broadcast_to, "broadcast_to(Tensor(a) input, int[] size) -> Tensor(a)",
                  "Broadcast to `size`; a view.\n"
                  "Derivative: g summed over what was broadcast.\n"
                  "Shape: `size`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError where the shape does not broadcast to it.",
                  "T[3], [2,3]", kEverywhere, boxed<&broadcast_to>);
GRADPAD_DEFINE_OP(
    select, "select(Tensor(a) input, int dim, int index) -> Tensor(a)",
    "One element of dimension `dim`, which is removed; a view.\n"
    "Derivative: g at the element, zeros elsewhere.\n"
    "Shape: without `dim`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: IndexError for an index or a dimension out of range, or a tensor without dimensions.",
    "T[2,3], 1, -1", kEverywhere, boxed<&select>);
GRADPAD_DEFINE_OP(
    narrow, "narrow(Tensor(a) input, int dim, int start, int length) -> Tensor(a)",
    "`length` elements of dimension `dim` from `start`; a view.\n"
    "Derivative: g at its place, zeros elsewhere.\n"
    "Shape: `dim` of size length.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a range outside the dimension; IndexError for a dimension out of "
    "range.",
    "T[2,4], 1, 1, 2", kEverywhere, boxed<&narrow>);
GRADPAD_DEFINE_OP(
    diagonal, "diagonal(Tensor(a) input, int offset=0, int dim1=0, int dim2=1) -> Tensor(a)",
    "The diagonal of dimensions dim1 and dim2, as a new last dimension; a view.\n"
    "Derivative: g at the diagonal, zeros elsewhere.\n"
    "Shape: without dim1 and dim2, with the diagonal's length at the end.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError where dim1 and dim2 are one; IndexError for a dimension out of range.",
    "T[3,3]; T[2,3,3], 1, 1, 2; T[3,2], -1", kEverywhere, boxed<&diagonal>);
GRADPAD_DEFINE_OP(
    unfold, "unfold(Tensor(a) input, int dimension, int size, int step) -> Tensor(a)",
    "Windows of `size` elements every `step` along `dimension`, as a new last dimension; a view.\n"
    "Derivative: g added where the windows overlap.\n"
    "Shape: (size of the dimension - size) / step + 1 windows, with `size` behind.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a size above that of the dimension, or a step below 1; IndexError "
    "for a dimension out of range.",
    "T[5], 0, 3, 1; T[2,5], 1, 2, 2", kMethod, boxed<&unfold>);
GRADPAD_DEFINE_OP(
    as_strided,
    "as_strided(Tensor(a) input, int[] size, int[] stride, int? storage_offset=None) -> Tensor(a)",
    "A view of the storage with any sizes and strides.\n"
    "Derivative: g added at the places of the storage that the view shows.\n"
    "Shape: `size`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError where the view would leave the storage.",
    "T[6], [2,2], [1,2]; T[4], [3,2], [1,1], 0", kEverywhere | kByStrides, boxed<&as_strided_at>);

}  // namespace gradpad
