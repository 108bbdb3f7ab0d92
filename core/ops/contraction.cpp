// Products of tensors of any number of dimensions, as products of matrices.
#include <vector>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

using ops::unsafe_view;

Shape with_back(Shape shape, int64_t size) {
  shape.push_back(size);
  return shape;
}

Shape without_last(const Variable& v, int64_t count) {
  Shape shape;
  for (int64_t d = 0; d + count < v.dim(); ++d) shape.push_back(v.shape()[d]);
  return shape;
}

/// The result of a matrix product without the dimension that made a matrix of a vector.
Variable without_row(const Variable& product) {
  return differentiable_view(
      "SqueezeBackward3", product.data().select(0, 0), product,
      [](Backward&, const Variable& g) -> Variables { return {unsqueeze(g, 0)}; });
}

/// A batch of matrices times one matrix or vector: the rows of the batch are one matrix.
Variable matmul_folded(const Variable& a, const Variable& b) {
  const int64_t k = a.size(-1);
  const Shape outer = without_last(a, 1);
  const Variable rows = reshape(a, {numel_of(outer), k});
  if (b.dim() == 1) return unsafe_view(mv(rows, b), outer);
  return unsafe_view(mm(rows, b), with_back(outer, b.size(1)));
}

/// Two batches of matrices, which broadcast.
Variable matmul_batched(const Variable& a, const Variable& b) {
  const int64_t n = a.size(-2), k = a.size(-1), m = b.size(-1);
  const Shape batch = broadcast_shapes(without_last(a, 2), without_last(b, 2));
  const int64_t count = numel_of(batch);
  const Variable first = reshape(expand(a, with_back(with_back(batch, n), k)), {count, n, k});
  const Variable second =
      reshape(expand(b, with_back(with_back(batch, b.size(-2)), m)), {count, b.size(-2), m});
  return unsafe_view(bmm(first, second), with_back(with_back(batch, n), m));
}

}  // namespace

Variable matmul(const Variable& input, const Variable& other) {
  const int64_t da = input.dim(), db = other.dim();
  if (da == 0 || db == 0) {
    fail("both arguments to matmul need to be at least 1D, but they are ", da, "D and ", db, "D");
  }
  if (da == 1 && db == 1) return dot(input, other);
  if (da == 2 && db == 1) return mv(input, other);
  if (da == 1 && db == 2) return without_row(mm(unsqueeze(input, 0), other));
  if (da == 2 && db == 2) return mm(input, other);
  if (da >= 3 && db <= 2) return matmul_folded(input, other);
  if (db >= 3 && da <= 2) {
    // The transpose of the other way round.
    const Variable turned = transpose(other, -1, -2);
    if (da == 1) return matmul_folded(turned, input);
    return contiguous(transpose(matmul_folded(turned, t(input)), -1, -2));
  }
  return matmul_batched(input, other);
}

Variable linear(const Variable& input, const Variable& weight, const Variable& bias) {
  if (bias.defined() && input.dim() == 2) return addmm(bias, input, t(weight));
  if (bias.defined() && input.dim() == 3 && input.data().is_contiguous()) {
    const Variable rows = view(input, {input.size(0) * input.size(1), input.size(2)});
    const Variable result = addmm(bias, rows, t(weight));
    return view(result, {input.size(0), input.size(1), result.size(1)});
  }
  const Variable product = matmul(input, t(weight));
  return bias.defined() ? product + bias : product;
}

Variable bilinear(const Variable& input1, const Variable& input2, const Variable& weight,
                  const Variable& bias) {
  if (input1.dim() != input2.dim()) {
    fail("bilinear(): input dimensions do not match: got ", input1.dim(), " and ", input2.dim());
  }
  for (int64_t d = 0; d + 1 < input1.dim(); ++d) {
    if (input1.size(d) != input2.size(d)) {
      fail("bilinear(): input batch dimensions do not match at dim ", d, ": got ", input1.size(d),
           " and ", input2.size(d));
    }
  }
  if (input1.size(-1) != weight.size(1)) {
    fail("bilinear(): input1 size does not match weight size: got ", input1.size(-1),
         " but expected ", weight.size(1));
  }
  if (input2.size(-1) != weight.size(2)) {
    fail("bilinear(): input2 size does not match weight size: got ", input2.size(-1),
         " but expected ", weight.size(2));
  }
  const int64_t out = weight.size(0), n1 = weight.size(1), n2 = weight.size(2);
  const Variable first = reshape(input1, {-1, n1}), second = reshape(input2, {-1, n2});
  // [rows, out * n1] from the second input, then the first weighs and sums it.
  const Variable half = reshape(mm(second, t(reshape(weight, {out * n1, n2}))), {-1, out, n1});
  Variable result =
      reshape(bmm(half, unsqueeze(first, -1)), with_back(without_last(input1, 1), out));
  return bias.defined() ? result + bias : result;
}

