// Products of matrices and vectors, and those with something added.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/entry.h"

namespace gradpad {

namespace ops {

Variable unsafe_view(const Variable& input, const Shape& shape) {
  return differentiable("UnsafeViewBackward0", input.data().reshape(shape), {input}, {},
                        [from = input.shape()](Backward&, const Variable& g) -> Variables {
                          return {reshape(g, from)};
                        });
}

Variable mirrored(const Variable& input) {
  // Outside a graph nobody asks what the transpose is a view of.
  return GradMode::is_enabled() ? transpose(input, -2, -1)
                                : Variable(input.data().transpose(-2, -1));
}

}  // namespace ops

namespace {

using ops::mirrored;

void check_types(const Variable& a, const Variable& b) {
  if (a.dtype() != b.dtype()) {
    fail("expected scalar type ", scalar_type_name(a.dtype()), " but found ",
         scalar_type_name(b.dtype()));
  }
}

void check_mm(const Variable& a, const Variable& b, std::string_view first,
              std::string_view second) {
  if (a.dim() != 2)
    fail(first, " must be a matrix", first == "self" ? "" : concat(", got ", a.dim(), "-D tensor"));
  if (b.dim() != 2)
    fail(second, " must be a matrix",
         first == "self" ? "" : concat(", got ", b.dim(), "-D tensor"));
  if (a.size(1) != b.size(0)) {
    fail("mat1 and mat2 shapes cannot be multiplied (", a.size(0), "x", a.size(1), " and ",
         b.size(0), "x", b.size(1), ")");
  }
}

/// out = beta * out + alpha * a @ b for matrices, or batches of them.
void multiply(const Tensor& out, const Tensor& a, const Tensor& b, const Scalar& beta,
              const Scalar& alpha) {
  const int64_t d = out.dim() - 2;
  if (out.dtype() == DType::Bool) fail("\"addmm_impl_cpu_\" not implemented for 'Bool'");
  const kernels::KernelTable& table = kernels::kernels_for(out, a, b);
  if (out.numel() == 0) return;
  dispatch(out.dtype(), [&]<class T>() {
    if constexpr (!std::is_same_v<T, bool>) {
      kernels::Gemm<T> gemm;
      gemm.m = out.size(d);
      gemm.n = out.size(d + 1);
      gemm.k = a.size(d + 1);
      gemm.a = a.data<T>();
      gemm.a_row = a.stride(d);
      gemm.a_col = a.stride(d + 1);
      gemm.b = b.data<T>();
      gemm.b_row = b.stride(d);
      gemm.b_col = b.stride(d + 1);
      gemm.c = out.data<T>();
      gemm.c_row = out.stride(d);
      gemm.alpha = alpha.to<T>();
      gemm.beta = beta.to<T>();
      if (d > 0) {
        gemm.batch = out.size(0);
        gemm.a_batch = a.stride(0);
        gemm.b_batch = b.stride(0);
        gemm.c_batch = out.stride(0);
      }
      table.of<T>().gemm(gemm);
    }
  });
}

Tensor product(const Tensor& a, const Tensor& b) {
  Shape shape = a.shape();
  shape[shape.ssize() - 1] = b.shape().back();
  Tensor out = Tensor::empty(shape, a.dtype(), a.device());
  multiply(out, a, b, 0, 1);
  return out;
}

/// What a product is added to: beta * input, of the product's shape.
Tensor start_of(const Variable& input, const Shape& shape, DType dtype, const Scalar& beta) {
  Tensor out = Tensor::empty(shape, dtype, input.device());
  // Also checks that the input expands, as PyTorch does even where it is not read.
  const Tensor source = input.data().expand(shape);
  if (beta.to_double() != 0) out.copy_from(source);
  return out;
}

/// The columns of a matrix stand side by side: it is a transpose.
bool is_transposed(const Tensor& matrix) {
  return !matrix.is_contiguous() && matrix.stride(0) == 1 &&
         matrix.stride(1) == std::max<int64_t>(1, matrix.size(0));
}

/// The gradient of the second factor. That of a transpose is computed transposed, so that it is
/// row-major once turned back.
Variable second_gradient(const Variable& g, const Variable& a, const Variable& b) {
  if (is_transposed(b.data())) return mirrored(mm(mirrored(g), a));
  return mm(mirrored(a), g);
}

bool is_one(const Scalar& number) { return number.to_double() == 1; }
Variable scaled(const Variable& v, const Scalar& factor) {
  return is_one(factor) ? v : v * Variable(factor);
}

}  // namespace

Variable mm(const Variable& input, const Variable& mat2) {
  check_mm(input, mat2, "self", "mat2");
  check_types(input, mat2);
  return differentiable("MmBackward0", product(input.data(), mat2.data()), {input, mat2},
                        {saved_input(input), saved_input(mat2)},
                        [](Backward& b, const Variable& g) -> Variables {
                          const Variable first = b.saved(0), second = b.saved(1);
                          return {b.needs(0) ? mm(g, mirrored(second)) : Variable(),
                                  b.needs(1) ? second_gradient(g, first, second) : Variable()};
                        });
}

Variable mv(const Variable& input, const Variable& vec) {
  if (input.dim() != 2 || vec.dim() != 1) {
    fail("vector + matrix @ vector expected, got ", 1, ", ", input.dim(), ", ", vec.dim());
  }
  if (input.size(1) != vec.size(0)) {
    fail("size mismatch, got ", input.size(0), ", ", input.size(0), "x", input.size(1), ",",
         vec.size(0));
  }
  check_types(input, vec);
  Tensor data = product(input.data(), vec.data().unsqueeze(1)).reshape({input.size(0)});
  return differentiable("MvBackward0", std::move(data), {input, vec},
                        {saved_input(input), saved_input(vec)},
                        [](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? outer(g, b.saved(1)) : Variable(),
                                  b.needs(1) ? mv(mirrored(b.saved(0)), g) : Variable()};
                        });
}

