// Every op of the table, by its samples: first and second derivatives against central differences,
// the recorded derivative against the unrecorded, and results that must not depend on strides or
// precision.
#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/function.h"
#include "gradpad/autograd/gradcheck.h"
#include "gradpad/ops/functions.h"
#include "gradpad/tensor/random.h"
#include "op_samples.h"

using namespace gradpad;
using namespace gradpad::testing;

namespace {

CheckedFunction function_of(const Op& op, const Sample& sample) {
  return [&op, &sample](const Variables& inputs) {
    return call(op, with_tensors(sample.args, inputs));
  };
}

template <class Body>
void for_each_sample(Body body) {
  for (const Op& op : all_ops()) {
    for (const Sample& sample : samples_of(op)) {
      INFO(sample.text);
      try {
        body(op, sample);
      } catch (const Error& error) {
        FAIL_CHECK(sample.text << ": " << error.message());
      }
    }
  }
}

/// How far apart two tensors are, relative to the larger values.
double distance(const Tensor& a, const Tensor& b) {
  if (a.shape() != b.shape()) return INFINITY;
  double worst = 0;
  for (int64_t i = 0; i < a.numel(); ++i) {
    const double x = a.at(i).to_double(), y = b.at(i).to_double();
    if (std::isnan(x) && std::isnan(y)) continue;
    if (x == y) continue;
    worst = std::max(worst, std::abs(x - y) / std::max(1.0, std::abs(y)));
  }
  return worst;
}

/// The same values with other strides: every second element of a transposed buffer.
Variable strided(const Variable& v) {
  if (v.dim() == 0) return v;
  Shape wide;
  for (int64_t d = v.dim() - 1; d >= 0; --d) wide.push_back(v.shape()[d]);
  wide[0] *= 2;
  Tensor buffer = Tensor::zeros(wide, v.dtype());
  Dims reversed;
  for (int64_t d = v.dim() - 1; d >= 0; --d) reversed.push_back(d);
  const Tensor view = buffer.slice(0, 0, wide[0], 2).permute(reversed);
  view.copy_from(v.data());
  return Variable(view);
}

std::vector<Variable> gradients(const Op& op, const Sample& sample, bool recorded) {
  const Variables inputs = differentiable_args(sample.args);
  std::vector<Variable> outputs, seeds, wanted(inputs.begin(), inputs.end());
  for (const Variable& result : call(op, sample.args)) {
    if (!result.requires_grad()) continue;
    Tensor seed = Tensor::empty(result.shape(), result.dtype());
    for (int64_t i = 0; i < seed.numel(); ++i) {
      seed.data<double>()[i] = std::cos(1.3 * static_cast<double>(i + 1));
    }
    outputs.push_back(result);
    seeds.push_back(Variable(seed));
  }
  if (outputs.empty()) return {};
  return grad(outputs, wanted, seeds, {.retain_graph = recorded, .create_graph = recorded}, true);
}

}  // namespace

TEST_CASE("first derivatives of every op agree with central differences", "[ops][gradcheck]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    CHECK(gradcheck(function_of(op, sample), differentiable_args(sample.args)) == "");
  });
}

TEST_CASE("second derivatives of every op agree with central differences", "[ops][gradcheck]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    CHECK(gradgradcheck(function_of(op, sample), differentiable_args(sample.args)) == "");
  });
}

TEST_CASE("a derivative is the same whether it is recorded or not", "[ops][gradcheck]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    const auto plain = gradients(op, sample, false);
    const auto recorded = gradients(op, sample, true);
    REQUIRE(plain.size() == recorded.size());
    for (size_t i = 0; i < plain.size(); ++i) {
      REQUIRE(plain[i].defined() == recorded[i].defined());
      if (plain[i].defined()) CHECK(distance(plain[i].data(), recorded[i].data()) < 1e-12);
    }
  });
}

TEST_CASE("results do not depend on the strides of the operands", "[ops]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    if (op.in(kByStrides)) return;
    GradModeGuard no_grad(false);
    const Variables plain = call(op, sample.args);
    const Variables other = call(op, map_tensors(sample.args, strided));
    REQUIRE(plain.size() == other.size());
    for (size_t i = 0; i < plain.size(); ++i) {
      CHECK(distance(other[i].data(), plain[i].data()) < 1e-12);
    }
  });
}

