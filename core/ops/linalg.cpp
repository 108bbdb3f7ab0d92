// Determinants, inverses and linear systems, by LU and Cholesky factors of small matrices, one
// after the other of a batch. The factors are computed on the host, whatever the device.
#include <cmath>
#include <vector>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/composite.h"
#include "ops/device.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

using ops::mirrored;

void check_square(const Variable& input, std::string_view name) {
  if (input.dim() < 2) fail(name, ": The input tensor A must have at least 2 dimensions.");
  if (input.size(-1) != input.size(-2)) {
    fail(name, ": A must be batches of square matrices, but they are ", input.size(-2), " by ",
         input.size(-1), " matrices");
  }
}

void check_floating(const Variable& input, std::string_view name) {
  if (!is_floating(input.dtype())) {
    fail(name, ": Expected a floating point or complex tensor as input. Got ",
         scalar_type_name(input.dtype()));
  }
}

Shape batch_of(const Variable& input) {
  Shape shape;
  for (int64_t d = 0; d + 2 < input.dim(); ++d) shape.push_back(input.shape()[d]);
  return shape;
}

/// P A = L U with row pivoting, in place of A: U on and above the diagonal, L below.
template <class T>
struct Lu {
  int64_t n;
  std::vector<T> factors;
  std::vector<int64_t> rows;  ///< row i of the factors was row rows[i] of A
  int sign = 1;
  int64_t singular = -1;  ///< the first zero on the diagonal of U

  Lu(const T* a, int64_t size) : n(size), factors(a, a + size * size) {
    for (int64_t i = 0; i < n; ++i) rows.push_back(i);
    for (int64_t k = 0; k < n; ++k) {
      int64_t pivot = k;
      for (int64_t i = k + 1; i < n; ++i) {
        if (std::abs(at(i, k)) > std::abs(at(pivot, k))) pivot = i;
      }
      if (pivot != k) {
        for (int64_t j = 0; j < n; ++j) std::swap(at(k, j), at(pivot, j));
        std::swap(rows[static_cast<size_t>(k)], rows[static_cast<size_t>(pivot)]);
        sign = -sign;
      }
      if (at(k, k) == T(0)) {
        if (singular < 0) singular = k;
        continue;
      }
      for (int64_t i = k + 1; i < n; ++i) {
        const T factor = at(i, k) /= at(k, k);
        for (int64_t j = k + 1; j < n; ++j) at(i, j) -= factor * at(k, j);
      }
    }
  }

  T& at(int64_t i, int64_t j) { return factors[static_cast<size_t>(i * n + j)]; }

  /// out (n x m) = A^-1 b.
  void solve(const T* b, T* out, int64_t m) {
    for (int64_t i = 0; i < n; ++i) {
      std::copy_n(b + rows[static_cast<size_t>(i)] * m, m, out + i * m);
      for (int64_t k = 0; k < i; ++k) subtract(out + i * m, out + k * m, at(i, k), m);
    }
    for (int64_t i = n - 1; i >= 0; --i) {
      for (int64_t k = i + 1; k < n; ++k) subtract(out + i * m, out + k * m, at(i, k), m);
      for (int64_t j = 0; j < m; ++j) out[i * m + j] /= at(i, i);
    }
  }

  static void subtract(T* row, const T* other, T factor, int64_t m) {
    for (int64_t j = 0; j < m; ++j) row[j] -= factor * other[j];
  }
};

/// Calls `body(matrix, index)` with the LU factors of every matrix of a batch.
template <class T, class Body>
void for_each_lu(const Tensor& input, Body body) {
  const ops::HostArray<T> data(input);
  const int64_t n = input.size(-1);
  int64_t count = 1;
  for (int64_t d = 0; d + 2 < input.dim(); ++d) count *= input.shape()[d];
  for (int64_t i = 0; i < count; ++i) {
    Lu<T> lu(data.begin() + i * n * n, n);
    body(lu, i);
  }
}

bool any_singular(const Tensor& input) {
  bool found = false;
  dispatch_floating(input.dtype(), "lu", [&]<class T>() {
    for_each_lu<T>(input, [&](Lu<T>& lu, int64_t) { found |= lu.singular >= 0; });
  });
  return found;
}