namespace {

Variable dot_named(std::string_view node, const Variable& input, const Variable& other) {
  if (input.dim() != 1 || other.dim() != 1) {
    fail("1D tensors expected, but got ", input.dim(), "D and ", other.dim(), "D tensors");
  }
  if (input.dtype() != other.dtype()) {
    fail("dot : expected both vectors to have same dtype, but found ",
         scalar_type_name(input.dtype()), " and ", scalar_type_name(other.dtype()));
  }
  if (input.numel() != other.numel()) {
    fail("inconsistent tensor size, expected tensor [", input.numel(), "] and src [", other.numel(),
         "] to have the same number of elements, but got ", input.numel(), " and ", other.numel(),
         " elements respectively");
  }
  if (input.dtype() == DType::Bool) fail("\"dot\" not implemented for 'Bool'");
  Tensor data = Tensor::empty({}, input.dtype(), input.device());
  dispatch(input.dtype(), [&]<class T>() {
    if constexpr (!std::is_same_v<T, bool>) {
      const Tensor &a = input.data(), &b = other.data();
      kernels::kernels_for(a, b).of<T>().dot(a.numel(), a.data<T>(), a.stride(0), b.data<T>(),
                                             b.stride(0), data.data<T>());
    }
  });
  return differentiable(
      node, std::move(data), {input, other}, {saved_input(input), saved_input(other)},
      [](Backward& b, const Variable& g) -> Variables {
        return {b.needs(0) ? g * b.saved(1) : Variable(), b.needs(1) ? g * b.saved(0) : Variable()};
      });
}

Variable vdot(const Variable& input, const Variable& other) {
  return dot_named("VdotBackward0", input, other);
}

}  // namespace

Variable dot(const Variable& input, const Variable& other) {
  return dot_named("DotBackward0", input, other);
}

namespace {

void check_bmm(const Variable& a, const Variable& b) {
  if (a.dim() != 3) fail("batch1 must be a 3D tensor");
  if (b.dim() != 3) fail("batch2 must be a 3D tensor");
  if (a.size(0) != b.size(0) || a.size(2) != b.size(1)) {
    fail("Expected size for first two dimensions of batch2 tensor to be: [", a.size(0), ", ",
         a.size(2), "] but got: [", b.size(0), ", ", b.size(1), "].");
  }
  check_types(a, b);
}

}  // namespace

