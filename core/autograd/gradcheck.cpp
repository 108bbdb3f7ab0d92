// Central differences column by column against backward row by row.
#include "gradpad/autograd/gradcheck.h"

#include <cmath>

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"

namespace gradpad {

namespace {

/// Rows: elements of one output; columns: elements of one input.
using Jacobian = std::vector<std::vector<double>>;

Variables floating_outputs(const CheckedFunction& function, const Variables& inputs) {
  Variables outputs;
  for (const Variable& output : function(inputs)) {
    if (output.defined() && is_floating(output.dtype())) outputs.push_back(output);
  }
  return outputs;
}

std::vector<Jacobian> numerical(const CheckedFunction& function, const Variables& inputs,
                                const Variable& input, double eps) {
  GradModeGuard no_grad(false);
  auto* values = input.data().data<double>();
  std::vector<Jacobian> result;
  for (int64_t column = 0; column < input.numel(); ++column) {
    const double kept = values[column];
    values[column] = kept + eps;
    // Copied: an output may be a view of the input that is being moved.
    const auto outputs_now = [&] {
      std::vector<Tensor> outputs;
      for (const Variable& output : floating_outputs(function, inputs)) {
        outputs.push_back(output.data().clone());
      }
      return outputs;
    };
    const std::vector<Tensor> above = outputs_now();
    values[column] = kept - eps;
    const std::vector<Tensor> below = outputs_now();
    values[column] = kept;
    result.resize(above.size());
    for (size_t o = 0; o < above.size(); ++o) {
      const Tensor &a = above[o], &b = below[o];
      result[o].resize(static_cast<size_t>(a.numel()));
      for (size_t row = 0; row < result[o].size(); ++row) {
        result[o][row].push_back((a.data<double>()[row] - b.data<double>()[row]) / (2 * eps));
      }
    }
  }
  return result;
}

Jacobian analytical(const Variable& output, const Variable& input) {
  Jacobian result(static_cast<size_t>(output.numel()),
                  std::vector<double>(static_cast<size_t>(input.numel()), 0.0));
  if (!output.requires_grad()) return result;
  for (size_t row = 0; row < result.size(); ++row) {
    Tensor seed = Tensor::zeros(output.shape(), DType::Float64);
    seed.data<double>()[row] = 1;
    const Variable gradient(seed);
    const Variable taken =
        grad({&output, 1}, {&input, 1}, {&gradient, 1}, {.retain_graph = true}, true)[0];
    if (!taken.defined()) continue;
    const Tensor data = taken.data().contiguous();
    std::copy_n(data.data<double>(), data.numel(), result[row].begin());
  }
  return result;
}

std::string compare(const Jacobian& expected, const Jacobian& got, size_t output, size_t input,
                    const GradcheckOptions& options) {
  for (size_t row = 0; row < expected.size(); ++row) {
    for (size_t column = 0; column < expected[row].size(); ++column) {
      const double n = expected[row][column], a = got[row][column];
      if (std::abs(n - a) <= options.atol + options.rtol * std::abs(n)) continue;
      return concat("Jacobian mismatch for output ", output, " with respect to input ", input,
                    " at element (", column, ", ", row, "): numerical ", n, ", analytical ", a);
    }
  }
  return {};
}

}  // namespace

std::string gradcheck(const CheckedFunction& function, const Variables& inputs,
                      const GradcheckOptions& options) {
  const Variables outputs = floating_outputs(function, inputs);
  if (outputs.empty()) return "the function has no floating point output";
  for (size_t i = 0; i < inputs.size(); ++i) {
    const Variable& input = inputs[i];
    if (!input.defined() || !input.requires_grad()) continue;
    if (input.dtype() != DType::Float64 || !input.data().is_contiguous()) {
      return concat("input ", i, " must be a contiguous float64 tensor");
    }
    const std::vector<Jacobian> expected = numerical(function, inputs, input, options.eps);
    for (size_t o = 0; o < expected.size(); ++o) {
      if (outputs[o].dtype() != DType::Float64) {
        return concat("output ", o, " must be float64");
      }
      std::string wrong = compare(expected[o], analytical(outputs[o], input), o, i, options);
      if (!wrong.empty()) return wrong;
    }
  }
  return {};
}

std::string gradgradcheck(const CheckedFunction& function, const Variables& inputs,
                          const GradcheckOptions& options) {
  const Variables outputs = floating_outputs(function, inputs);
  Variables extended = inputs;
  for (size_t o = 0; o < outputs.size(); ++o) {
    // Gradients of the outputs that are different everywhere, and not symmetric.
    Tensor seed = Tensor::empty(outputs[o].shape(), DType::Float64);
    for (int64_t i = 0; i < seed.numel(); ++i) {
      seed.data<double>()[i] = std::cos(1.7 * static_cast<double>(i + 1) + static_cast<double>(o));
    }
    extended.push_back(Variable(seed, true));
  }
  const auto gradients = [&](const Variables& arguments) {
    Variables own;
    for (size_t i = 0; i < inputs.size(); ++i) own.push_back(arguments[i]);
    // The numerical side calls with gradients off, but this function is made of gradients.
    GradModeGuard with_grad(true);
    std::vector<Variable> results, seeds, wanted;
    const Variables values = floating_outputs(function, own);
    for (size_t o = 0; o < values.size(); ++o) {
      if (!values[o].requires_grad()) continue;
      results.push_back(values[o]);
      seeds.push_back(arguments[inputs.size() + o]);
    }
    for (const Variable& input : own) {
      if (input.defined() && input.requires_grad()) wanted.push_back(input);
    }
    Variables taken;
    const BackwardOptions twice{.retain_graph = true, .create_graph = true};
    for (Variable& gradient : grad(results, wanted, seeds, twice, true)) {
      if (gradient.defined()) taken.push_back(std::move(gradient));
    }
    return taken;
  };
  return gradcheck(gradients, extended, options);
}

}  // namespace gradpad
