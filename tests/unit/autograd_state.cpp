// What a Variable tells and takes: leaves, modes, volatile, hooks, retained gradients, versions.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "gradpad/autograd/node.h"
#include "gradpad/gradpad.h"

using namespace gradpad;
using Catch::Matchers::Message;

TEST_CASE("leaves and results", "[autograd]") {
  Variable x({2.0f}, true);
  CHECK(x.is_leaf());
  CHECK(x.requires_grad());
  Variable y = x * 3;
  CHECK_FALSE(y.is_leaf());
  CHECK(y.requires_grad());
  CHECK(y.grad_fn()->name() == "MulBackward0");
  Variable plain({1.0f});
  CHECK((plain * 2).is_leaf());
}

TEST_CASE("node names are PyTorch's", "[autograd]") {
  Variable x({2.0f}, true), w({1.0f}, true);
  CHECK(pow(x, 2).grad_fn()->name() == "PowBackward0");
  CHECK(pow(x, w).grad_fn()->name() == "PowBackward1");
  CHECK((x + w).grad_fn()->name() == "AddBackward0");
  CHECK(relu(x).grad_fn()->name() == "ReluBackward0");
  CHECK(log1p(x).grad_fn()->name() == "Log1PBackward0");
}

TEST_CASE("integers cannot require gradients", "[autograd]") {
  CHECK_THROWS_MATCHES(
      Variable(Tensor::from<int64_t>({1}, {1}), true), Error,
      Message("only Tensors of floating point and complex dtype can require gradients"));
}

TEST_CASE("requires_grad of a result cannot be taken away", "[autograd]") {
  Variable x({2.0f}, true);
  CHECK_THROWS_AS((x * 2).set_requires_grad(false), Error);
}

TEST_CASE("nothing is recorded while gradients are off", "[autograd]") {
  Variable x({2.0f}, true);
  {
    GradModeGuard no_grad(false);
    CHECK_FALSE((x * 2).requires_grad());
    {
      GradModeGuard with_grad(true);
      CHECK((x * 2).requires_grad());
    }
  }
  CHECK((x * 2).requires_grad());
}

TEST_CASE("a volatile Variable never requires grad", "[autograd]") {
  Variable x({2.0f}, true), y({3.0f});
  y.set_volatile(true);
  y.set_requires_grad(true);
  CHECK_FALSE(y.requires_grad());
  Variable z = x * y;
  z.backward();
  CHECK(x.grad().item().to_double() == 3);
  CHECK_FALSE(y.grad().defined());
}

TEST_CASE("detach shares data and leaves the graph", "[autograd]") {
  Variable x({2.0f}, true);
  Variable y = x * 3;
  Variable d = y.detach();
  CHECK_FALSE(d.requires_grad());
  CHECK(d.data().shares_storage(y.data()));
}

TEST_CASE("retain_grad keeps the gradient of a result", "[autograd]") {
  Variable x({2.0f}, true);
  Variable h = x * 3;
  h.retain_grad();
  (h * h).backward();
  CHECK(h.grad().item().to_double() == 12);
}

TEST_CASE("retain_grad of a result that is gone before backward is harmless", "[autograd]") {
  Variable x({2.0f}, true);
  Variable y;
  {
    Variable h = x * 3;
    h.retain_grad();
    y = h * 2;
  }
  y.backward();
  CHECK(x.grad().item().to_double() == 6);
}

TEST_CASE("hooks see and replace gradients, and can be removed", "[autograd]") {
  Variable x({2.0f}, true);
  Variable h = x * 3;
  int calls = 0;
  const uint64_t on_result = h.register_hook([&](const Variable& g) {
    ++calls;
    return g * 10;
  });
  x.register_hook([&](const Variable& g) { return g + 1; });
  h.backward({}, true);
  CHECK(x.grad().item().to_double() == 31);
  h.remove_hook(on_result);
  x.set_grad({});
  h.backward();
  CHECK(calls == 1);
  CHECK(x.grad().item().to_double() == 4);
}

TEST_CASE("data changed in place after it was saved is noticed", "[autograd]") {
  Variable x({2.0f}, true);
  Variable h = x * 1;
  Variable y = h * h;
  add_(h, 1);
  CHECK_THROWS_WITH(
      y.backward(),
      Catch::Matchers::ContainsSubstring("has been modified by an inplace operation: "
                                         "[torch.FloatTensor [1]]") &&
          Catch::Matchers::ContainsSubstring("is at version 1; expected version 0 instead"));
}

TEST_CASE("changes through .data are not noticed, changes of a detached alias are", "[autograd]") {
  Variable x({2.0f}, true);
  Variable y = x * x;
  add_(x.alias(), 1);
  y.backward({}, true);
  CHECK(x.grad().item().to_double() == 6);
  add_(x.detach(), 1);
  CHECK_THROWS_AS(y.backward(), Error);
}

TEST_CASE("grad must fit", "[autograd]") {
  Variable x({2.0f}, true);
  CHECK_THROWS_MATCHES(x.set_grad(Variable({1.0f, 2.0f})), Error,
                       Message("assigned grad has data of a different size"));
}
