// Python's square brackets, and selecting by tensors of indices.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// `start:stop:step`.
struct SliceIndex {
  std::optional<int64_t> start, stop, step;
};
struct Ellipsis {};
struct NewAxis {};

/// One of the things between the brackets. A Variable is an index tensor (int64) or a mask (bool or
/// uint8); a mask of n dimensions takes the place of n.
using Index = std::variant<int64_t, bool, SliceIndex, Ellipsis, NewAxis, Variable>;
using Indices = std::vector<Index>;

/// input[indices]: a view where there are no index tensors, a copy where there are. IndexError as
/// in PyTorch.
Variable get_index(const Variable& input, const Indices& indices);
/// input[indices] = value, in place, broadcasting the value.
void set_index(const Variable& input, const Indices& indices, const Variable& value);

/// input[..., i, ...] for each i of `index` (1-d) along `dim`.
Variable index_select(const Variable& input, int64_t dim, const Variable& index);
/// out[i][j][k] = input[index[i][j][k]][j][k] for dim 0, and so on.
Variable gather(const Variable& input, int64_t dim, const Variable& index);
/// The elements where `mask` is true, 1-d.
Variable masked_select(const Variable& input, const Variable& mask);
/// `input` with `value` where `mask` is true.
Variable masked_fill(const Variable& input, const Variable& mask, const Variable& value);
/// `input` with src written, or added, at the places that `gather` would read.
Variable scatter(const Variable& input, int64_t dim, const Variable& index, const Variable& src);
Variable scatter_add(const Variable& input, int64_t dim, const Variable& index,
                     const Variable& src);
/// `input` with source's slices added at `index` along `dim`.
Variable index_add(const Variable& input, int64_t dim, const Variable& index,
                   const Variable& source, const Scalar& alpha = 1);
/// Indices of the elements that are not 0: [count, dim]; int64.
Variable nonzero(const Variable& input);
/// The elements at row-major positions `index`.
Variable take(const Variable& input, const Variable& index);

}  // namespace gradpad