Variable bmm(const Variable& input, const Variable& mat2) {
  check_bmm(input, mat2);
  return differentiable("BmmBackward0", product(input.data(), mat2.data()), {input, mat2},
                        {saved_input(input), saved_input(mat2)},
                        [](Backward& b, const Variable& g) -> Variables {
                          return {b.needs(0) ? bmm(g, mirrored(b.saved(1))) : Variable(),
                                  b.needs(1) ? bmm(mirrored(b.saved(0)), g) : Variable()};
                        });
}

Variable outer(const Variable& input, const Variable& vec2) {
  if (input.dim() != 1) fail("outer: Expected 1-D argument self, but got ", input.dim(), "-D");
  if (vec2.dim() != 1) fail("outer: Expected 1-D argument vec2, but got ", vec2.dim(), "-D");
  return reshape(input, {input.numel(), 1}) * vec2;
}

Variable addmm(const Variable& input, const Variable& mat1, const Variable& mat2,
               const Scalar& beta, const Scalar& alpha) {
  check_mm(mat1, mat2, "mat1", "mat2");
  if (mat1.dtype() != mat2.dtype()) fail("mat1 and mat2 must have the same dtype");
  if (input.dtype() != mat2.dtype()) fail("self and mat2 must have the same dtype");
  Tensor data = start_of(input, {mat1.size(0), mat2.size(1)}, mat1.dtype(), beta);
  multiply(data, mat1.data(), mat2.data(), beta, alpha);
  return differentiable(
      "AddmmBackward0", std::move(data), {input, mat1, mat2},
      {saved_input(mat1), saved_input(mat2)}, [=](Backward& b, const Variable& g) -> Variables {
        const Variable first = b.saved(0), second = b.saved(1);
        const Variable to_product = scaled(g, alpha);
        return {b.needs(0) ? scaled(g, beta) : Variable(),
                b.needs(1) ? mm(to_product, mirrored(second)) : Variable(),
                b.needs(2) ? second_gradient(to_product, first, second) : Variable()};
      });
}

Variable addmv(const Variable& input, const Variable& mat, const Variable& vec, const Scalar& beta,
               const Scalar& alpha) {
  if (mat.dim() != 2 || vec.dim() != 1 || input.dim() > 1) {
    fail("vector + matrix @ vector expected, got ", input.dim(), ", ", mat.dim(), ", ", vec.dim());
  }
  const int64_t rows = mat.size(0);
  if (mat.size(1) != vec.size(0) || (input.numel() != rows && input.numel() != 1)) {
    fail("size mismatch, got ", input.dim() == 0 ? rows : input.numel(), ", ", rows, "x",
         mat.size(1), ",", vec.size(0));
  }
  check_types(mat, vec);
  check_types(mat, input);
  Tensor data = start_of(input, {rows}, mat.dtype(), beta);
  multiply(data.unsqueeze(1), mat.data(), vec.data().unsqueeze(1), beta, alpha);
  return differentiable("AddmvBackward0", std::move(data), {input, mat, vec},
                        {saved_input(mat), saved_input(vec)},
                        [=](Backward& b, const Variable& g) -> Variables {
                          const Variable to_product = scaled(g, alpha);
                          return {b.needs(0) ? scaled(g, beta) : Variable(),
                                  b.needs(1) ? outer(to_product, b.saved(1)) : Variable(),
                                  b.needs(2) ? mv(mirrored(b.saved(0)), to_product) : Variable()};
                        });
}

Variable baddbmm(const Variable& input, const Variable& batch1, const Variable& batch2,
                 const Scalar& beta, const Scalar& alpha) {
  check_bmm(batch1, batch2);
  check_types(batch1, input);
  Tensor data =
      start_of(input, {batch1.size(0), batch1.size(1), batch2.size(2)}, batch1.dtype(), beta);
  multiply(data, batch1.data(), batch2.data(), beta, alpha);
  return differentiable("BaddbmmBackward0", std::move(data), {input, batch1, batch2},
                        {saved_input(batch1), saved_input(batch2)},
                        [=](Backward& b, const Variable& g) -> Variables {
                          const Variable to_product = scaled(g, alpha);
                          return {b.needs(0) ? scaled(g, beta) : Variable(),
                                  b.needs(1) ? bmm(to_product, mirrored(b.saved(1))) : Variable(),
                                  b.needs(2) ? bmm(mirrored(b.saved(0)), to_product) : Variable()};
                        });
}

