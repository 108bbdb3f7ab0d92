// Views: results that share the input's storage. In-place changes of a view reach its base, in
// values and in gradients. Dimensions may be negative.
#pragma once

#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// One size may be -1: worked out from the others. RuntimeError where strides do not allow a view.
Variable view(const Variable& input, const Shape& size);
/// As view, but copies where a view is not possible.
Variable reshape(const Variable& input, const Shape& shape);
/// Dimensions start_dim to end_dim made one.
Variable flatten(const Variable& input, int64_t start_dim = 0, int64_t end_dim = -1);
/// Dimension `dim` split into `sizes`.
Variable unflatten(const Variable& input, int64_t dim, const Shape& sizes);
/// The transpose of a matrix; vectors and scalars are returned as they are.
Variable t(const Variable& input);
Variable transpose(const Variable& input, int64_t dim0, int64_t dim1);
Variable permute(const Variable& input, const Dims& dims);
Variable movedim(const Variable& input, const Dims& source, const Dims& destination);
/// Dimensions of size 1 removed: all, or one if it is of size 1.
Variable squeeze(const Variable& input);
Variable squeeze(const Variable& input, int64_t dim);
/// A dimension of size 1 inserted before `dim`.
Variable unsqueeze(const Variable& input, int64_t dim);
/// Dimensions of size 1 repeated without a copy; -1 keeps a size.
Variable expand(const Variable& input, const Shape& size);
/// One element of a dimension, which is removed. IndexError outside it.
Variable select(const Variable& input, int64_t dim, int64_t index);
/// Elements start, start + step, … before end, of one dimension; as Python slices.
Variable slice(const Variable& input, int64_t dim, int64_t start, int64_t end, int64_t step = 1);
Variable narrow(const Variable& input, int64_t dim, int64_t start, int64_t length);
Variable diagonal(const Variable& input, int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1);
/// Windows of `size` every `step` along `dimension`, as a new last dimension.
Variable unfold(const Variable& input, int64_t dimension, int64_t size, int64_t step);
Variable as_strided(const Variable& input, const Shape& size, const Strides& stride,
                    int64_t storage_offset);
/// Slices along `dim`, each without it.
std::vector<Variable> unbind(const Variable& input, int64_t dim = 0);
/// Pieces of `split_size` along `dim`; the last may be smaller.
std::vector<Variable> split(const Variable& input, int64_t split_size, int64_t dim = 0);
std::vector<Variable> split(const Variable& input, const Dims& split_sizes, int64_t dim = 0);
/// At most `chunks` pieces of equal size.
std::vector<Variable> chunk(const Variable& input, int64_t chunks, int64_t dim = 0);

}  // namespace gradpad