/// The matrix of cofactors, from the minors' determinants: for singular matrices, where the
/// determinant times the inverse will not do.
Variable cofactors(const Variable& input) {
  const int64_t n = input.size(-1);
  if (n == 1) return Variable(Tensor::full(input.shape(), 1, input.dtype(), input.device()));
  const auto without = [](const Variable& v, int64_t dim, int64_t i) {
    const int64_t size = v.size(dim);
    return cat({narrow(v, dim, 0, i), narrow(v, dim, i + 1, size - i - 1)}, dim);
  };
  Variables rows;
  for (int64_t i = 0; i < n; ++i) {
    const Variable others = without(input, -2, i);
    Variables row;
    for (int64_t j = 0; j < n; ++j) {
      const Variable minor = det(without(others, -1, j));
      row.push_back((i + j) % 2 == 0 ? minor : -minor);
    }
    rows.push_back(stack(row, -1));
  }
  return stack(rows, -2);
}

Variable as_matrices(const Variable& v) { return unsqueeze(unsqueeze(v, -1), -1); }

/// d det(A) = det(A) tr(A^-1 dA).
Variable det_gradient(const Variable& g, const Variable& a, const Variable& result) {
  if (any_singular(a.data())) return as_matrices(g) * cofactors(a);
  return as_matrices(g * result) * mirrored(inverse(a));
}

}  // namespace

Variable det(const Variable& input) {
  check_floating(input, "linalg.det");
  check_square(input, "linalg.det");
  Tensor data = dispatch_floating(input.dtype(), "det", [&]<class T>() {
    const auto results = ops::HostArray<T>::empty(batch_of(input));
    for_each_lu<T>(input.data(), [&](Lu<T>& lu, int64_t i) {
      T product = static_cast<T>(lu.sign);
      for (int64_t k = 0; k < lu.n; ++k) product *= lu.at(k, k);
      results[i] = product;
    });
    return results.on(input.device());
  });
  return differentiable_of(
      "LinalgDetBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [](Backward& b, const Variable& g) -> Variables {
        return {det_gradient(g, b.saved(0), b.saved(1))};
      });
}

std::pair<Variable, Variable> slogdet(const Variable& input) {
  check_floating(input, "linalg.slogdet");
  check_square(input, "linalg.slogdet");
  Tensor sign, size;
  dispatch_floating(input.dtype(), "slogdet", [&]<class T>() {
    const auto signs = ops::HostArray<T>::empty(batch_of(input));
    const auto sizes = ops::HostArray<T>::empty(batch_of(input));
    for_each_lu<T>(input.data(), [&](Lu<T>& lu, int64_t i) {
      T total = 0;
      int direction = lu.sign;
      for (int64_t k = 0; k < lu.n; ++k) {
        total += std::log(std::abs(lu.at(k, k)));
        if (lu.at(k, k) < 0) direction = -direction;
      }
      signs[i] = lu.singular >= 0 ? T(0) : static_cast<T>(direction);
      sizes[i] = total;
    });
    sign = signs.on(input.device());
    size = sizes.on(input.device());
  });
  const Variables results =
      differentiable_many("LinalgSlogdetBackward0", {sign, size}, {input}, {saved_input(input)},
                          [](Backward& b, const Variables& grads) -> Variables {
                            // The sign is constant where it has a derivative.
                            if (!grads[1].defined()) return {};
                            return {as_matrices(grads[1]) * mirrored(inverse(b.saved(0)))};
                          });
  return {results[0], results[1]};
}