namespace {

Dims wrapped(const Dims& dims, int64_t ndim) {
  Dims result;
  for (int64_t d : dims) result.push_back(wrap_dim(d, ndim));
  return result;
}

bool contains(const Dims& dims, int64_t d) {
  return std::find(dims.begin(), dims.end(), d) != dims.end();
}

}  // namespace

Variable tensordot(const Variable& given_a, const Variable& given_b, const Dims& dims_self,
                   const Dims& dims_other) {
  if (dims_self.size() != dims_other.size()) {
    fail("both dimension lists should have same length");
  }
  if (given_a.dtype() != given_b.dtype()) {
    fail("both inputs should have same dtype");
  }
  Variable a = given_a, b = given_b;
  const Dims da = wrapped(dims_self, a.dim()), db = wrapped(dims_other, b.dim());
  int64_t summed = 1;
  for (size_t i = 0; i < da.size(); ++i) {
    const int64_t sa = a.shape()[da[i]], sb = b.shape()[db[i]];
    // A size of 1 broadcasts: the other side is summed first.
    if (sb == 1 && sa != 1) {
      a = sum(a, Dims{da[i]}, true);
    } else if (sa == 1 && sb != 1) {
      b = sum(b, Dims{db[i]}, true);
    } else {
      if (sa != sb) {
        fail("contracted dimensions need to match, but first has size ", sa, " in dim ",
             dims_self[i], " and second has size ", sb, " in dim ", dims_other[i]);
      }
      summed *= sa;
    }
  }
  Dims order_a, order_b = db;
  Shape shape;
  int64_t rows = 1, columns = 1;
  for (int64_t d = 0; d < a.dim(); ++d) {
    if (contains(da, d)) continue;
    order_a.push_back(d);
    shape.push_back(a.shape()[d]);
    rows *= a.shape()[d];
  }
  for (int64_t d : da) order_a.push_back(d);
  for (int64_t d = 0; d < b.dim(); ++d) {
    if (contains(db, d)) continue;
    order_b.push_back(d);
    shape.push_back(b.shape()[d]);
    columns *= b.shape()[d];
  }
  const Variable left = reshape(permute(a, order_a), {rows, summed});
  const Variable right = reshape(permute(b, order_b), {summed, columns});
  return reshape(mm(left, right), shape);
}

Variable tensordot(const Variable& input, const Variable& other, int64_t dims) {
  if (dims < 0) fail("tensordot expects dims >= 0, but got dims=", dims);
  Dims left, right;
  for (int64_t d = 0; d < dims; ++d) {
    left.push_back(d - dims);
    right.push_back(d);
  }
  return tensordot(input, other, left, right);
}

Variable inner(const Variable& input, const Variable& other) {
  if (input.dim() == 0 || other.dim() == 0) return input * other;
  if (input.size(-1) != other.size(-1)) {
    fail("inner() the last dimension must match on both input tensors but got shapes ",
         to_string(input.shape()), " and ", to_string(other.shape()));
  }
  return tensordot(input, other, Dims{-1}, Dims{-1});
}

Variable kron(const Variable& input, const Variable& other) {
  // [a1, 1, a2, 1, …] times [1, b1, 1, b2, …], pairs of dimensions made one.
  const int64_t dims = std::max(input.dim(), other.dim());
  Shape left, right, shape;
  for (int64_t d = 0; d < dims; ++d) {
    const int64_t ia = d - (dims - input.dim()), ib = d - (dims - other.dim());
    const int64_t sa = ia < 0 ? 1 : input.shape()[ia], sb = ib < 0 ? 1 : other.shape()[ib];
    left.push_back(sa);
    left.push_back(1);
    right.push_back(1);
    right.push_back(sb);
    shape.push_back(sa * sb);
  }
  return unsafe_view(unsafe_view(input, left) * unsafe_view(other, right), shape);
}

