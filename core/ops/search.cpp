// Finding elements: where something holds, which of some values, where to insert.
#include <algorithm>
#include <unordered_set>

#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/device.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

/// The indices of the elements that are not 0, one tensor for each dimension.
std::vector<Variable> where_indices(const Variable& condition) {
  return unbind(nonzero(condition.dim() == 0 ? unsqueeze(condition, 0) : condition), 1);
}

Arg call_nonzero(std::span<const Arg> args) {
  const Variable input = boxing::From<Variable>::get(args[0]);
  if (!boxing::From<bool>::get(args[1])) return nonzero(input);
  return boxing::result(where_indices(input));
}

template <class T>
Tensor find_in(const Variable& elements, const Variable& test, bool invert) {
  const ops::HostArray<T> wanted(test.data()), given(elements.data());
  const std::unordered_set<T> set(wanted.begin(), wanted.end());
  const auto result = ops::HostArray<bool>::empty(elements.shape());
  for (int64_t i = 0; i < given.size(); ++i) result[i] = set.contains(given[i]) != invert;
  return result.on(elements.device());
}

Variable isin(const Variable& elements, const Variable& test_elements, bool, bool invert) {
  ops::device_of(Variables{elements, test_elements});
  const bool floating = is_floating(elements.dtype()) || is_floating(test_elements.dtype());
  return Variable(floating ? find_in<double>(elements, test_elements, invert)
                           : find_in<int64_t>(elements, test_elements, invert));
}

Variable searchsorted(const Variable& sorted_sequence, const Variable& input, bool out_int32,
                      bool right, const std::optional<std::string>& side) {
  if (side && *side != "left" && *side != "right") {
    fail("torch.searchsorted(): side can only be 'left' or 'right' but got ", *side);
  }
  if (sorted_sequence.dim() == 0) {
    fail(
        "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 "
        "dimension");
  }
  const bool after = right || (side && *side == "right");
  const bool shared = sorted_sequence.dim() == 1;
  const int64_t dims = sorted_sequence.dim();
  bool fits = shared || dims == input.dim();
  for (int64_t d = 0; fits && !shared && d + 1 < dims; ++d) {
    fits = sorted_sequence.shape()[d] == input.shape()[d];
  }
  if (!fits) {
    fail(
        "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
        "dimensions of boundaries tensor and input value tensor must match, but we got "
        "boundaries tensor ",
        to_string(sorted_sequence.shape()), " and input value tensor ", to_string(input.shape()));
  }
  const Device device = ops::device_of(Variables{sorted_sequence, input});
  const ops::HostArray<double> bounds(sorted_sequence.data()), values(input.data());
  const int64_t width = sorted_sequence.shape().back();
  const int64_t per_row = shared ? values.size() : std::max<int64_t>(input.shape().back(), 1);
  const auto places = ops::HostArray<int64_t>::empty(input.shape());
  for (int64_t i = 0; i < values.size(); ++i) {
    const double* const begin = bounds.begin() + (shared ? 0 : i / per_row * width);
    const double* const end = begin + width;
    const double* const place =
        after ? std::upper_bound(begin, end, values[i]) : std::lower_bound(begin, end, values[i]);
    places[i] = place - begin;
  }
  const Tensor result = places.on(device);
  return Variable(out_int32 ? result.to(DType::Int32) : result);
}

Variable bucketize(const Variable& input, const Variable& boundaries, bool out_int32, bool right) {
  if (boundaries.dim() != 1) {
    fail("boundaries tensor must be 1 dimension, but got dim(", boundaries.dim(), ")");
  }
  return searchsorted(boundaries, input, out_int32, right, std::nullopt);
}

/// `input` with `value` in the slices `index` along `dim`.
Variable index_fill(const Variable& input, int64_t dim, const Variable& index,
                    const Variable& value) {
  if (value.dim() != 0) {
    fail("index_fill_ only supports a 0-dimensional value tensor, but got tensor with ",
         value.dim(), " dimension(s).");
  }
  dim = wrap_dim(dim, input.dim());
  const int64_t size = input.dim() == 0 ? 1 : input.shape()[dim];
  const auto mask = ops::HostArray<bool>::zeros({size});
  for (const int64_t place : ops::HostArray<int64_t>(index.data())) {
    if (place < -size || place >= size) {
      fail(ErrorKind::Index, "index out of range in self");
    }
    mask[place < 0 ? place + size : place] = true;
  }
  Shape shape(static_cast<size_t>(input.dim()), 1);
  if (input.dim() > 0) shape[dim] = size;
  const std::string_view name = value.is_number() ? "IndexFillBackward0" : "IndexFillBackward1";
  return ops::fused(name, {input, value},
                    [chosen = Variable(mask.on(input.device()).reshape(shape))](
                        const Variables& v) { return masked_fill(v[0], chosen, v[1]); });
}

}  // namespace

GRADPAD_DEFINE_OP(
    where_indices, "where(Tensor condition) -> Tensor[]",
    "The indices of the elements that are True, one tensor for each dimension.\n"
    "Derivative: g where `condition` is True, for `other` where not.\n"
    "Shape: that to which the operands broadcast.\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError where the shapes do not broadcast, or a condition that is not bool.",
    "none: gives integers or bool", kEverywhere, boxed<&where_indices>);
GRADPAD_DEFINE_OP(nonzero_tuple, "nonzero(Tensor input, *, bool as_tuple) -> Tensor[]",
                  "With as_tuple one tensor of indices for each dimension.\n"
                  "Derivative: none.\n"
                  "Shape: [count, dimensions].\n"
                  "Dtypes: any; the result is int64.\n"
                  "Errors: none beside wrong types of arguments.",
                  "none: gives integers or bool", kEverywhere, call_nonzero);
GRADPAD_DEFINE_OP(
    isin,
    "isin(Tensor|Scalar elements, Tensor|Scalar test_elements, *, bool assume_unique=False, bool "
    "invert=False) -> Tensor",
    "Whether each element is one of the test elements.\n"
    "Derivative: none.\n"
    "Shape: that of `elements`.\n"
    "Dtypes: any; the result is bool.\n"
    "Errors: none beside wrong types of arguments.",
    "none: gives integers or bool", kTorch, boxed<&isin>);
GRADPAD_DEFINE_OP(searchsorted,
                  "searchsorted(Tensor sorted_sequence, Tensor input, *, bool out_int32=False, "
                  "bool right=False, str? side=None) -> Tensor",
                  "Where each element would have to be inserted to keep the order.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is int64, or int32 with out_int32.\n"
                  "Errors: RuntimeError for sequences that do not fit the input.",
                  "none: gives integers or bool", kTorch, boxed<&searchsorted>);
GRADPAD_DEFINE_OP(bucketize,
                  "bucketize(Tensor input, Tensor boundaries, *, bool out_int32=False, bool "
                  "right=False) -> Tensor",
                  "The number of the bucket of each element.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is int64, or int32 with out_int32.\n"
                  "Errors: RuntimeError for boundaries of more than one dimension.",
                  "none: gives integers or bool", kTorch, boxed<&bucketize>);
GRADPAD_DEFINE_OP(index_fill,
                  "index_fill(Tensor input, int dim, Tensor index, Tensor|Scalar value) -> Tensor",
                  "`input` with `value` in the slices `index` along `dim`.\n"
                  "Derivative: g with zeros at `index`; the sum of g there for `value`.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for an index or a dimension out of range.",
                  "T[3,4], 1, I[2]<4, 0.5; T[3], 0, I[2]<3, T[]", kEverywhere | kInPlace,
                  boxed<&index_fill>);

}  // namespace gradpad