Variable addbmm(const Variable& input, const Variable& batch1, const Variable& batch2,
                const Scalar& beta, const Scalar& alpha) {
  check_bmm(batch1, batch2);
  check_types(batch1, input);
  const Shape shape{batch1.size(1), batch2.size(2)};
  Tensor data = start_of(input, shape, batch1.dtype(), beta);
  for (int64_t i = 0; i < batch1.size(0); ++i) {
    multiply(data, batch1.data().select(0, i), batch2.data().select(0, i), i == 0 ? beta : 1,
             alpha);
  }
  if (batch1.size(0) == 0) {
    data = (Variable(data) * (beta.to_double() == 0 ? Variable(0) : Variable(beta))).data();
  }
  return differentiable(
      "AddbmmBackward0", std::move(data), {input, batch1, batch2},
      {saved_input(batch1), saved_input(batch2)}, [=](Backward& b, const Variable& g) -> Variables {
        const Variable first = b.saved(0), second = b.saved(1);
        const Variable each = expand(scaled(g, alpha), {first.size(0), g.size(0), g.size(1)});
        return {b.needs(0) ? scaled(g, beta) : Variable(),
                b.needs(1) ? bmm(each, mirrored(second)) : Variable(),
                b.needs(2) ? bmm(mirrored(first), each) : Variable()};
      });
}

Variable addr(const Variable& input, const Variable& vec1, const Variable& vec2, const Scalar& beta,
              const Scalar& alpha) {
  if (vec1.dim() != 1 || vec2.dim() != 1) {
    fail("addr: Expected 1-D argument vec", vec1.dim() != 1 ? 1 : 2, ", but got ",
         (vec1.dim() != 1 ? vec1 : vec2).dim(), "-D");
  }
  Tensor data;
  {
    GradModeGuard no_grad(false);
    const Variable products = scaled(outer(vec1, vec2), alpha);
    data = (beta.to_double() == 0 ? products : scaled(input, beta) + products).data();
  }
  return differentiable("AddrBackward0", std::move(data), {input, vec1, vec2},
                        {saved_input(vec1), saved_input(vec2)},
                        [=](Backward& b, const Variable& g) -> Variables {
                          const Variable to_product = scaled(g, alpha);
                          return {b.needs(0) ? scaled(g, beta) : Variable(),
                                  b.needs(1) ? mv(to_product, b.saved(1)) : Variable(),
                                  b.needs(2) ? mv(mirrored(to_product), b.saved(0)) : Variable()};
                        });
}

GRADPAD_DEFINE_OP(mm, "mm(Tensor input, Tensor mat2) -> Tensor",
                  "The product of two matrices, [n, k] and [k, m], of one dtype.\n"
                  "Derivative: g @ mat2ᵀ; inputᵀ @ g.\n"
                  "Shape: [n, m] and [m, p] to [n, p].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[2,3], T[3,4]", kEverywhere, boxed<&mm>);
GRADPAD_DEFINE_OP(mv, "mv(Tensor input, Tensor vec) -> Tensor",
                  "The product of a matrix [n, k] and a vector [k].\n"
                  "Derivative: outer(g, vec); inputᵀ @ g.\n"
                  "Shape: [n, m] and [m] to [n].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[2,3], T[3]", kEverywhere, boxed<&mv>);
GRADPAD_DEFINE_OP(dot, "dot(Tensor input, Tensor other) -> Tensor",
                  "The sum of the products of two vectors' elements.\n"
                  "Derivative: g * other; g * input.\n"
                  "Shape: [n] and [n] to [].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[3], T[3]", kEverywhere, boxed<&dot>);
GRADPAD_DEFINE_OP(vdot, "vdot(Tensor input, Tensor other) -> Tensor",
                  "The sum of the products of two vectors' elements; as dot.\n"
                  "Derivative: g * other; g * input.\n"
                  "Shape: [n] and [n] to [].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[3], T[3]", kEverywhere, boxed<&vdot>);
