// Linear algebra whose operands have to be made: symmetric, singular, of positive determinant.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "gradpad/autograd/gradcheck.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/views.h"
#include "op_samples.h"

using namespace gradpad;

namespace {

Variable matrix() {
  return Variable(Tensor::from<double>({0.5, -1, 2, 0.25, 1.5, -0.75, 1, 0.5, -1.25}, {3, 3}),
                  true);
}

/// a @ a.T + 1 on the diagonal: symmetric and positive definite, however `a` is moved.
Variable positive(const Variable& a) {
  Tensor one = Tensor::zeros(a.shape(), a.dtype());
  one.diagonal(0, 0, 1).fill(1);
  return matmul(a, t(a)) + Variable(one);
}

Variables call_named(std::string_view name, const Variable& x, bool upper = false) {
  const Op& op = find_ops(name)[0];
  Args args{x};
  if (op.params.size() > 1) args.push_back(Scalar(upper));
  return testing::results_of(op.entry->call(args));
}

std::string message(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

double at(const Variable& v, int64_t i) { return v.data().at(i).to_double(); }

}  // namespace

TEST_CASE("cholesky factors multiply to the matrix, and have derivatives", "[ops][linalg]") {
  for (bool upper : {false, true}) {
    const Variable a = positive(matrix());
    const Variable factor = call_named("cholesky", a, upper)[0];
    const Variable product = upper ? matmul(t(factor), factor) : matmul(factor, t(factor));
    for (int64_t i = 0; i < 9; ++i) CHECK(std::abs(at(product, i) - at(a, i)) < 1e-12);
    CHECK(at(factor, upper ? 3 : 1) == 0);
    const auto function = [&](const Variables& in) {
      return call_named("cholesky", positive(in[0]), upper);
    };
    CHECK(gradcheck(function, {matrix()}) == "");
    CHECK(gradgradcheck(function, {matrix()}) == "");
  }
}

TEST_CASE("cholesky of what is not positive definite is PyTorch's error", "[ops][linalg]") {
  const Variable a(Tensor::from<double>({1, 2, 2, 1}, {2, 2}));
  CHECK(message([&] { cholesky(a); }) ==
        "cholesky: The factorization could not be completed because the input is not "
        "positive-definite (the leading minor of order 2 is not positive-definite).");
}

TEST_CASE("logdet is the logarithm of the determinant, and has derivatives", "[ops][linalg]") {
  const auto function = [](const Variables& in) { return call_named("logdet", positive(in[0])); };
  const Variable a = positive(matrix());
  CHECK(std::abs(at(function({matrix()})[0], 0) - std::log(at(det(a), 0))) < 1e-12);
  CHECK(gradcheck(function, {matrix()}) == "");
  CHECK(gradgradcheck(function, {matrix()}) == "");
  const Variable negative(Tensor::from<double>({0, 1, 1, 0}, {2, 2}));
  CHECK(std::isnan(at(call_named("logdet", negative)[0], 0)));
}

TEST_CASE("singular matrices", "[ops][linalg]") {
  const Variable a(Tensor::from<double>({1, 2, 2, 4}, {2, 2}), true);
  CHECK(message([&] { inverse(a); }) ==
        "linalg.inv: The diagonal element 2 is zero, the inversion could not be completed because "
        "the input matrix is singular.");
  CHECK(message([&] { inverse(unsqueeze(a, 0)); }) ==
        "linalg.inv: (Batch element 0): The diagonal element 2 is zero, the inversion could not be "
        "completed because the input matrix is singular.");
  CHECK(message([&] { solve(a, Variable(Tensor::zeros({2}, DType::Float64))); }) ==
        "torch.linalg.solve: The solver failed because the input matrix is singular.");
  CHECK(at(det(a), 0) == 0);
  const auto [sign, size] = slogdet(a);
  CHECK(at(sign, 0) == 0);
  CHECK(at(size, 0) == -INFINITY);
}

TEST_CASE("the determinant of a singular matrix has its derivatives", "[ops][linalg]") {
  const Variable a(Tensor::from<double>({1, 2, 3, 2, 4, 6, 1, 1, 5}, {3, 3}), true);
  const auto function = [](const Variables& in) { return Variables{det(in[0])}; };
  REQUIRE(at(det(a), 0) == 0);
  CHECK(gradcheck(function, {a}) == "");
  det(a).backward();
  // The cofactors.
  const double expected[] = {14, -4, -2, -7, 2, 1, 0, 0, 0};
  for (int64_t i = 0; i < 9; ++i) CHECK(std::abs(at(a.grad(), i) - expected[i]) < 1e-12);
}
