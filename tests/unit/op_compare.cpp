// Comparing a call on two devices.
#include "op_compare.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradpad/autograd/engine.h"
#include "gradpad/ops/functions.h"

namespace gradpad::testing {

namespace {

struct Outcome {
  Variables results;
  std::vector<Variable> gradients;
  std::string error;
};

/// Anything but constant, so that no gradient is lost in symmetry.
Variable seed_for(const Variable& result) {
  Tensor seed = Tensor::empty(result.shape(), DType::Float64);
  for (int64_t i = 0; i < seed.numel(); ++i) {
    seed.data<double>()[i] = std::cos(1.3 * static_cast<double>(i + 1));
  }
  return Variable(seed.to(result.dtype()).to(result.device()));
}

Outcome run(const Op& op, const Args& args, Device device) {
  Outcome outcome;
  try {
    const Args there = map_tensors(args, [&](const Variable& v) {
      // A number stays one, and goes along with any device.
      if (!v.defined() || v.is_number()) return v;
      if (device.is_cpu()) return Variable(v.data(), v.requires_grad());
      // Its layout too.
      const int64_t room = v.data().storage()->bytes() / item_size(v.dtype());
      const Tensor whole = v.data().as_strided({room}, {1}, 0);
      const Tensor moved = whole.to(device);
      return Variable(moved.as_strided(v.shape(), v.data().strides(), v.data().offset()),
                      v.requires_grad());
    });
    outcome.results = call(op, there);
    const Variables inputs = differentiable_args(there);
    std::vector<Variable> outputs, seeds, wanted(inputs.begin(), inputs.end());
    for (const Variable& result : outcome.results) {
      if (!result.requires_grad()) continue;
      outputs.push_back(result);
      seeds.push_back(seed_for(result));
    }
    if (!outputs.empty()) outcome.gradients = grad(outputs, wanted, seeds, {}, true);
  } catch (const Error& error) {
    outcome.error = error.message();
  }
  return outcome;
}

/// Some texts show a tensor, whose device may move what follows to another line.
std::string without_device(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  const std::string place = ",device='reference'";
  for (size_t at; (at = text.find(place)) != std::string::npos;) text.erase(at, place.size());
  return text;
}

double epsilon_of(DType dtype) {
  return dtype == DType::Float32   ? static_cast<double>(std::numeric_limits<float>::epsilon())
         : dtype == DType::Float64 ? std::numeric_limits<double>::epsilon()
                                   : 0;
}

double largest_of(const Variable& v) {
  double largest = 0;
  if (!v.defined()) return largest;
  const Tensor data = v.data().cpu().contiguous();
  for (int64_t i = 0; i < data.numel(); ++i) {
    const double size = std::abs(data.at(i).to_double());
    if (std::isfinite(size)) largest = std::max(largest, size);
  }
  return largest;
}

/// `scale`: the size of what a difference is measured by, if nothing in the result is larger.
/// `moves`: how far the result moves with the last place of the inputs.
std::optional<std::string> difference(const Variable& got, const Variable& wanted, double units,
                                      double scale, double moves) {
  if (got.defined() != wanted.defined()) return "one is missing";
  if (!got.defined()) return std::nullopt;
  if (got.shape() != wanted.shape()) {
    return concat("shape [", to_string(got.shape()), "], not [", to_string(wanted.shape()), "]");
  }
  if (got.dtype() != wanted.dtype()) {
    return concat("type ", dtype_name(got.dtype()), ", not ", dtype_name(wanted.dtype()));
  }
  const Tensor a = got.data().cpu().contiguous(), b = wanted.data().cpu().contiguous();
  const double allowed =
      units * std::max(epsilon_of(got.dtype()) * std::max(largest_of(wanted), scale), moves);
  for (int64_t i = 0; i < b.numel(); ++i) {
    const Scalar x = a.at(i), y = b.at(i);
    if (x.equals(y)) continue;
    const double p = x.to_double(), q = y.to_double();
    if (std::isnan(p) && std::isnan(q)) continue;
    if (std::abs(p - q) <= allowed) continue;
    return concat("element ", i, " is ", p, ", not ", q, " (", std::abs(p - q) / allowed * units,
                  " units)");
  }
  return std::nullopt;
}

bool names_device(const Op& op) {
  return std::any_of(op.params.begin(), op.params.end(),
                     [](const Param& param) { return param.name == "device"; });
}

}  // namespace

namespace {

/// The inputs changed in their last place, some up and some down.
Args nudged(const Args& args) {
  return map_tensors(args, [](const Variable& v) {
    if (!v.defined() || v.is_number() || !is_floating(v.dtype())) return v;
    const Tensor data = v.data().clone();
    const Tensor flat = data.reshape({data.numel()});
    for (int64_t i = 0; i < flat.numel(); ++i) {
      const double change = (i % 3 == 0 ? -1 : 1) * epsilon_of(v.dtype());
      flat.select(0, i).fill(flat.at(i).to_double() * (1 + change));
    }
    return Variable(data, v.requires_grad());
  });
}

/// By how much a result moves with inputs that move by their last place.
double movement(const Variable& a, const Variable& b) {
  if (!a.defined() || !b.defined() || a.shape() != b.shape()) return 0;
  return largest_of(a.detach() - b.detach());
}

std::optional<std::string> compared(const Op& op, const Args& args, const Bound& bound,
                                    const Outcome& cpu, const Outcome* moved);

}  // namespace

Comparison compare(const Op& op, const Args& args, const Bound& bound) {
  const Outcome cpu = run(op, args, Device());
  auto wrong = compared(op, args, bound, cpu, nullptr);
  if (!wrong || !cpu.error.empty()) return {wrong, !cpu.error.empty()};
  // Where the inputs' own rounding makes as much of a difference, nothing is wrong.
  const Outcome moved = run(op, nudged(args), Device());
  return {moved.error.empty() ? compared(op, args, bound, cpu, &moved) : wrong};
}

namespace {

std::optional<std::string> compared(const Op& op, const Args& args, const Bound& bound,
                                    const Outcome& cpu, const Outcome* moved) {
  const Outcome reference = run(op, args, kReference);
  if (without_device(cpu.error) != without_device(reference.error)) {
    return concat("the CPU says \"", cpu.error, "\", the reference \"", reference.error, "\"");
  }
  if (!cpu.error.empty()) return std::nullopt;
  if (cpu.results.size() != reference.results.size()) return "other numbers of results";
  bool given = false;
  double scale = 0;
  map_tensors(args, [&](const Variable& v) {
    given |= v.defined() && !v.is_number();
    scale = std::max(scale, largest_of(v));
    return v;
  });
  for (size_t i = 0; i < cpu.results.size(); ++i) {
    const Variable& result = reference.results[i];
    const bool goes_home = names_device(op) || op.name == device_type_name(DeviceType::CPU);
    if (given && !goes_home && result.device() != kReference) {
      return concat("result ", i, " is on ", to_string(result.device()));
    }
    const double moves = moved ? movement(cpu.results[i], moved->results[i]) : 0;
    if (auto wrong = difference(cpu.results[i], result, bound.forward, scale, moves)) {
      return concat("result ", i, ": ", *wrong);
    }
  }
  // The gradients of the results are as large as 1.
  scale = std::max(scale, 1.0);
  for (const Variable& result : cpu.results) scale = std::max(scale, largest_of(result));
  for (size_t i = 0; i < cpu.gradients.size(); ++i) {
    const Variable& gradient = reference.gradients[i];
    if (gradient.defined() && gradient.device() != kReference) {
      return concat("gradient ", i, " is on ", to_string(gradient.device()));
    }
    const double moves = moved ? movement(cpu.gradients[i], moved->gradients[i]) : 0;
    if (auto wrong = difference(cpu.gradients[i], gradient, bound.gradient, scale, moves)) {
      return concat("gradient ", i, ": ", *wrong);
    }
  }
  return std::nullopt;
}

}  // namespace

}  // namespace gradpad::testing