GRADPAD_DEFINE_OP(bmm, "bmm(Tensor input, Tensor mat2) -> Tensor",
                  "The products of two batches of matrices, [b, n, k] and [b, k, m].\n"
                  "Derivative: g @ mat2ᵀ; inputᵀ @ g.\n"
                  "Shape: [b, n, m] and [b, m, p] to [b, n, p].\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for sizes that do not fit.",
                  "T[2,2,3], T[2,3,2]", kEverywhere, boxed<&bmm>);
GRADPAD_DEFINE_OP(outer, "outer(Tensor input, Tensor vec2) -> Tensor",
                  "Products of every element of one vector with every one of another, [n, m].\n"
                  "Derivative: g @ vec2; gᵀ @ input.\n"
                  "Shape: [n] and [m] to [n, m].\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for operands that are no vectors.",
                  "T[3], T[2]", kEverywhere, boxed<&outer>);
GRADPAD_DEFINE_OP(ger, "ger(Tensor input, Tensor vec2) -> Tensor",
                  "Products of every element of one vector with every one of another; as outer.\n"
                  "Derivative: g @ vec2; gᵀ @ input.\n"
                  "Shape: [n] and [m] to [n, m].\n"
                  "Dtypes: any; the result has the promoted one.\n"
                  "Errors: RuntimeError for operands that are no vectors.",
                  "T[3], T[2]", kEverywhere, boxed<&outer>);
GRADPAD_DEFINE_OP(
    addmm,
    "addmm(Tensor input, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta * input + alpha * (mat1 @ mat2); `input` broadcasts.\n"
    "Derivative: beta * g; alpha * (g @ mat2ᵀ); alpha * (mat1ᵀ @ g).\n"
    "Shape: [n, m] and [m, p] to [n, p].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[2,4], T[2,3], T[3,4]; T[4], T[2,3], T[3,4], beta=2, alpha=0.5", kEverywhere | kInPlace,
    boxed<&addmm>);
GRADPAD_DEFINE_OP(
    addmv,
    "addmv(Tensor input, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta * input + alpha * (mat @ vec).\n"
    "Derivative: beta * g; alpha * outer(g, vec); alpha * (matᵀ @ g).\n"
    "Shape: [n, m] and [m] to [n].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[2], T[2,3], T[3], beta=2, alpha=0.5", kEverywhere | kInPlace, boxed<&addmv>);
GRADPAD_DEFINE_OP(
    baddbmm,
    "baddbmm(Tensor input, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> "
    "Tensor",
    "beta * input + alpha * (batch1 @ batch2), for batches of matrices.\n"
    "Derivative: beta * g; alpha * (g @ batch2ᵀ); alpha * (batch1ᵀ @ g).\n"
    "Shape: [b, n, m] and [b, m, p] to [b, n, p].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[2,2,2], T[2,2,3], T[2,3,2]; T[2], T[2,2,3], T[2,3,2], beta=2, alpha=0.5",
    kEverywhere | kInPlace, boxed<&baddbmm>);
GRADPAD_DEFINE_OP(
    addbmm,
    "addbmm(Tensor input, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> "
    "Tensor",
    "beta * input + alpha * the sum of the products of a batch.\n"
    "Derivative: beta * g; alpha * (g @ batch2ᵀ) and alpha * (batch1ᵀ @ g) for each pair.\n"
    "Shape: batches [b, n, m] and [b, m, p] to [n, p].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[2,2], T[2,2,3], T[2,3,2], beta=2, alpha=0.5", kEverywhere | kInPlace, boxed<&addbmm>);
GRADPAD_DEFINE_OP(
    addr,
    "addr(Tensor input, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor",
    "beta * input + alpha * outer(vec1, vec2).\n"
    "Derivative: beta * g; alpha * (g @ vec2); alpha * (gᵀ @ vec1).\n"
    "Shape: [n] and [m] to [n, m].\n"
    "Dtypes: any; the result has the promoted one.\n"
    "Errors: RuntimeError for sizes that do not fit.",
    "T[3,2], T[3], T[2], beta=2, alpha=0.5", kEverywhere | kInPlace, boxed<&addr>);

}  // namespace gradpad
