// The backward pass: seeds, accumulation, several passes, and higher derivatives.
#include "gradpad/autograd/engine.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "gradpad/gradpad.h"

using namespace gradpad;
using Catch::Matchers::Message;

namespace {

std::vector<double> values(const Variable& variable) {
  std::vector<double> result;
  for (int64_t i = 0; i < variable.numel(); ++i) {
    result.push_back(variable.data().at(i).to_double());
  }
  return result;
}

using Doubles = std::vector<double>;

}  // namespace

TEST_CASE("the derivative of x squared at 2 is 4", "[autograd]") {
  Variable x({2.0f}, true);
  Variable y = pow(x, 2);
  y.backward();
  CHECK(values(x.grad()) == Doubles{4});
}

TEST_CASE("backward needs a gradient for more than one element", "[autograd]") {
  Variable x({1.0f, 2.0f, 3.0f}, true);
  Variable y = pow(x, 2);
  CHECK_THROWS_MATCHES(y.backward(), Error,
                       Message("grad can be implicitly created only for scalar outputs"));
  y.backward(Variable({1.0f, 10.0f, 100.0f}));
  CHECK(values(x.grad()) == Doubles{2, 40, 600});
}

TEST_CASE("a gradient of another shape is refused", "[autograd]") {
  Variable x({1.0f, 2.0f, 3.0f}, true);
  CHECK_THROWS_MATCHES(
      (x * 2).backward(Variable({1.0f, 1.0f})), Error,
      Message("Mismatch in shape: grad_output[0] has a shape of torch.Size([2]) and output[0] has "
              "a shape of torch.Size([3])."));
}

TEST_CASE("backward from what needs no gradient is an error", "[autograd]") {
  Variable x({1.0f});
  CHECK_THROWS_MATCHES(
      x.backward(), Error,
      Message("element 0 of tensors does not require grad and does not have a grad_fn"));
}

TEST_CASE("gradients of several uses and several passes are added", "[autograd]") {
  Variable x({3.0f}, true);
  Variable y = x * x + x;
  y.backward({}, true);
  CHECK(values(x.grad()) == Doubles{7});
  y.backward();
  CHECK(values(x.grad()) == Doubles{14});
}

TEST_CASE("a second pass without retain_graph is an error", "[autograd]") {
  Variable x({3.0f}, true);
  Variable y = x * x;
  y.backward();
  CHECK_THROWS_WITH(y.backward(), Catch::Matchers::StartsWith(
                                      "Trying to backward through the graph a second time"));
}

TEST_CASE("a graph that saved nothing can be walked again", "[autograd]") {
  Variable x({3.0f}, true);
  Variable y = x + 1;
  y.backward();
  y.backward();
  CHECK(values(x.grad()) == Doubles{2});
}

TEST_CASE("create_graph gives second and third derivatives", "[autograd]") {
  Variable x({2.0f}, true);
  Variable y = pow(x, 4);
  const BackwardOptions twice{.retain_graph = true, .create_graph = true};
  Variable first = grad({&y, 1}, {&x, 1}, {}, twice)[0];
  CHECK(values(first) == Doubles{32});
  Variable second = grad({&first, 1}, {&x, 1}, {}, twice)[0];
  CHECK(values(second) == Doubles{48});
  second.backward();
  CHECK(values(x.grad()) == Doubles{48});
}

TEST_CASE("grad returns gradients and leaves .grad alone", "[autograd]") {
  Variable x({2.0f}, true), w({5.0f}, true);
  Variable y = x * w;
  const Variable inputs[] = {x, w};
  const auto grads = grad({&y, 1}, inputs);
  CHECK(values(grads[0]) == Doubles{5});
  CHECK(values(grads[1]) == Doubles{2});
  CHECK_FALSE(x.grad().defined());
}

TEST_CASE("grad of an unused input is an error, or undefined when allowed", "[autograd]") {
  Variable x({2.0f}, true), unused({1.0f}, true);
  Variable y = x * 3;
  CHECK_THROWS_WITH(grad({&y, 1}, {&unused, 1}, {}, {.retain_graph = true}),
                    Catch::Matchers::StartsWith("One of the differentiated Tensors appears to not "
                                                "have been used in the graph."));
  CHECK_FALSE(grad({&y, 1}, {&unused, 1}, {}, {}, true)[0].defined());
}

TEST_CASE("grad of an intermediate value stops there", "[autograd]") {
  Variable x({2.0f}, true);
  Variable h = x * 3;
  Variable y = h * h;
  CHECK(values(grad({&y, 1}, {&h, 1})[0]) == Doubles{12});
}

TEST_CASE("backward of chosen inputs leaves the others alone", "[autograd]") {
  Variable x({2.0f}, true), w({5.0f}, true);
  Variable y = x * w;
  backward({&y, 1}, {}, {}, {&w, 1});
  CHECK(values(w.grad()) == Doubles{2});
  CHECK_FALSE(x.grad().defined());
}

TEST_CASE("gradients of broadcast operands are summed to their shape", "[autograd]") {
  Variable row(Tensor::from<float>({1, 2, 3}, {3}), true);
  Variable column(Tensor::from<float>({1, 2}, {2, 1}), true);
  Variable y = row * column;
  y.backward(Variable(Tensor::full({2, 3}, 1, DType::Float32)));
  CHECK(values(row.grad()) == Doubles{3, 3, 3});
  CHECK(values(column.grad()) == Doubles{6, 6});
  CHECK(column.grad().shape() == Shape{2, 1});
}

TEST_CASE("the gradient has the type of its input", "[autograd]") {
  Variable x({2.0f}, true);
  Variable w(Tensor::scalar(3.0, DType::Float64), true);
  Variable both = x * w;
  CHECK(both.dtype() == DType::Float32);
  both.backward();
  CHECK(x.grad().dtype() == DType::Float32);
  CHECK(w.grad().dtype() == DType::Float64);
}

TEST_CASE("a gradient that the user gave is not aliased by .grad", "[autograd]") {
  Variable x({1.0f, 2.0f}, true);
  Variable seed({1.0f, 1.0f});
  (x + 0).backward(seed);
  (x + 0).backward(seed);
  CHECK(values(seed) == Doubles{1, 1});
  CHECK(values(x.grad()) == Doubles{2, 2});
}

TEST_CASE("a hook may run a backward of its own", "[autograd]") {
  Variable x({2.0f}, true), z({3.0f}, true);
  Variable inner = z * z;
  Variable y = x * x;
  y.register_hook([&](const Variable&) {
    inner.backward();
    return Variable();
  });
  (y * 2).backward();
  CHECK(values(x.grad()) == Doubles{8});
  CHECK(values(z.grad()) == Doubles{6});
}

TEST_CASE("a chain of a million operations goes forward, backward and away", "[autograd]") {
  Variable x({1.0f}, true);
  {
    Variable y = x;
    for (int i = 0; i < 1'000'000; ++i) y = y + 1;
    CHECK(values(y) == Doubles{1'000'001});
    y.backward();
  }
  CHECK(values(x.grad()) == Doubles{1});
}