TEST_CASE("float32 agrees with float64", "[ops]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    GradModeGuard no_grad(false);
    const Variables wide = call(op, sample.args);
    const Variables narrow =
        call(op, map_tensors(sample.args, [](const Variable& v) {
               return v.dtype() == DType::Float64 ? Variable(v.data().to(DType::Float32)) : v;
             }));
    REQUIRE(wide.size() == narrow.size());
    for (size_t i = 0; i < wide.size(); ++i) {
      CHECK(distance(narrow[i].data(), wide[i].data()) < 2e-5);
    }
  });
}

TEST_CASE("the in-place form of an op gives what the op gives", "[ops]") {
  for_each_sample([](const Op& op, const Sample& sample) {
    if (!op.in(kInPlace) || !sample.args[0].get<Variable>()) return;
    GradModeGuard no_grad(false);
    const Variable expected = call(op, sample.args)[0];
    Args args = sample.args;
    const Variable target(args[0].get<Variable>()->data().clone());
    if (expected.shape() != target.shape() || expected.dtype() != target.dtype()) return;
    args[0] = target;
    default_generator().manual_seed(0);
    const Variable result = *op.call_in_place(args).get<Variable>();
    CHECK(result.is_same(target));
    CHECK(distance(target.data(), expected.data()) == 0);
  });
}

TEST_CASE("every op has samples, or a reason for having none", "[ops][gradcheck]") {
  for (const Op& op : all_ops()) {
    INFO(op.entry->schema);
    const std::string_view text = op.entry->samples;
    CHECK(text.size() > (text.starts_with("none: ") ? 8u : 0u));
  }
}

TEST_CASE("an entry says of which input its result is a view", "[ops]") {
  for (const Op& op : all_ops()) {
    INFO(op.entry->schema);
    for (const Sample& sample : samples_of(op)) {
      GradModeGuard no_grad(false);
      const Variables tensors = differentiable_args(sample.args);
      for (const Variable& result : call(op, sample.args)) {
        for (const Variable& input : tensors) {
          // What gives an input back as it is makes no view.
          if (result.is_same(input)) continue;
          if (result.data().storage() == input.data().storage()) CHECK(op.is_view());
        }
      }
    }
    if (!op.is_view()) continue;
    size_t inputs = 0;
    for (const Param& param : op.params) inputs += param.alias == op.results[0].alias;
    CHECK(inputs == 1);
  }
}

TEST_CASE("a wrong derivative is caught", "[ops][gradcheck]") {
  Tensor data = Tensor::from<double>({0.5, -1.25, 2}, {3});
  const Variable x(data, true);

  SECTION("a wrong factor in the first derivative") {
    const auto cube = [](const Variables& inputs) -> Variables {
      const Variable& input = inputs[0];
      return {differentiable("CubeBackward0", (input * input * input).data(), {input},
                             {saved_input(input)}, [](Backward& b, const Variable& g) -> Variables {
                               return {g * 2 * square(b.saved(0))};
                             })};
    };
    const std::string found = gradcheck(cube, {x});
    CHECK(found.find("Jacobian mismatch for output 0 with respect to input 0") == 0);
  }

  SECTION("a first derivative that is right and cannot be differentiated") {
    const auto cube = [](const Variables& inputs) -> Variables {
      const Variable& input = inputs[0];
      return {differentiable("CubeBackward0", (input * input * input).data(), {input},
                             {saved_input(input)}, [](Backward& b, const Variable& g) -> Variables {
                               return {g * 3 * square(b.saved(0).detach())};
                             })};
    };
    CHECK(gradcheck(cube, {x}) == "");
    CHECK(gradgradcheck(cube, {x}).find("Jacobian mismatch") == 0);
  }

  SECTION("a gradient that goes to the wrong input") {
    const Variable y(Tensor::from<double>({1, 3, -2}, {3}), true);
    const auto scaled = [](const Variables& inputs) -> Variables {
      return {differentiable("ScaledBackward0", (inputs[0] * 2 + inputs[1]).data(),
                             {inputs[0], inputs[1]}, {},
                             [](Backward&, const Variable& g) -> Variables { return {g, g * 2}; })};
    };
    CHECK(gradcheck(scaled, {x, y}) != "");
  }
}
