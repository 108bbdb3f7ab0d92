// Products of matrices and vectors, tensor contractions, parts of matrices, and linear systems.
// Matrices stand in the last two dimensions; transposed and expanded operands are multiplied as
// they lie in memory. Operands of a product have one dtype.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// The product of two matrices, [n, k] and [k, m].
Variable mm(const Variable& input, const Variable& mat2);
/// The product of a matrix [n, k] and a vector [k].
Variable mv(const Variable& input, const Variable& vec);
/// The products of two batches of matrices, [b, n, k] and [b, k, m].
Variable bmm(const Variable& input, const Variable& mat2);
/// The sum of the products of two vectors' elements.
Variable dot(const Variable& input, const Variable& other);
/// Python's `@`: dot, mv, mm or bmm by the operands' dimensions; batches broadcast.
Variable matmul(const Variable& input, const Variable& other);
/// Products of every element of one vector with every one of another, [n, m].
Variable outer(const Variable& input, const Variable& vec2);
/// Sums of products over the last dimensions.
Variable inner(const Variable& input, const Variable& other);

/// beta * input + alpha * (mat1 @ mat2); `input` broadcasts, and is not read where beta is 0.
Variable addmm(const Variable& input, const Variable& mat1, const Variable& mat2,
               const Scalar& beta = 1, const Scalar& alpha = 1);
Variable addmv(const Variable& input, const Variable& mat, const Variable& vec,
               const Scalar& beta = 1, const Scalar& alpha = 1);
Variable baddbmm(const Variable& input, const Variable& batch1, const Variable& batch2,
                 const Scalar& beta = 1, const Scalar& alpha = 1);
/// The products of a batch, added up.
Variable addbmm(const Variable& input, const Variable& batch1, const Variable& batch2,
                const Scalar& beta = 1, const Scalar& alpha = 1);
Variable addr(const Variable& input, const Variable& vec1, const Variable& vec2,
              const Scalar& beta = 1, const Scalar& alpha = 1);

/// input @ weight.T + bias, for input [..., in] and weight [out, in].
Variable linear(const Variable& input, const Variable& weight, const Variable& bias = {});
/// out[..., k] = sum over i, j of input1[..., i] * weight[k, i, j] * input2[..., j], plus bias.
Variable bilinear(const Variable& input1, const Variable& input2, const Variable& weight,
                  const Variable& bias = {});

/// Sums of products in Einstein's notation: einsum("ij,jk->ik", {a, b}).
Variable einsum(const std::string& equation, const Variables& operands);
/// Sums over pairs of dimensions.
Variable tensordot(const Variable& input, const Variable& other, const Dims& dims_self,
                   const Dims& dims_other);
/// Over the last `dims` dimensions of `input` and the first of `other`.
Variable tensordot(const Variable& input, const Variable& other, int64_t dims = 2);
Variable kron(const Variable& input, const Variable& other);

/// The sum of a matrix's diagonal.
Variable trace(const Variable& input);
/// The elements on and below, or above, a diagonal; zeros elsewhere.
Variable tril(const Variable& input, int64_t diagonal = 0);
Variable triu(const Variable& input, int64_t diagonal = 0);
/// A vector as the diagonal of a matrix, or the diagonal of a matrix as a copy.
Variable diag(const Variable& input, int64_t diagonal = 0);
/// The last dimension as diagonals of matrices in dimensions dim1 and dim2.
Variable diag_embed(const Variable& input, int64_t offset = 0, int64_t dim1 = -2,
                    int64_t dim2 = -1);
/// The vector product along `dim`, of size 3; by default the first such.
Variable cross(const Variable& input, const Variable& other, std::optional<int64_t> dim = {});
/// Distances between all rows of two matrices.
Variable cdist(const Variable& x1, const Variable& x2, double p = 2);

Variable det(const Variable& input);
/// Sign of the determinant and the logarithm of its size.
std::pair<Variable, Variable> slogdet(const Variable& input);
/// RuntimeError for a singular matrix.
Variable inverse(const Variable& input);
/// X with a @ X = b; `b` may be a vector.
Variable solve(const Variable& a, const Variable& b);
Variable solve_triangular(const Variable& a, const Variable& b, bool upper,
                          bool unitriangular = false);
/// L, lower triangular, with L @ L.T = input, which is symmetric and positive definite.
Variable cholesky(const Variable& input, bool upper = false);
Variable matrix_power(const Variable& input, int64_t n);

namespace ops {

/// The same elements under another shape: a view that in-place changes do not track.
Variable unsafe_view(const Variable& input, const Shape& shape);
/// The last two dimensions exchanged.
Variable mirrored(const Variable& input);

}  // namespace ops

}  // namespace gradpad