GRADPAD_DEFINE_OP(
    matmul, "matmul(Tensor input, Tensor other) -> Tensor",
    "The operator @. Two vectors: their dot product. Two matrices: their product. A matrix and a "
    "vector: a vector. More dimensions: products of batches of matrices, which broadcast.\n"
    "Derivative: g @ otherᵀ; inputᵀ @ g, summed over what was broadcast.\n"
    "Shape: [..., n, m] and [..., m, p] to [..., n, p]; vectors lose their dimension.\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for inner sizes that differ, or operands without dimensions.",
    "T[3], T[3]; T[2,3], T[3]; T[3], T[3,2]; T[2,3], T[3,4]; T[2,2,3], T[3]; "
    "T[2,2,3], T[3,2]; T[2,3], T[2,3,2]; T[3], T[2,3,2]; T[2,1,2,3], T[2,3,2]",
    kEverywhere, boxed<&matmul>);
GRADPAD_DEFINE_OP(linalg_matmul, "matmul(Tensor input, Tensor other) -> Tensor", "As torch.matmul.",
                  "T[2,3], T[3,4]", kLinalg, boxed<&matmul>);
GRADPAD_DEFINE_OP(linear, "linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor",
                  "input @ weight.T + bias, for input [..., in], weight [out, in] and bias [out].\n"
                  "Derivative: g @ weight; gᵀ @ input; sums of g for bias.\n"
                  "Shape: [..., in] to [..., out].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[2,3], T[4,3], T[4]; T[2,3], T[4,3]; T[3], T[4,3], T[4]; T[2,2,3], T[4,3], "
                  "T[4]; T[1,2,2,3], T[4,3], T[4]",
                  kFunctional, boxed<&linear>);
GRADPAD_DEFINE_OP(
    bilinear, "bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor",
    "out[..., k] = sum over i, j of input1[..., i] * weight[k, i, j] * input2[..., j], plus "
    "bias.\n"
    "Derivative: sums of g with the other operand and the weight.\n"
    "Shape: [..., in1] and [..., in2] to [..., out].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[2,3], T[2,2], T[4,3,2], T[4]", kFunctional | kTorch, boxed<&bilinear>);
GRADPAD_DEFINE_OP(
    tensordot, "tensordot(Tensor input, Tensor other, int dims=2) -> Tensor",
    "Sums of products over the last `dims` dimensions of `input` and the first of `other`.\n"
    "Derivative: sums of g with the other operand.\n"
    "Shape: the sizes of both without the summed dimensions.\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that differ, or more dimensions than there are.",
    "T[2,3,2], T[3,2,2]; T[2,3], T[3], 1; T[2], T[3], 0", kTorch,
    boxed<overload<const Variable&, const Variable&, int64_t>(tensordot)>);
GRADPAD_DEFINE_OP(
    tensordot_dims,
    "tensordot(Tensor input, Tensor other, int[] dims_self, int[] dims_other) -> Tensor",
    "Sums of products over pairs of dimensions.", "T[2,3,2], T[3,2], [0,1], [1,0]", kTorch,
    boxed<overload<const Variable&, const Variable&, const Dims&, const Dims&>(tensordot)>);
GRADPAD_DEFINE_OP(inner, "inner(Tensor input, Tensor other) -> Tensor",
                  "Sums of products over the last dimensions.\n"
                  "Derivative: sums of g with the other operand.\n"
                  "Shape: the sizes of both without the last.\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for last dimensions of different size.",
                  "T[2,3], T[4,3]; T[3], T[3]", kEverywhere, boxed<&inner>);
GRADPAD_DEFINE_OP(kron, "kron(Tensor input, Tensor other) -> Tensor",
                  "The Kronecker product: every element of `input` times the whole of `other`.\n"
                  "Derivative: sums of g with the other operand.\n"
                  "Shape: the sizes multiplied, dimension by dimension from the last.\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3], T[2,2]; T[2], T[3,2]", kEverywhere, boxed<&kron>);

}  // namespace gradpad
