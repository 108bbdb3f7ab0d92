// The checker itself: right derivatives pass, wrong ones of either order are caught.
#include "gradpad/autograd/gradcheck.h"

#include <catch2/catch_test_macros.hpp>

#include "gradpad/autograd/function.h"
#include "gradpad/gradpad.h"

using namespace gradpad;

namespace {

Variable input() { return Variable(Tensor::from<double>({0.5, -1.25, 2}, {3}), true); }

/// x cubed whose derivative is scaled by `first`, and the derivative's own by `second`.
Variable cube(const Variable& x, double first, double second) {
  return differentiable("CubeBackward", (x.detach() * x.detach() * x.detach()).data(), {x},
                        {saved_input(x)}, [=](Backward& b, const Variable& g) -> Variables {
                          const Variable saved = b.saved(0);
                          const Variable slope = differentiable(
                              "SlopeBackward", (saved.detach() * saved.detach() * 3 * first).data(),
                              {saved}, {saved_input(saved)},
                              [=](Backward& inner, const Variable& gg) -> Variables {
                                return {gg * inner.saved(0) * (6 * first * second)};
                              });
                          return {g * slope};
                        });
}

}  // namespace

TEST_CASE("right derivatives pass", "[gradcheck]") {
  const auto function = [](const Variables& in) { return Variables{cube(in[0], 1, 1)}; };
  CHECK(gradcheck(function, {input()}) == "");
  CHECK(gradgradcheck(function, {input()}) == "");
}

TEST_CASE("a wrong first derivative is caught", "[gradcheck]") {
  const auto function = [](const Variables& in) { return Variables{cube(in[0], 1.01, 1)}; };
  CHECK(gradcheck(function, {input()}).starts_with("Jacobian mismatch for output 0"));
}

TEST_CASE("a wrong second derivative is caught, and only by gradgradcheck", "[gradcheck]") {
  const auto function = [](const Variables& in) { return Variables{cube(in[0], 1, 1.01)}; };
  CHECK(gradcheck(function, {input()}) == "");
  CHECK(gradgradcheck(function, {input()}).starts_with("Jacobian mismatch"));
}

TEST_CASE("inputs that cannot be checked are named", "[gradcheck]") {
  const auto function = [](const Variables& in) { return Variables{in[0] * 2}; };
  CHECK(gradcheck(function, {Variable({1.0f}, true)}) ==
        "input 0 must be a contiguous float64 tensor");
}