Variable inverse(const Variable& input) {
  check_floating(input, "linalg.inv");
  check_square(input, "linalg.inv");
  const int64_t n = input.size(-1);
  Tensor data = dispatch_floating(input.dtype(), "inverse", [&]<class T>() {
    const auto result = ops::HostArray<T>::empty(input.shape());
    std::vector<T> one(static_cast<size_t>(n * n), T(0));
    for (int64_t i = 0; i < n; ++i) one[static_cast<size_t>(i * n + i)] = 1;
    for_each_lu<T>(input.data(), [&](Lu<T>& lu, int64_t i) {
      if (lu.singular >= 0) {
        const std::string element =
            input.dim() > 2 ? concat("(Batch element ", i, "): ") : std::string();
        fail("linalg.inv: ", element, "The diagonal element ", lu.singular + 1,
             " is zero, the inversion could not be completed because the input matrix is "
             "singular.");
      }
      lu.solve(one.data(), result.begin() + i * n * n, n);
    });
    return result.on(input.device());
  });
  return differentiable_saving_result("LinalgInvExBackward0", std::move(data), {input},
                                      [](Backward& b, const Variable& g) -> Variables {
                                        const Variable turned = mirrored(b.saved(0));
                                        return {-matmul(turned, matmul(g, turned))};
                                      });
}

Variable solve(const Variable& a, const Variable& b) {
  check_floating(a, "linalg.solve");
  check_square(a, "linalg.solve");
  // `b` is a batch of vectors if it has the shape that such a batch would have.
  Shape vectors = batch_of(a);
  vectors.push_back(a.size(-1));
  const bool is_vector = b.dim() == 1 || (b.dim() == a.dim() - 1 && b.shape() == vectors);
  const int64_t rows = is_vector ? b.size(-1) : b.size(-2);
  const int64_t columns = is_vector ? 1 : b.size(-1);
  if (rows != a.size(-1)) {
    fail("linalg.solve: Incompatible shapes of A and B for the equation AX = B (", a.size(-2), "x",
         a.size(-1), " and ", rows, "x", columns, ")");
  }
  const Tensor right = is_vector ? b.data().unsqueeze(-1) : b.data();
  const Shape batch = broadcast_shapes(batch_of(a), batch_of(Variable(right)));
  const auto batched = [&](int64_t n, int64_t m) {
    Shape shape = batch;
    shape.push_back(n);
    shape.push_back(m);
    return shape;
  };
  const int64_t n = a.size(-1), m = right.size(-1);
  ops::device_of(Variables{a, b});
  Tensor data = dispatch_floating(a.dtype(), "solve", [&]<class T>() {
    const ops::HostArray<T> source(right.expand(batched(n, m)));
    const auto result = ops::HostArray<T>::empty(batched(n, m));
    for_each_lu<T>(a.data().expand(batched(n, n)), [&](Lu<T>& lu, int64_t i) {
      if (lu.singular >= 0) {
        fail("torch.linalg.solve: The solver failed because the input matrix is singular.");
      }
      lu.solve(source.begin() + i * n * m, result.begin() + i * n * m, m);
    });
    return result.on(a.device());
  });
  if (is_vector) data = data.squeeze(-1);
  return differentiable_of(
      "LinalgSolveExBackward0", std::move(data), Variables{a, b},
      [&](const Tensor& result) { return Saved{saved_input(a), saved_output(result)}; },
      [is_vector](Backward& node, const Variable& g) -> Variables {
        // A X = B: dB' = A^-T g, and dA = -dB' X^T.
        const Variable to_b = solve(mirrored(node.saved(0)), g);
        if (!node.needs(0)) return {Variable(), to_b};
        const Variable x = node.saved(1);
        const Variable to_a =
            is_vector ? -(unsqueeze(to_b, -1) * unsqueeze(x, -2)) : -matmul(to_b, mirrored(x));
        return {to_a, to_b};
      });
}

