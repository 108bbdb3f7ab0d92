// Finding elements: where something holds, which of some values, where to insert.
#include <algorithm>
#include <unordered_set>

#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/entry.h"

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

/// The values of both as float64, or as int64 where neither is floating.
template <class T>
std::vector<T> values_of(const Variable& variable) {
  const Tensor data = variable.data().to(dtype_of<T>).contiguous();
  return std::vector<T>(data.data<T>(), data.data<T>() + data.numel());
}

template <class T>
Tensor find_in(const Variable& elements, const Variable& test, bool invert) {
  const std::vector<T> wanted = values_of<T>(test), given = values_of<T>(elements);
  const std::unordered_set<T> set(wanted.begin(), wanted.end());
  Tensor result = Tensor::empty(elements.shape(), DType::Bool);
  for (size_t i = 0; i < given.size(); ++i) {
    result.data<bool>()[i] = set.contains(given[i]) != invert;
  }
  return result;
}

Variable isin(const Variable& elements, const Variable& test_elements, bool, bool invert) {
  const bool floating = is_floating(elements.dtype()) || is_floating(test_elements.dtype());
  return Variable(floating ? find_in<double>(elements, test_elements, invert)
                           : find_in<int64_t>(elements, test_elements, invert));
}

Variable searchsorted(const Variable& sorted_sequence, const Variable& input, bool out_int32,
                      bool right, const std::optional<std::string>& side) {
  if (side && *side != "left" && *side != "right") {
    fail("torch.searchsorted(): side can only be 'left' or 'right' but got ", *side);
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
  const std::vector<double> bounds = values_of<double>(sorted_sequence);
  const std::vector<double> values = values_of<double>(input);
  const auto width = static_cast<size_t>(sorted_sequence.shape().back());
  const size_t per_row =
      shared ? values.size() : static_cast<size_t>(std::max<int64_t>(input.shape().back(), 1));
  Tensor result = Tensor::empty(input.shape(), DType::Int64);
  for (size_t i = 0; i < values.size(); ++i) {
    const auto begin = bounds.begin() + static_cast<ptrdiff_t>(shared ? 0 : i / per_row * width);
    const auto end = begin + static_cast<ptrdiff_t>(width);
    const auto place =
        after ? std::upper_bound(begin, end, values[i]) : std::lower_bound(begin, end, values[i]);
    result.data<int64_t>()[i] = place - begin;
  }
  return Variable(out_int32 ? result.to(DType::Int32) : result);
}

Variable bucketize(const Variable& input, const Variable& boundaries, bool out_int32, bool right) {
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
  Tensor mask = Tensor::zeros({size}, DType::Bool);
  for (const int64_t place : values_of<int64_t>(index)) {
    if (place < -size || place >= size) {
      fail(ErrorKind::Index, "index out of range in self");
    }
    mask.data<bool>()[place < 0 ? place + size : place] = true;
  }
  Shape shape(static_cast<size_t>(input.dim()), 1);
  if (input.dim() > 0) shape[dim] = size;
  const std::string_view name = value.is_number() ? "IndexFillBackward0" : "IndexFillBackward1";
  return ops::fused(name, {input, value},
                    [chosen = Variable(mask.reshape(shape))](const Variables& v) {
                      return masked_fill(v[0], chosen, v[1]);
                    });
}

}  // namespace

GRADPAD_DEFINE_OP(where_indices, "where(Tensor condition) -> Tensor[]",
                  "The indices of the elements that are True, one tensor for each dimension.",
                  "none: gives integers or bool", kEverywhere, boxed<&where_indices>);
GRADPAD_DEFINE_OP(nonzero_tuple, "nonzero(Tensor input, *, bool as_tuple) -> Tensor[]",
                  "With as_tuple one tensor of indices for each dimension.",
                  "none: gives integers or bool", kEverywhere, call_nonzero);
GRADPAD_DEFINE_OP(
    isin,
    "isin(Tensor|Scalar elements, Tensor|Scalar test_elements, *, bool assume_unique=False, bool "
    "invert=False) -> Tensor",
    "Whether each element is one of the test elements.", "none: gives integers or bool", kTorch,
    boxed<&isin>);
GRADPAD_DEFINE_OP(searchsorted,
                  "searchsorted(Tensor sorted_sequence, Tensor input, *, bool out_int32=False, "
                  "bool right=False, str? side=None) -> Tensor",
                  "Where each element would have to be inserted to keep the order.",
                  "none: gives integers or bool", kTorch, boxed<&searchsorted>);
GRADPAD_DEFINE_OP(bucketize,
                  "bucketize(Tensor input, Tensor boundaries, *, bool out_int32=False, bool "
                  "right=False) -> Tensor",
                  "The number of the bucket of each element.", "none: gives integers or bool",
                  kTorch, boxed<&bucketize>);
GRADPAD_DEFINE_OP(index_fill,
                  "index_fill(Tensor input, int dim, Tensor index, Tensor|Scalar value) -> Tensor",
                  "`input` with `value` in the slices `index` along `dim`.",
                  "T[3,4], 1, I[2]<4, 0.5; T[3], 0, I[2]<3, T[]", kEverywhere | kInPlace,
                  boxed<&index_fill>);

}  // namespace gradpad
