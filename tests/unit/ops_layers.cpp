// What the samples cannot show of layers: state that is moved, the fused recurrent layers against
// their steps, what backward may be asked twice.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>

#include "gradpad/autograd/engine.h"
#include "gradpad/ops/conv.h"
#include "gradpad/ops/dropout.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/loss.h"
#include "gradpad/ops/norm.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/rnn.h"
#include "gradpad/ops/views.h"
#include "gradpad/tensor/random.h"
#include "ops/registry.h"
#include "ops/rnn/layer.h"

using namespace gradpad;

namespace {

double at(const Variable& v, int64_t i) { return v.data().at(i).to_double(); }

std::string message(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

Variable random(const Shape& shape, DType dtype = DType::Float32) {
  return Variable(randn(shape, dtype, default_generator()), true);
}

/// The largest difference, relative to the largest value where that is above 1.
double distance(const Variable& a, const Variable& b) {
  REQUIRE(a.shape() == b.shape());
  double worst = 0, largest = 1;
  for (int64_t i = 0; i < a.numel(); ++i) {
    worst = std::max(worst, std::abs(at(a, i) - at(b, i)));
    largest = std::max(largest, std::abs(at(b, i)));
  }
  return worst / largest;
}

}  // namespace

TEST_CASE("batch_norm moves the running statistics in training only", "[ops][norm]") {
  const Variable x(Tensor::from<float>({1, 2, 3, 4, 5, 9}, {3, 2}));
  const Variable mean(Tensor::from<float>({0, 1}, {2})), var(Tensor::from<float>({1, 1}, {2}));
  batch_norm(x, mean, var, {}, {}, true, 0.1);
  // Means 3 and 5; unbiased variances 4 and 13.
  CHECK(std::abs(at(mean, 0) - 0.3) < 1e-6);
  CHECK(std::abs(at(mean, 1) - 1.4) < 1e-6);
  CHECK(std::abs(at(var, 0) - 1.3) < 1e-6);
  CHECK(std::abs(at(var, 1) - 2.2) < 1e-6);
  batch_norm(x, mean, var, {}, {}, false, 0.1);
  CHECK(std::abs(at(mean, 0) - 0.3) < 1e-6);
}

TEST_CASE("instance_norm averages the running statistics over the batch", "[ops][norm]") {
  const Variable x(Tensor::from<float>({0, 2, 4, 8}, {2, 1, 2}));
  const Variable mean(Tensor::from<float>({0}, {1})), var(Tensor::from<float>({1}, {1}));
  instance_norm(x, mean, var, {}, {}, true, 0.5);
  // Means 1 and 6, unbiased variances 2 and 8, each moved by half and then averaged.
  CHECK(std::abs(at(mean, 0) - 1.75) < 1e-6);
  CHECK(std::abs(at(var, 0) - 3) < 1e-6);
}

TEST_CASE("normalisation is right where the mean is far from zero", "[ops][norm]") {
  Tensor data = Tensor::empty({4, 3, 50}, DType::Float32);
  for (int64_t i = 0; i < data.numel(); ++i) {
    data.data<float>()[i] = 10000.0f + static_cast<float>(i % 7);
  }
  const Variable y = batch_norm(Variable(data), {}, {}, {}, {}, true);
  const Variable sum_of_squares = mean(square(y));
  CHECK(std::abs(at(sum_of_squares, 0) - 1) < 1e-3);
}

TEST_CASE("the fused recurrent layers are their steps", "[ops][rnn]") {
  using ops::Cell;
  const int64_t time = 5, batch = 3, inputs = 19, hidden = 21;
  for (const Cell cell : {Cell::tanh, Cell::relu, Cell::lstm, Cell::gru}) {
    for (const bool reverse : {false, true}) {
      CAPTURE(static_cast<int>(cell), reverse);
      default_generator().manual_seed(1);
      const int64_t rows = ops::gates_of(cell) * hidden;
      const Variable x = random({time, batch, inputs}), h0 = random({batch, hidden});
      const Variable c0 = cell == Cell::lstm ? random({batch, hidden}) : Variable();
      const ops::CellWeights weights{random({rows, inputs}), random({rows, hidden}), random({rows}),
                                     random({rows})};
      std::vector<Variable> leaves{x, h0, weights.w_ih, weights.w_hh, weights.b_ih, weights.b_hh};
      if (c0.defined()) leaves.push_back(c0);

      const ops::LayerResult fused = ops::recurrent_layer(cell, x, h0, c0, weights, reverse);
      ops::CellState state{h0, c0};
      Variables outputs(static_cast<size_t>(time));
      for (int64_t i = 0; i < time; ++i) {
        const int64_t step = reverse ? time - 1 - i : i;
        state = ops::recurrent_step(cell, select(x, 0, step), state, weights);
        outputs[static_cast<size_t>(step)] = state.h;
      }
      const Variable stepped = stack(outputs, 0);
      CHECK(distance(fused.output, stepped) < 1e-5);
      CHECK(distance(fused.h, state.h) < 1e-5);
      if (c0.defined()) CHECK(distance(fused.c, state.c) < 1e-5);

      const auto loss = [](const Variable& output, const Variable& h, const Variable& c) {
        const Variable total = sum(square(output)) + sum(sin(h));
        return c.defined() ? total + sum(square(c)) : total;
      };
      const Variable first = loss(fused.output, fused.h, fused.c);
      const Variable second = loss(stepped, state.h, state.c);
      const auto got = grad({&first, 1}, leaves), expected = grad({&second, 1}, leaves);
      for (size_t i = 0; i < leaves.size(); ++i) {
        CAPTURE(i);
        CHECK(distance(got[i], expected[i]) < 1e-5);
      }
    }
  }
}

TEST_CASE("biases of a recurrent layer get gradients of their own", "[ops][rnn]") {
  default_generator().manual_seed(1);
  const Variables weights{random({8, 3}), random({8, 2}), random({8}), random({8})};
  const Variable zeros(Tensor::zeros({1, 2, 2}, DType::Float32));
  sum(lstm(random({4, 2, 3}), zeros, zeros, weights).output).backward();
  CHECK(distance(weights[2].grad(), weights[3].grad()) == 0);
  CHECK_FALSE(weights[2].grad().data().shares_storage(weights[3].grad().data()));
}

TEST_CASE("dropout outside training is its input", "[ops][dropout]") {
  const Variable x({1, 2, 3}, true);
  CHECK(dropout(x, 0.5, false).is_same(x));
  CHECK(dropout(x, 0, true).is_same(x));
}

TEST_CASE("dropout with inplace writes into its input", "[ops][dropout]") {
  const Variable x({1, 2, 3, 4});
  for (const Op& op : find_ops("dropout")) {
    if (!op.in(kFunctional)) continue;
    const Args args{x, Scalar(0.5), Scalar(true), Scalar(true)};
    const Arg result = op.entry->call(args);
    CHECK(result.get<Variable>()->is_same(x));
  }
  for (int64_t i = 0; i < 4; ++i) {
    const double value = at(x, i), whole = 2.0 * static_cast<double>(i + 1);
    CHECK((value == 0 || value == whole));
  }
}

TEST_CASE("embedding shortens rows that are too long, in the weight", "[ops][embedding]") {
  const Variable weight(Tensor::from<float>({3, 4, 0.3f, 0.4f}, {2, 2}));
  const Variable places(Tensor::from<int64_t>({1, 0}, {2}));
  for (const Op& op : find_ops("embedding")) {
    if (!op.in(kFunctional)) continue;
    op.entry->call(
        Args{places, weight, Arg(), Scalar(1.0), Scalar(2.0), Scalar(false), Scalar(false)});
  }
  CHECK(std::abs(at(weight, 0) - 0.6) < 1e-6);
  CHECK(std::abs(at(weight, 1) - 0.8) < 1e-6);
  CHECK(std::abs(at(weight, 2) - 0.3) < 1e-6);
}

TEST_CASE("a graph can be walked once", "[ops]") {
  const std::string expected =
      "Trying to backward through the graph a second time (or directly access saved tensors after "
      "they have already been freed).";
  const auto second_time = [&](const Variable& loss) {
    loss.backward();
    return message([&] { loss.backward(); }).substr(0, expected.size());
  };
  default_generator().manual_seed(1);
  const Variable target(Tensor::from<int64_t>({0, 2}, {2}));
  CHECK(second_time(nll_loss(random({2, 3}), target)) == expected);
  CHECK(second_time(sum(conv2d(random({1, 1, 4, 4}), random({1, 1, 2, 2})))) == expected);
  CHECK(second_time(sum(layer_norm(random({2, 3}), {3}))) == expected);
  CHECK(second_time(mse_loss(random({3}), random({3}))) == expected);
}

TEST_CASE("a target changed in place before backward is noticed", "[ops][loss]") {
  default_generator().manual_seed(1);
  const Variable target(Tensor::from<int64_t>({0, 2}, {2}));
  const Variable loss = nll_loss(random({2, 3}), target);
  target.data().fill(1);
  target.data().storage()->bump_version();
  CHECK(
      message([&] { loss.backward(); })
          .starts_with("one of the variables needed for gradient computation has been modified by "
                       "an inplace operation: [torch.LongTensor [2]] is at version 1"));
}