Variable solve_triangular(const Variable& a, const Variable& b, bool upper, bool unitriangular) {
  check_floating(a, "linalg.solve_triangular");
  check_square(a, "linalg.solve_triangular");
  if (b.dim() < 2 || b.size(-2) != a.size(-1)) {
    fail("linalg.solve_triangular: Incompatible shapes of A and B for the equation AX = B (",
         a.size(-2), "x", a.size(-1), " and ", b.dim() < 2 ? 1 : b.size(-2), "x", b.size(-1), ")");
  }
  const Shape batch = broadcast_shapes(batch_of(a), batch_of(b));
  const int64_t n = a.size(-1), m = b.size(-1);
  Shape square = batch, shape = batch;
  square.push_back(n);
  square.push_back(n);
  shape.push_back(n);
  shape.push_back(m);
  ops::device_of(Variables{a, b});
  Tensor data = dispatch_floating(a.dtype(), "triangular_solve", [&]<class T>() {
    const ops::HostArray<T> matrices(a.data().expand(square)), given(b.data().expand(shape));
    const auto result = ops::HostArray<T>::empty(shape);
    std::copy(given.begin(), given.end(), result.begin());
    for (int64_t i = 0; i < numel_of(batch); ++i) {
      const T* factor = matrices.begin() + i * n * n;
      T* x = result.begin() + i * n * m;
      for (int64_t step = 0; step < n; ++step) {
        const int64_t row = upper ? n - 1 - step : step;
        for (int64_t k = upper ? row + 1 : 0; k < (upper ? n : row); ++k) {
          Lu<T>::subtract(x + row * m, x + k * m, factor[row * n + k], m);
        }
        if (unitriangular) continue;
        for (int64_t j = 0; j < m; ++j) x[row * m + j] /= factor[row * n + row];
      }
    }
    return result.on(a.device());
  });
  return differentiable_of(
      "LinalgSolveTriangularBackward0", std::move(data), Variables{a, b},
      [&](const Tensor& result) { return Saved{saved_input(a), saved_output(result)}; },
      [=](Backward& node, const Variable& g) -> Variables {
        const Variable to_b = solve_triangular(mirrored(node.saved(0)), g, !upper, unitriangular);
        if (!node.needs(0)) return {Variable(), to_b};
        const Variable whole = -matmul(to_b, mirrored(node.saved(1)));
        const int64_t edge = unitriangular ? 1 : 0;
        return {upper ? triu(whole, edge) : tril(whole, -edge), to_b};
      });
}

namespace {

/// A = L L^T: dA = L^-T sym(Phi(L^T dL)) L^-1, where Phi takes the lower triangle with half of the
/// diagonal.
Variable cholesky_gradient(const Variable& g, const Variable& factor) {
  const Variable product = matmul(mirrored(factor), g);
  const Variable phi = tril(product) - 0.5 * diag_embed(diagonal(product, 0, -2, -1));
  const Variable symmetric = 0.5 * (phi + mirrored(phi));
  const Variable left = solve_triangular(mirrored(factor), symmetric, true);
  return mirrored(solve_triangular(mirrored(factor), mirrored(left), true));
}

Variable cholesky_named(std::string_view node, std::string_view name, const Variable& input,
                        bool upper) {
  check_floating(input, name);
  check_square(input, name);
  const int64_t n = input.size(-1);
  Tensor data = dispatch_floating(input.dtype(), "cholesky", [&]<class T>() {
    const ops::HostArray<T> source(input.data());
    const auto factors = ops::HostArray<T>::zeros(input.shape());
    const int64_t count = n == 0 ? 0 : source.size() / (n * n);
    for (int64_t b = 0; b < count; ++b) {
      const T* a = source.begin() + b * n * n;
      T* l = factors.begin() + b * n * n;
      for (int64_t j = 0; j < n; ++j) {
        // The given triangle: of upper, rows and columns change places.
        const auto given = [&](int64_t i) { return upper ? a[j * n + i] : a[i * n + j]; };
        for (int64_t i = j; i < n; ++i) {
          T total = given(i);
          for (int64_t k = 0; k < j; ++k) total -= l[i * n + k] * l[j * n + k];
          if (i > j) {
            l[i * n + j] = total / l[j * n + j];
            continue;
          }
          if (!(total > T(0))) {
            const std::string element =
                input.dim() > 2 ? concat("(Batch element ", b, "): ") : std::string();
            fail(name, ": ", element,
                 "The factorization could not be completed because the input is not "
                 "positive-definite (the leading minor of order ",
                 j + 1, " is not positive-definite).");
          }
          l[j * n + j] = std::sqrt(total);
        }
      }
    }
    return factors.on(input.device());
  });
  const Variable lower = differentiable_saving_result(
      node, std::move(data), {input}, [](Backward& b, const Variable& g) -> Variables {
        return {cholesky_gradient(g, b.saved(0))};
      });
  return upper ? mirrored(lower) : lower;
}

}  // namespace

