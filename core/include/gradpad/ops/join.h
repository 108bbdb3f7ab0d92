// Joining, repeating and rearranging tensors, padding, and integer helpers.
#pragma once

#include <string>
#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// The tensors one after the other along `dim`; other sizes must be equal. Types are promoted.
Variable cat(const Variables& tensors, int64_t dim = 0);
/// The tensors, all of one shape, along a new dimension.
Variable stack(const Variables& tensors, int64_t dim = 0);
/// Along the second dimension; the first for 1-dimensional tensors.
Variable hstack(const Variables& tensors);
/// Along the first dimension; 1-dimensional tensors are rows.
Variable vstack(const Variables& tensors);
/// Along the third dimension.
Variable dstack(const Variables& tensors);
/// As hstack, 1-dimensional tensors being columns.
Variable column_stack(const Variables& tensors);
/// Matrices along a diagonal, zeros elsewhere.
Variable block_diag(const Variables& tensors);

/// The whole repeated `repeats[d]` times along each dimension; new dimensions come in front.
Variable repeat(const Variable& input, const Dims& repeats);
/// As repeat, with missing repeats in front taken as 1.
Variable tile(const Variable& input, const Dims& dims);
/// Each element repeated along `dim`; without it, of the flattened tensor.
Variable repeat_interleave(const Variable& input, int64_t repeats, std::optional<int64_t> dim = {});
Variable repeat_interleave(const Variable& input, const Variable& repeats,
                           std::optional<int64_t> dim = {});
/// Reversed along `dims`.
Variable flip(const Variable& input, const Dims& dims);
/// Shifted along `dims`, what leaves at the end entering at the start; flattened without `dims`.
Variable roll(const Variable& input, const Dims& shifts, const Dims& dims = {});
/// Turned by 90 degrees `k` times from dims[0] towards dims[1].
Variable rot90(const Variable& input, int64_t k = 1, const Dims& dims = {0, 1});

/// `pad` holds the elements added before and after, from the last dimension on; negative ones are
/// cut off. mode: "constant" (with `value`), "reflect", "replicate" or "circular".
Variable pad(const Variable& input, const Dims& pad, const std::string& mode = "constant",
             double value = 0);

/// Views that broadcast to a common shape.
Variables broadcast_tensors(const Variables& tensors);
/// Coordinates of a grid: one tensor for each given. indexing: "ij" or "xy".
Variables meshgrid(const Variables& tensors, const std::string& indexing = "ij");

/// 1 at the class each element names, 0 elsewhere, in a new last dimension; int64. num_classes -1:
/// one more than the largest.
Variable one_hot(const Variable& input, int64_t num_classes = -1);
/// How often 0, 1, 2, … occur, or the sums of their weights.
Variable bincount(const Variable& input, const Variable& weights = {}, int64_t minlength = 0);
/// Counts of elements in `bins` equal ranges from min to max (of the data where both are 0).
Variable histc(const Variable& input, int64_t bins = 100, double min = 0, double max = 0);

struct Unique {
  Variable values;   ///< sorted
  Variable inverse;  ///< for each element of the input, its place in `values`
  Variable counts;
};
Unique unique(const Variable& input);

}  // namespace gradpad
