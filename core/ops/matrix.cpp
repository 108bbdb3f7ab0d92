// Parts of matrices: trace, triangles, diagonals; the vector product and distances.
#include <algorithm>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/composite.h"
#include "ops/entry.h"

namespace gradpad {

Variable trace(const Variable& input) {
  if (input.dim() != 2) fail("trace: expected a matrix, but got tensor with dim ", input.dim());
  Tensor data;
  {
    GradModeGuard no_grad(false);
    data = sum(Variable(input.data().diagonal(0, 0, 1))).data();
  }
  return differentiable("TraceBackward0", std::move(data), {input}, {},
                        [shape = input.shape()](Backward&, const Variable& g) -> Variables {
                          Tensor one = Tensor::zeros(shape, g.dtype(), g.device());
                          one.diagonal(0, 0, 1).fill(1);
                          return {g * Variable(one)};
                        });
}

namespace {

/// Copies the elements with column - row at most (or at least) `diagonal`.
template <bool lower>
Tensor triangle(const Tensor& input, int64_t diagonal) {
  wrap_dim(-2, input.dim());
  const Tensor source = input.contiguous();
  Tensor out = Tensor::empty(source.shape(), source.dtype(), source.device());
  if (source.numel() == 0) return out;
  const int64_t rows = source.size(-2), columns = source.size(-1);
  kernels::kernels(source.device())
      .triangle(out.bytes(), source.bytes(), source.numel() / (rows * columns), rows, columns,
                diagonal, lower, source.dtype());
  return out;
}

template <bool lower>
Variable triangle_of(std::string_view node, const Variable& input, int64_t diagonal) {
  return differentiable(node, triangle<lower>(input.data(), diagonal), {input}, {},
                        [=](Backward&, const Variable& g) -> Variables {
                          return {triangle_of<lower>(node, g, diagonal)};
                        });
}

}  // namespace

Variable tril(const Variable& input, int64_t diagonal) {
  return triangle_of<true>("TrilBackward0", input, diagonal);
}
Variable triu(const Variable& input, int64_t diagonal) {
  return triangle_of<false>("TriuBackward0", input, diagonal);
}

Variable diag_embed(const Variable& input, int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t dims = input.dim() + 1;
  const int64_t a = wrap_dim(dim1, dims), b = wrap_dim(dim2, dims);
  if (a == b) fail("diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  const int64_t n = input.size(-1) + std::abs(offset);
  Shape shape;
  int64_t next = 0;
  for (int64_t d = 0; d < dims; ++d) {
    shape.push_back(d == a || d == b ? n : input.shape()[next++]);
  }
  Tensor data = Tensor::zeros(shape, input.dtype(), input.device());
  data.diagonal(offset, a, b).copy_from(input.data());
  return differentiable(
      "DiagEmbedBackward0", std::move(data), {input}, {},
      [=](Backward&, const Variable& g) -> Variables { return {diagonal(g, offset, a, b)}; });
}

namespace {

/// Zeros with `values` on a diagonal: the derivative of taking it.
Variable put_diagonal(const Variable& values, const Shape& shape, int64_t offset) {
  Tensor data = Tensor::zeros(shape, values.dtype(), values.device());
  data.diagonal(offset, 0, 1).copy_from(values.data());
  return differentiable(
      "DiagBackward0", std::move(data), {values}, {},
      [offset](Backward&, const Variable& g) -> Variables { return {diagonal(g, offset, 0, 1)}; });
}

}  // namespace

Variable diag(const Variable& input, int64_t offset) {
  if (input.dim() != 1 && input.dim() != 2) fail("matrix or a vector expected");
  if (input.dim() == 1) {
    const int64_t n = input.numel() + std::abs(offset);
    return put_diagonal(input, {n, n}, offset);
  }
  return differentiable("DiagBackward0", input.data().diagonal(offset, 0, 1).clone(), {input}, {},
                        [offset, shape = input.shape()](Backward&, const Variable& g) -> Variables {
                          return {put_diagonal(g, shape, offset)};
                        });
}

namespace {

/// a x b by its components: a[i+1] b[i+2] - a[i+2] b[i+1].
Tensor cross_data(const Variable& a, const Variable& b, int64_t dim) {
  GradModeGuard no_grad(false);
  Tensor out = Tensor::empty(broadcast_shapes(a.shape(), b.shape()), a.dtype(), a.device());
  for (int64_t i = 0; i < 3; ++i) {
    const int64_t j = (i + 1) % 3, k = (i + 2) % 3;
    const Variable part =
        select(a, dim, j) * select(b, dim, k) - select(a, dim, k) * select(b, dim, j);
    out.select(dim, i).copy_from(part.data());
  }
  return out;
}

Variable cross_along(const Variable& a, const Variable& b, int64_t dim) {
  return differentiable("LinalgCrossBackward0", cross_data(a, b, dim), {a, b},
                        {saved_input(a), saved_input(b)},
                        [dim](Backward& node, const Variable& g) -> Variables {
                          return {node.needs(0) ? cross_along(node.saved(1), g, dim) : Variable(),
                                  node.needs(1) ? cross_along(g, node.saved(0), dim) : Variable()};
                        });
}

Variable linalg_cross(const Variable& input, const Variable& other, int64_t dim) {
  if (input.dim() != other.dim()) {
    fail("linalg.cross: inputs must have the same number of dimensions.");
  }
  const int64_t d = wrap_dim(dim, input.dim());
  if (input.size(d) != 3 || other.size(d) != 3) {
    fail("linalg.cross: inputs dimension ", dim, " must have length 3. Got ", input.size(d),
         " and ", other.size(d));
  }
  return cross_along(input, other, d);
}

}  // namespace

Variable cross(const Variable& input, const Variable& other, std::optional<int64_t> dim) {
  if (!dim) {
    const Shape shape = broadcast_shapes(input.shape(), other.shape());
    const auto* found = std::find(shape.begin(), shape.end(), 3);
    if (found == shape.end()) fail("no dimension of size 3 in input");
    dim = found - shape.begin();
  }
  return linalg_cross(input, other, *dim);
}

Variable cdist(const Variable& x1, const Variable& x2, double p) {
  if (x1.dim() < 2 || x2.dim() < 2) {
    fail("cdist only supports at least 2D tensors, X", x1.dim() < 2 ? 1 : 2,
         " got: ", (x1.dim() < 2 ? x1 : x2).dim(), "D");
  }
  if (x1.size(-1) != x2.size(-1)) {
    fail("X1 and X2 must have the same number of columns. X1: ", x1.size(-1), " X2: ", x2.size(-1));
  }
  if (p < 0) fail("cdist only supports non-negative p values");
  return ops::fused("CdistBackward0", {x1, x2}, [p](const Variables& in) {
    return norm(unsqueeze(in[0], -2) - unsqueeze(in[1], -3), p, {-1});
  });
}

namespace {

Variable diagflat(const Variable& input, int64_t offset) {
  return diag(reshape(input, {-1}), offset);
}
Variable cdist_moded(const Variable& x1, const Variable& x2, double p, const std::string&) {
  return cdist(x1, x2, p);
}

}  // namespace

GRADPAD_DEFINE_OP(trace, "trace(Tensor input) -> Tensor",
                  "The sum of a matrix's diagonal.\n"
                  "Derivative: g on the diagonal.\n"
                  "Shape: [n, m] to [].\n"
                  "Dtypes: any; integers and bool give int64.\n"
                  "Errors: RuntimeError for a tensor that is no matrix.",
                  "T[3,3]; T[2,3]", kEverywhere, boxed<&trace>);
GRADPAD_DEFINE_OP(tril, "tril(Tensor input, int diagonal=0) -> Tensor",
                  "The elements of matrices on and below a diagonal; zeros above.\n"
                  "Derivative: the same triangle of g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for less than two dimensions.",
                  "T[3,3]; T[2,3], 1; T[2,3,2], -1", kEverywhere | kInPlace, boxed<&tril>);
GRADPAD_DEFINE_OP(triu, "triu(Tensor input, int diagonal=0) -> Tensor",
                  "The elements of matrices on and above a diagonal; zeros below.\n"
                  "Derivative: the same triangle of g.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for less than two dimensions.",
                  "T[3,3]; T[2,3], 1; T[2,3,2], -1", kEverywhere | kInPlace, boxed<&triu>);
GRADPAD_DEFINE_OP(diag, "diag(Tensor input, int diagonal=0) -> Tensor",
                  "A vector as the diagonal of a matrix, or the diagonal of a matrix as a copy.\n"
                  "Derivative: the diagonal of g, or g as a diagonal|[n] to [n + |diagonal.\n"
                  "Shape: , …]; [n, m] to its diagonal.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for more than two dimensions.",
                  "T[3]; T[3], 1; T[3,3]; T[2,3], 1; T[3,2], -1", kEverywhere, boxed<&diag>);
GRADPAD_DEFINE_OP(
    diagflat, "diagflat(Tensor input, int offset=0) -> Tensor",
    "The elements as the diagonal of a matrix.\n"
    "Derivative: the diagonal of g in the shape of `input`|[n + |offset|, n + |offset.\n"
    "Shape: ] for n elements.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: none beside wrong types of arguments.",
    "T[2,2], 1", kEverywhere, boxed<&diagflat>);
GRADPAD_DEFINE_OP(
    diag_embed, "diag_embed(Tensor input, int offset=0, int dim1=-2, int dim2=-1) -> Tensor",
    "The last dimension as diagonals of matrices in dimensions dim1 and dim2.\n"
    "Derivative: the diagonals of g|[..., n] with two dimensions of n + |offset.\n"
    "Shape:  instead of the last.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError where dim1 and dim2 are one; IndexError for a dimension out of range.",
    "T[2,3]; T[2,3], 1, 0, 2", kEverywhere, boxed<&diag_embed>);
GRADPAD_DEFINE_OP(cross, "cross(Tensor input, Tensor other, int? dim=None) -> Tensor",
                  "The vector product along `dim`, of size 3; by default the first such.\n"
                  "Derivative: cross(other, g); cross(g, input).\n"
                  "Shape: that to which the operands broadcast.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError where no dimension is of size 3 or the sizes do not fit.",
                  "T[2,3], T[2,3]; T[3,2], T[3,2], 0", kEverywhere, boxed<&cross>);
GRADPAD_DEFINE_OP(linalg_cross, "cross(Tensor input, Tensor other, *, int dim=-1) -> Tensor",
                  "The vector product along `dim`, of size 3.", "T[2,3], T[1,3]", kLinalg,
                  boxed<&linalg_cross>);
GRADPAD_DEFINE_OP(
    cdist,
    "cdist(Tensor x1, Tensor x2, float p=2.0, str "
    "compute_mode='use_mm_for_euclid_dist_if_necessary') -> Tensor",
    "Distances in the p-norm between all rows of two matrices.\n"
    "Derivative: g * sign(d) * |d|^(p-1) / result^(p-1) for d = x1 - x2, and its negative.\n"
    "Shape: [..., n, k] and [..., m, k] to [..., n, m].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for rows of different length or a negative p.",
    "T[2,3], T[4,3]; T[2,3], T[4,3], 1; T[2,2,3], T[3,3], 3", kTorch, boxed<&cdist_moded>);

}  // namespace gradpad