Variable cholesky(const Variable& input, bool upper) {
  return cholesky_named("CholeskyBackward0", "cholesky", input, upper);
}

Variable matrix_power(const Variable& input, int64_t n) {
  check_square(input, "linalg.matrix_power");
  if (n == 0) {
    Tensor one = Tensor::zeros(input.shape(), input.dtype(), input.device());
    one.diagonal(0, -2, -1).fill(1);
    return Variable(one);
  }
  // Squares, multiplied where the exponent has a bit. The least n has no -n among the int64_t.
  uint64_t left = n < 0 ? -static_cast<uint64_t>(n) : static_cast<uint64_t>(n);
  Variable power = n < 0 ? inverse(input) : input, result;
  for (; left > 0; left /= 2) {
    if (left % 2 == 1) result = result.defined() ? matmul(result, power) : power;
    if (left > 1) power = matmul(power, power);
  }
  return result;
}

namespace {

Variables slogdet_both(const Variable& input) {
  auto [sign, size] = slogdet(input);
  return {sign, size};
}
Variable logdet(const Variable& input) {
  const auto [sign, size] = slogdet(input);
  return where(lt(sign, 0), Variable(std::nan("")), size);
}
Variable linalg_cholesky(const Variable& input, bool upper) {
  return cholesky_named("LinalgCholeskyExBackward0", "linalg.cholesky", input, upper);
}
Variable linalg_solve(const Variable& a, const Variable& b, bool left) {
  if (left) return solve(a, b);
  return ops::fused("LinalgSolveExBackward0", {a, b}, [](const Variables& in) {
    return mirrored(solve(mirrored(in[0]), mirrored(in[1])));
  });
}
Variable linalg_solve_triangular(const Variable& a, const Variable& b, bool upper, bool left,
                                 bool unitriangular) {
  if (left) return solve_triangular(a, b, upper, unitriangular);
  return ops::fused("LinalgSolveTriangularBackward0", {a, b}, [=](const Variables& in) {
    return mirrored(solve_triangular(mirrored(in[0]), mirrored(in[1]), !upper, unitriangular));
  });
}
/// The product of several matrices; the ends may be vectors.
Variable multi_dot(const Variables& tensors) {
  if (tensors.size() < 2) {
    fail("multi_dot(): expected at least 2 tensors but got ", tensors.size());
  }
  Variable result = tensors[0];
  for (size_t i = 1; i < tensors.size(); ++i) result = matmul(result, tensors[i]);
  return view(result, result.shape());
}

constexpr std::string_view kDetDoc =
    "The determinants of square matrices.\n"
    "Derivative: g * result * inv(input)ᵀ.\n"
    "Shape: [..., n, n] to [...].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for matrices that are not square.";
constexpr std::string_view kInverseDoc =
    "The inverses of square matrices. RuntimeError for a singular one.\n"
    "Derivative: -resultᵀ @ g @ resultᵀ.\n"
    "Shape: [..., n, n].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for a matrix that is not square, or singular.";
constexpr std::string_view kCholeskyDoc =
    "L, lower triangular, with L @ L.T = input, which is symmetric and positive definite; with "
    "`upper`, L.T.\n"
    "Derivative: the symmetric part of L⁻ᵀ Φ(Lᵀ g) L⁻¹, Φ the lower triangle with half the "
    "diagonal.\n"
    "Shape: [..., n, n].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for a matrix that is not square or not positive definite.";
constexpr std::string_view kPowerDoc =
    "The product of n square matrices; of inverses where n is negative.\n"
    "Derivative: through the products that it is made of.\n"
    "Shape: [..., n, n].\n"
    "Dtypes: floating; integers for n >= 0.\n"
    "Errors: RuntimeError for matrices that are not square, or singular where n is negative.";

}  // namespace

GRADPAD_DEFINE_OP(det, "det(Tensor input) -> Tensor", kDetDoc, "T[3,3]; T[2,2,2]; T[1,1]",
                  kEverywhere | kLinalg, boxed<&det>);
