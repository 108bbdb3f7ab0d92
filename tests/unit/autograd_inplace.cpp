// In-place operations, views, and the history both keep.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include "gradpad/autograd/node.h"
#include "gradpad/gradpad.h"

using namespace gradpad;
using Catch::Matchers::Message;

namespace {

using Doubles = std::vector<double>;

Doubles values(const Variable& variable) {
  Doubles result;
  for (int64_t i = 0; i < variable.numel(); ++i) {
    result.push_back(variable.data().at(i).to_double());
  }
  return result;
}

void backward_of_sum(const Variable& y) {
  y.backward(Variable(Tensor::full(y.shape(), 1, y.dtype())));
}

}  // namespace

TEST_CASE("an in-place operation on a result joins its history", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f}, true);
  Variable y = x * 2;
  mul_(y, x);
  CHECK(y.grad_fn()->name() == "MulBackward0");
  backward_of_sum(y);
  CHECK(values(x.grad()) == Doubles{4, 8});
}

TEST_CASE("leaves that require grad refuse in-place operations", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f}, true);
  CHECK_THROWS_MATCHES(
      add_(x, 1), Error,
      Message("a leaf Variable that requires grad is being used in an in-place operation."));
  Variable first = select(x, 0, 0);
  CHECK_THROWS_MATCHES(
      add_(first, 1), Error,
      Message(
          "a view of a leaf Variable that requires grad is being used in an in-place operation."));
  GradModeGuard no_grad(false);
  sub_(x, 1);
  CHECK(values(x) == Doubles{0, 1});
}

TEST_CASE("assigning to a part cuts the gradient of what was there", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f, 3.0f}, true), w({10.0f}, true);
  Variable y = x * 2;
  set_index(y, {int64_t{1}}, select(w, 0, 0) * 3);
  CHECK(values(y) == Doubles{2, 30, 6});
  CHECK(y.grad_fn()->name() == "CopySlices");
  backward_of_sum(y);
  CHECK(values(x.grad()) == Doubles{2, 0, 2});
  CHECK(values(w.grad()) == Doubles{3});
}

TEST_CASE("changing a view reaches the base, and the base its other views", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f, 3.0f}, true);
  Variable y = x * 1;
  Variable first = select(y, 0, 0), all = view(y, {3, 1});
  mul_(first, 10);
  CHECK(values(y) == Doubles{10, 2, 3});
  Variable z = all * all;
  backward_of_sum(z);
  CHECK(values(x.grad()) == Doubles{200, 4, 6});
}

TEST_CASE("changing the base gives its views the new history", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f}, true);
  Variable y = x * 1;
  Variable second = select(y, 0, 1);
  mul_(y, 5);
  second.backward();
  CHECK(values(x.grad()) == Doubles{0, 5});
}

TEST_CASE("a base without gradient gets one through its view", "[autograd][inplace]") {
  Variable base({0.0f, 0.0f}), w({4.0f}, true);
  Variable part = select(base, 0, 1);
  copy_(part, select(w, 0, 0) * 2);
  CHECK(base.requires_grad());
  backward_of_sum(base * 3);
  CHECK(values(w.grad()) == Doubles{6});
}

TEST_CASE("in-place results must fit shape and type", "[autograd][inplace]") {
  Variable x({1.0f, 2.0f});
  CHECK_THROWS_MATCHES(add_(x, Variable(Tensor::zeros({2, 2}, DType::Float32))), Error,
                       Message("output with shape [2] doesn't match the broadcast shape [2, 2]"));
  Variable i(Tensor::from<int64_t>({1, 2}, {2}));
  CHECK_THROWS_MATCHES(add_(i, 0.5), Error,
                       Message("result type Float can't be cast to the desired output type Long"));
}

TEST_CASE("masks and index tensors read and write", "[autograd][inplace]") {
  Variable x(Tensor::from<float>({1, 2, 3, 4, 5, 6}, {2, 3}), true);
  const Variable columns(Tensor::from<int64_t>({2, 0, 2}, {3}));
  Variable picked = get_index(x, {SliceIndex{}, columns});
  CHECK(picked.shape() == Shape{2, 3});
  CHECK(values(picked) == Doubles{3, 1, 3, 6, 4, 6});
  backward_of_sum(picked);
  CHECK(values(x.grad()) == Doubles{1, 0, 2, 1, 0, 2});
  Variable y = x * 1;
  set_index(y, {gt(y, 3)}, 0);
  CHECK(values(y) == Doubles{1, 2, 3, 0, 0, 0});
  x.set_grad({});
  backward_of_sum(y);
  CHECK(values(x.grad()) == Doubles{1, 1, 1, 0, 0, 0});
}

TEST_CASE("index errors are PyTorch's", "[inplace]") {
  Variable x({1.0f, 2.0f});
  CHECK_THROWS_MATCHES(get_index(x, {int64_t{2}}), Error,
                       Message("index 2 is out of bounds for dimension 0 with size 2"));
  CHECK_THROWS_MATCHES(get_index(x, {int64_t{0}, int64_t{0}}), Error,
                       Message("too many indices for tensor of dimension 1"));
  CHECK_THROWS_MATCHES(get_index(x, {Variable({1.0f})}), Error,
                       Message("tensors used as indices must be long, byte or bool tensors"));
}

TEST_CASE("an in-place operation on what a node keeps makes no circle", "[autograd][inplace]") {
  const int64_t before = memory_stats().live_storages;
  {
    Variable x({1.0f, 2.0f}, true);
    Variable y = x * 2;
    add_(y, y * y);  // the product keeps y, whose history now begins at the sum
    Variable constant({3.0f, 4.0f});
    mul_(constant, x * constant);
    Variable rows = Variable({1.0f, 2.0f}) * x;
    mul_(select(rows, 0, 0), select(rows, 0, 1));
    Variable whole({1.0f, 2.0f});
    Variable part = select(whole, 0, 1);
    add_(part, select(x, 0, 0) * part);
  }
  CHECK(memory_stats().live_storages == before);
}
