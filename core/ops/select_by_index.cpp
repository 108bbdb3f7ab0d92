// gather, scatter and their kin: selecting along a dimension by tensors of indices.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/entry.h"
#include "ops/gather_map.h"

namespace gradpad {

namespace {

void check_index_dtype(const Variable& index, std::string_view op) {
  if (index.dtype() != DType::Int64) fail(op, "(): Expected dtype int64 for index");
}

/// Slices along `dim`, at the places of a 1-d index.
GatherMap slices_map(const Variable& input, int64_t dim, const Variable& index,
                     std::string_view op) {
  if (index.dim() > 1) {
    fail(ErrorKind::Index, op, "(): Index is supposed to be a vector");
  }
  if (index.dtype() != DType::Int64 && index.dtype() != DType::Int32) {
    fail(op, "(): Expected dtype int32 or int64 for index");
  }
  const Shape source = input.dim() == 0 ? Shape{1} : input.shape();
  dim = wrap_dim(dim, source.ssize());
  GatherMap map{"IndexSelectBackward0", "IndexAddBackward0", source, {dim}, 1, {}, {}, {}};
  const Tensor places = index.data().to(DType::Int64).contiguous();
  const int64_t wrong = kernels::kernels(places.device())
                            .fold_index(nullptr, places.data<int64_t>(),
                                        {.count = places.numel(), .size = source[dim]});
  if (wrong >= 0) fail(ErrorKind::Index, "index out of range in self");
  map.places = places;
  map.result = {places.numel()};
  for (int64_t d = 0; d < source.ssize(); ++d) {
    if (d == dim) continue;
    map.source_order.push_back(d);
    map.result.push_back(source[d]);
    map.row *= source[d];
  }
  map.result_order = identity_order(source.ssize());
  std::rotate(map.result_order.begin(), map.result_order.begin() + 1,
              map.result_order.begin() + dim + 1);
  return map;
}

/// Single elements: out[i][j] is at (index[i][j], j) for dim 0, and so on.
GatherMap elements_map(const Shape& source, int64_t dim, const Variable& index,
                       std::string_view op) {
  check_index_dtype(index, op);
  const int64_t dims = source.ssize();
  if (index.dim() != dims && !(index.dim() <= 1 && dims <= 1)) {
    fail("Index tensor must have the same number of dimensions as input tensor");
  }
  dim = wrap_dim(dim, dims);
  GatherMap map{"GatherBackward0", "ScatterAddBackward0",      source, identity_order(dims), 1, {},
                index.shape(),     identity_order(index.dim())};
  for (int64_t d = 0; d < std::min(dims, index.dim()); ++d) {
    if (d != dim && index.shape()[d] > source[d]) {
      fail("Size does not match at dimension ", d, " expected index ", to_string(index.shape()),
           " to be smaller than self ", to_string(source), " apart from dimension ", dim);
    }
  }
  const Tensor given = index.data().contiguous();
  map.places = Tensor::empty(index.shape(), DType::Int64, given.device());
  // Where the elements would be but for `dim`, along which the index says.
  Strides steps = contiguous_strides(source);
  const int64_t size = dims == 0 ? 1 : source[dim], step = dims == 0 ? 1 : steps[dim];
  steps.resize(std::max(steps.size(), index.shape().size()));
  if (dims > 0) steps[dim] = 0;
  if (dims == 0 && index.dim() > 0) steps[0] = 0;
  const kernels::KernelTable& table = kernels::kernels(given.device());
  auto* const place = map.places.data<int64_t>();
  table.positions(place, index.shape().data(), steps.data(), static_cast<int>(index.dim()), 0);
  const int64_t wrong =
      table.fold_index(place, given.data<int64_t>(),
                       {.count = given.numel(), .size = size, .grow = 1, .step = step});
  if (wrong >= 0) {
    fail("index ", given.at(wrong).to_int(), " is out of bounds for dimension ", dim, " with size ",
         size);
  }
  return map;
}

/// The part of `src` that an index of a smaller shape reads.
Variable matching(const Variable& src, const Variable& index) {
  Variable part = src;
  for (int64_t d = 0; d < std::min(src.dim(), index.dim()); ++d) {
    if (index.shape()[d] > src.shape()[d]) {
      fail("Expected index ", to_string(index.shape()), " to be smaller than src ",
           to_string(src.shape()), " in all dimensions");
    }
    if (index.shape()[d] < src.shape()[d]) part = narrow(part, d, 0, index.shape()[d]);
  }
  return part;
}

}  // namespace

Variable index_select(const Variable& input, int64_t dim, const Variable& index) {
  const GatherMap map = slices_map(input, dim, index, "index_select");
  const Variable source = input.dim() == 0 ? reshape(input, {1}) : input;
  const Variable result = gather_rows(map, source);
  return input.dim() == 0 ? reshape(result, {}) : result;
}

Variable gather(const Variable& input, int64_t dim, const Variable& index) {
  return gather_rows(elements_map(input.shape(), dim, index, "gather"), input);
}

Variable scatter(const Variable& input, int64_t dim, const Variable& index, const Variable& src) {
  const GatherMap map = elements_map(input.shape(), dim, index, "scatter");
  const bool is_value = src.dim() == 0 && index.dim() != 0;
  const Variable rows =
      is_value ? expand(to(src, input.device()), index.shape()) : matching(src, index);
  return replace_rows(map, src.is_number() ? "ScatterBackward1" : "ScatterBackward0", input,
                      convert(rows, input.dtype()));
}

namespace {

/// `input` with alpha times `rows` added at the map's places.
Variable added(std::string_view node, const GatherMap& map, const Variable& input,
               const Variable& rows, const Scalar& alpha) {
  const Variable plain = add(input.detach(), scatter_rows(map, rows.detach()), alpha);
  return differentiable(node, plain.data(), {input, rows}, {},
                        [=](Backward& b, const Variable& g) -> Variables {
                          if (!b.needs(1)) return {g};
                          const Variable taken = gather_rows(map, g);
                          return {g, alpha.to_double() == 1 ? taken : taken * Variable(alpha)};
                        });
}

}  // namespace

Variable scatter_add(const Variable& input, int64_t dim, const Variable& index,
                     const Variable& src) {
  return added("ScatterAddBackward0", elements_map(input.shape(), dim, index, "scatter_add"), input,
               matching(src, index), 1);
}

Variable index_add(const Variable& input, int64_t dim, const Variable& index,
                   const Variable& source, const Scalar& alpha) {
  const GatherMap map = slices_map(input, dim, index, "index_add");
  if (source.dim() > 0 && source.size(dim) != index.numel()) {
    fail("index_add(): Number of indices (", index.numel(), ") should be equal to source.size(",
         wrap_dim(dim, input.dim()), "): (", source.size(dim), ")");
  }
  Shape expected = input.shape();
  if (!expected.empty()) expected[wrap_dim(dim, input.dim())] = index.numel();
  const bool fits = source.shape() == expected || (expected.ssize() <= 1 && source.dim() <= 1);
  if (!fits) {
    fail(
        "index_add(): source tensor shape must match self tensor shape, excluding the specified "
        "dimension. Got self.shape = [",
        to_string(input.shape()), "] source.shape = [", to_string(source.shape()), "]");
  }
  return added("IndexAddBackward0", map, input, source, alpha);
}

Variable masked_select(const Variable& input, const Variable& mask) {
  if (mask.dtype() != DType::Bool) {
    fail("masked_select: expected BoolTensor for mask");
  }
  const Shape shape = broadcast_shapes(input.shape(), mask.shape());
  Variable source = input.shape() == shape ? input : expand(input, shape);
  const Tensor flags = mask.data().expand(shape).contiguous();
  const Tensor places = nonzero(Variable(flags.reshape({flags.numel()}))).data();
  const GatherMap map{"MaskedSelectBackward0",
                      "MaskedScatterBackward0",
                      shape,
                      identity_order(shape.ssize()),
                      1,
                      places.reshape({places.numel()}),
                      {places.numel()},
                      {0}};
  return gather_rows(map, source);
}

Variable masked_fill(const Variable& input, const Variable& mask, const Variable& value) {
  if (mask.dtype() != DType::Bool) {
    // PyTorch takes a mask of bytes with a warning; other types fail in its kernel with this text.
    fail("Mask tensor can take 0 and 1 values only");
  }
  if (value.dim() != 0) {
    fail("masked_fill only supports a 0-dimensional value tensor, but got tensor with ",
         value.dim(), " dimension(s).");
  }
  const Variable filler = convert(value, input.dtype());
  const Variable plain = where(mask, filler.detach(), input.detach());
  return differentiable(value.is_number() ? "MaskedFillBackward0" : "MaskedFillBackward1",
                        plain.data(), {input, value}, {},
                        [mask](Backward& b, const Variable& g) -> Variables {
                          const Variable zero = convert(Variable(0.0), g.dtype());
                          return {b.needs(0) ? masked_fill(g, mask, zero) : Variable(),
                                  b.needs(1) ? where(mask, g, zero) : Variable()};
                        });
}

Variable take(const Variable& input, const Variable& index) {
  check_index_dtype(index, "take");
  const int64_t size = input.numel();
  const Tensor given = index.data().contiguous();
  Tensor places = Tensor::empty(given.shape(), DType::Int64, given.device());
  const int64_t wrong = kernels::kernels(given.device())
                            .fold_index(places.data<int64_t>(), given.data<int64_t>(),
                                        {.count = given.numel(), .size = size, .wraps = true});
  if (wrong >= 0) {
    fail(ErrorKind::Index, "out of range: tried to access index ", given.at(wrong).to_int(),
         " on a tensor of ", size, " elements.");
  }
  const GatherMap map{"TakeBackward0",
                      "PutBackward0",
                      input.shape(),
                      identity_order(input.dim()),
                      1,
                      places,
                      index.shape(),
                      identity_order(index.dim())};
  return gather_rows(map, input);
}

GRADPAD_DEFINE_OP(index_select, "index_select(Tensor input, int dim, Tensor index) -> Tensor",
                  "The slices of `input` at `index` (1-d, int64) along `dim`, as a copy.\n"
                  "Derivative: g added at the slices that were read.\n"
                  "Shape: `dim` as long as `index`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for an index or a dimension out of range.",
                  "T[3,4], 1, I[5]<4; T[3,2], 0, I[2]<3", kEverywhere, boxed<&index_select>);
GRADPAD_DEFINE_OP(
    gather, "gather(Tensor input, int dim, Tensor index) -> Tensor",
    "out[i][j] = input[index[i][j]][j] for dim 0, input[i][index[i][j]] for dim 1, and so on. The "
    "index (int64) has the result's shape.\n"
    "Derivative: g added at the places that were read.\n"
    "Shape: that of `index`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for an index out of range or of other dimensions; IndexError for a "
    "dimension out of range.",
    "T[3,4], 1, I[3,2]<4; T[3,4], 0, I[2,4]<3", kEverywhere, boxed<&gather>);
GRADPAD_DEFINE_OP(
    scatter, "scatter(Tensor input, int dim, Tensor index, Tensor src) -> Tensor",
    "`input` with src[i][j] written at [index[i][j]][j] for dim 0, and so on.\n"
    "Derivative: g with zeros at the places written; g at those places for `src`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: one for both tensors.\n"
    "Errors: RuntimeError for an index out of range or larger than `src`; IndexError for a "
    "dimension out of range.",
    "T[3,2], 1, I[3,1]<2, T[3,1]", kEverywhere | kInPlace, boxed<&scatter>);
GRADPAD_DEFINE_OP(scatter_value,
                  "scatter(Tensor input, int dim, Tensor index, Scalar value) -> Tensor",
                  "`input` with a number written at the places that gather would read.",
                  "T[3,2], 1, I[3,1]<2, 2.5", kEverywhere | kInPlace, boxed<&scatter>);
GRADPAD_DEFINE_OP(
    scatter_add, "scatter_add(Tensor input, int dim, Tensor index, Tensor src) -> Tensor",
    "`input` with src[i][j] added at [index[i][j]][j] for dim 0, and so on.\n"
    "Derivative: g; g at `index` for `src`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: one for both tensors.\n"
    "Errors: RuntimeError for an index out of range or larger than `src`; IndexError for a "
    "dimension out of range.",
    "T[3,2], 1, I[3,4]<2, T[3,4]", kEverywhere | kInPlace, boxed<&scatter_add>);
GRADPAD_DEFINE_OP(
    index_add,
    "index_add(Tensor input, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> "
    "Tensor",
    "`input` with alpha times the slices of `source` added at `index` along `dim`.\n"
    "Derivative: g; alpha * g at `index` for `source`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: one for both tensors.\n"
    "Errors: RuntimeError for an index out of range, or a source that does not fit; IndexError "
    "for a dimension out of range.",
    "T[3,2], 0, I[4]<3, T[4,2]; T[3,2], 1, I[1]<2, T[3,1], alpha=2", kEverywhere | kInPlace,
    boxed<&index_add>);
GRADPAD_DEFINE_OP(masked_select, "masked_select(Tensor input, Tensor mask) -> Tensor",
                  "The elements where `mask` (bool, broadcast) is True, 1-d.\n"
                  "Derivative: g at the places of the mask, zeros elsewhere.\n"
                  "Shape: [number of True].\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError where the mask does not broadcast or is not bool.",
                  "T[3,4], B[3,4]", kEverywhere, boxed<&masked_select>);
GRADPAD_DEFINE_OP(
    masked_fill, "masked_fill(Tensor input, Tensor mask, Tensor|Scalar value) -> Tensor",
    "`input` with `value` where `mask` (bool, broadcast) is True.\n"
    "Derivative: g with zeros under the mask; the sum of g there for `value`.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError where the mask does not broadcast or is not bool, or for a value with "
    "dimensions.",
    "T[3,4], B[3,4], T[]; T[3,4], B[4], 2.5", kEverywhere | kInPlace, boxed<&masked_fill>);
GRADPAD_DEFINE_OP(
    take, "take(Tensor input, Tensor index) -> Tensor",
    "The elements at row-major positions `index`, in the shape of `index`.\n"
    "Derivative: g added at the places that were read.\n"
    "Shape: that of `index`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: IndexError for an index out of range; RuntimeError for another type of index.",
    "T[3,4], I[2,3]<12", kEverywhere, boxed<&take>);
GRADPAD_DEFINE_OP(nonzero, "nonzero(Tensor input) -> Tensor",
                  "Indices of the elements that are not 0, a row for each; int64.",
                  "none: gives integers or bool", kEverywhere, boxed<&nonzero>);

}  // namespace gradpad