GRADPAD_DEFINE_OP(slogdet, "slogdet(Tensor input) -> (Tensor sign, Tensor logabsdet)",
                  "The sign of the determinant and the logarithm of its absolute value.\n"
                  "Derivative: 0 for the sign; g * inv(input)ᵀ.\n"
                  "Shape: [..., n, n] to [...], twice.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for matrices that are not square.",
                  "T[3,3]", kEverywhere | kLinalg, boxed<&slogdet_both>);
GRADPAD_DEFINE_OP(logdet, "logdet(Tensor input) -> Tensor",
                  "The logarithm of the determinant; NaN where that is negative.\n"
                  "Derivative: g * inv(input)ᵀ.\n"
                  "Shape: [..., n, n] to [...].\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: RuntimeError for matrices that are not square.",
                  "none: needs a positive determinant", kEverywhere, boxed<&logdet>);
GRADPAD_DEFINE_OP(inverse, "inverse(Tensor input) -> Tensor", kInverseDoc, "T[3,3]; T[2,2,2]",
                  kEverywhere, boxed<&inverse>);
GRADPAD_DEFINE_OP(linalg_inv, "inv(Tensor input) -> Tensor", kInverseDoc, "T[3,3]", kLinalg,
                  boxed<&inverse>);
GRADPAD_DEFINE_OP(
    linalg_solve, "solve(Tensor A, Tensor B, *, bool left=True) -> Tensor",
    "X with A @ X = B, or X @ A = B where not `left`; B may be a vector. RuntimeError for a "
    "singular matrix.\n"
    "Derivative: A⁻ᵀ @ g for B; -(that) @ resultᵀ for A.\n"
    "Shape: that of B.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for matrices that are not square or singular, or a B that does not fit.",
    "T[3,3], T[3]; T[3,3], T[3,2]; T[2,2,2], T[2,2,1]; T[3,3], T[2,3], left=False", kLinalg,
    boxed<&linalg_solve>);
GRADPAD_DEFINE_OP(
    linalg_solve_triangular,
    "solve_triangular(Tensor A, Tensor B, *, bool upper, bool left=True, bool "
    "unitriangular=False) -> Tensor",
    "X with A @ X = B, where A is triangular: the other triangle is not read.\n"
    "Derivative: A⁻ᵀ @ g for B; the triangle of -(that) @ resultᵀ for A.\n"
    "Shape: that of B, broadcast.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for matrices that are not square, or a B that does not fit.",
    "P[3,3], T[3,2], upper=True; P[3,3], T[3,2], upper=False; P[3,3], T[2,3], upper=True, "
    "left=False; T[3,3], T[3,2], upper=False, unitriangular=True",
    kLinalg, boxed<&linalg_solve_triangular>);
GRADPAD_DEFINE_OP(cholesky, "cholesky(Tensor input, bool upper=False) -> Tensor", kCholeskyDoc,
                  "none: needs a symmetric matrix", kEverywhere, boxed<&cholesky>);
GRADPAD_DEFINE_OP(linalg_cholesky, "cholesky(Tensor input, *, bool upper=False) -> Tensor",
                  kCholeskyDoc, "none: needs a symmetric matrix", kLinalg, boxed<&linalg_cholesky>);
GRADPAD_DEFINE_OP(matrix_power, "matrix_power(Tensor input, int n) -> Tensor", kPowerDoc,
                  "T[3,3], 3; T[2,2], -1; T[2,2], 2", kEverywhere | kLinalg, boxed<&matrix_power>);
GRADPAD_DEFINE_OP(multi_dot, "multi_dot(Tensor[] tensors) -> Tensor",
                  "The product of several matrices; the ends may be vectors.\n"
                  "Derivative: through the products, in the cheapest order.\n"
                  "Shape: [n, …], …, […, p] to [n, p]; vectors at the ends lose their dimension.\n"
                  "Dtypes: one for all operands.\n"
                  "Errors: RuntimeError for less than two tensors or sizes that do not fit.",
                  "[T[2,3], T[3,2], T[2,2]]; [T[3], T[3,2], T[2]]", kLinalg, boxed<&multi_dot>);

}  // namespace gradpad
