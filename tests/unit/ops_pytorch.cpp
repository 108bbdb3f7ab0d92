// Every sample of the op table, and the calls of ops_cases.txt, against what the real PyTorch gave:
// values, types, grad_fn, gradients, texts of errors. tests/record_ops.py writes ops_pytorch.txt
// and ops_cases.out.txt beside this file.
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/node.h"
#include "op_samples.h"

using namespace gradpad;
using namespace gradpad::testing;

namespace {

std::string python(const Arg& arg);

std::string python(double value) {
  if (std::isinf(value)) return value > 0 ? "float('inf')" : "-float('inf')";
  std::ostringstream out;
  out.precision(17);
  out << value;
  const std::string text = out.str();
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::string python(const Scalar& number) {
  if (number.is_bool()) return number.truth() ? "True" : "False";
  return number.is_int() ? std::to_string(number.to_int()) : python(number.to_double());
}

std::string python(const Variable& v) {
  std::string text = v.requires_grad() ? "leaf([" : "tensor([";
  for (int64_t i = 0; i < v.numel(); ++i) text += python(v.data().at(i)) + ",";
  return text + "]," + to_string(v.shape()) + ",torch." + std::string(dtype_name(v.dtype())) + ")";
}

std::string python(const Arg& arg) {
  if (auto* v = arg.get<Variable>()) return python(*v);
  if (auto* number = arg.get<Scalar>()) return python(*number);
  if (auto* dims = arg.get<Dims>()) return to_string(*dims);
  if (auto* dtype = arg.get<DType>()) return "torch." + std::string(dtype_name(*dtype));
  if (auto* text = arg.get<std::string>()) return "'" + *text + "'";
  if (auto* list = arg.get<Args>()) {
    std::string text = "[";
    for (const Arg& item : *list) text += python(item) + ",";
    return text + "]";
  }
  return "None";
}

std::string space_of(const Op& op) {
  if (op.in(kFunctional)) return "F";
  if (op.in(kTorch)) return "torch";
  if (op.in(kLinalg)) return "linalg";
  return op.in(kMethod) ? "method" : "special";
}

/// What names a sample in the file.
std::string key_of(const Op& op, const Sample& sample) { return space_of(op) + "." + sample.text; }

/// `call("key", "space", "name", (positional), {keywords})`, without what is a default anyway.
std::string python_call(const Op& op, const Sample& sample, const std::string& key,
                        const std::string& space) {
  std::string positional, keywords;
  bool skipped = false;
  for (size_t i = 0; i < op.params.size(); ++i) {
    const Param& param = op.params[i];
    const std::string value = python(sample.args[i]);
    if (param.default_value && python(*param.default_value) == value) {
      skipped = true;
    } else if (param.variadic) {
      for (const Arg& item : *sample.args[i].get<Args>()) positional += python(item) + ",";
    } else if (skipped || param.keyword_only) {
      keywords += "'" + std::string(param.name) + "':" + value + ",";
    } else {
      positional += value + ",";
    }
  }
  return "call(" + ("\"" + key + "\",'") + space + "','" + std::string(op.name) + "',(" +
         positional + "),{" + keywords + "})";
}

/// What the file holds of one tensor.
struct Recorded {
  std::string dtype, shape;
  std::vector<double> values;
};
struct Expected {
  std::vector<std::string> grad_fns;
  std::vector<Recorded> results, grads;
  std::string text;   ///< a result that is no tensor
  std::string error;  ///< "RuntimeError: …"
};

Recorded read_tensor(std::istream& line) {
  Recorded tensor;
  line >> tensor.dtype >> tensor.shape;
  for (std::string word; line >> word;) tensor.values.push_back(std::strtod(word.c_str(), nullptr));
  return tensor;
}

/// Blocks of a call's text, then a line for each result and for each gradient.
std::map<std::string, Expected> read_expected(const char* name) {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / name);
  std::map<std::string, Expected> all;
  Expected* current = nullptr;
  for (std::string text; std::getline(file, text);) {
    std::istringstream line(text);
    std::string kind;
    line >> kind;
    if (kind == "call") {
      current = &all[text.substr(5)];
    } else if (kind == "result") {
      line >> current->grad_fns.emplace_back();
      current->results.push_back(read_tensor(line));
    } else if (kind == "grad") {
      current->grads.push_back(read_tensor(line));
    } else if (kind == "text") {
      current->text = text.substr(5);
    } else if (kind == "error") {
      current->error = text.substr(6);
    }
  }
  return all;
}

std::string shape_text(const Shape& shape) {
  std::string text = "[";
  for (int64_t size : shape) text += (text.size() > 1 ? "," : "") + std::to_string(size);
  return text + "]";
}

void check(const Variable& got, const Recorded& expected, double tolerance) {
  CHECK(shape_text(got.shape()) == expected.shape);
  CHECK(dtype_name(got.dtype()) == expected.dtype);
  CHECK(static_cast<size_t>(got.numel()) == expected.values.size());
  if (static_cast<size_t>(got.numel()) != expected.values.size()) return;
  for (int64_t i = 0; i < got.numel(); ++i) {
    const double x = got.data().at(i).to_double(), y = expected.values[static_cast<size_t>(i)];
    if (std::isnan(x) && std::isnan(y)) continue;
    const double room = tolerance * std::max(1.0, std::abs(y));
    if (x == y || std::abs(x - y) <= room) continue;
    FAIL_CHECK("element " << i << ": got " << x << ", PyTorch gives " << y);
  }
}

/// The loss whose gradients are recorded: elements weighed by 1, 2, 3, … over all results.
std::vector<Variable> gradients(const Variables& results, const Variables& inputs) {
  std::vector<Variable> outputs, seeds;
  for (const Variable& result : results) {
    if (!result.requires_grad()) continue;
    Tensor seed = Tensor::empty(result.shape(), result.dtype());
    for (int64_t i = 0; i < seed.numel(); ++i) {
      seed.data<double>()[i] = static_cast<double>(i % 7 + 1);
    }
    outputs.push_back(result);
    seeds.push_back(Variable(seed));
  }
  if (outputs.empty()) return {};
  return grad(outputs, std::vector<Variable>(inputs.begin(), inputs.end()), seeds, {}, true);
}

void check_call(const Op& op, const Sample& sample, const Expected& expected) {
  const Variables results = call(op, sample.args);
  CHECK(results.size() == expected.results.size());
  if (results.size() != expected.results.size()) return;
  for (size_t i = 0; i < results.size(); ++i) {
    const auto& node = results[i].grad_fn();
    // PyTorch 1.13 has no derivative of aminmax.
    if (expected.grad_fns[i] != "NotImplemented") {
      CHECK((node ? std::string(node->name()) : "None") == expected.grad_fns[i]);
    }
    const double room = results[i].dtype() == DType::Float32 ? 1e-6 : 2e-9;
    check(results[i], expected.results[i], room);
  }
  if (expected.grads.empty()) return;
  const double tolerance = std::max(sample.tolerance, 2e-9);
  const auto grads = gradients(results, differentiable_args(sample.args));
  for (size_t i = 0; i < grads.size(); ++i) {
    // PyTorch may give zeros where nothing flows, or nothing.
    if (grads[i].defined()) {
      check(grads[i], expected.grads[i], tolerance);
    } else {
      for (double value : expected.grads[i].values) CHECK(value == 0);
    }
  }
}

std::vector<Case> cases() {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "ops_cases.txt");
  std::vector<Case> all;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') all.push_back(read_case(line));
  }
  return all;
}

}  // namespace

TEST_CASE("every op gives PyTorch's values, types, grad_fn and gradients", "[ops][pytorch]") {
  const auto recorded = read_expected("ops_pytorch.txt");
  std::set<std::string> missing;
  for (const Op& op : all_ops()) {
    if (!has_oracle(op)) continue;
    for (const Sample& sample : samples_of(op)) {
      const std::string key = key_of(op, sample);
      INFO(key);
      const auto found = recorded.find(key);
      if (found == recorded.end()) {
        missing.insert(key);
      } else {
        check_call(op, sample, found->second);
      }
    }
  }
  for (const std::string& text : missing) UNSCOPED_INFO(text);
  CHECK(missing.empty());
}

TEST_CASE("other types, empty tensors and errors are as in PyTorch", "[ops][pytorch]") {
  const auto recorded = read_expected("ops_cases.out.txt");
  for (const auto& [op, sample] : cases()) {
    INFO(sample.text);
    const auto found = recorded.find(sample.text);
    CHECK(found != recorded.end());
    if (found == recorded.end()) continue;
    const Expected& expected = found->second;
    std::string error;
    try {
      if (expected.error.empty() && expected.text.empty()) {
        check_call(*op, sample, expected);
      } else {
        const Arg result = op->entry->call(sample.args);
        if (auto* text = result.get<std::string>()) CHECK(*text == expected.text);
      }
    } catch (const Error& caught) {
      error = std::string(exception_name(caught.kind())) + ": " + caught.message();
    }
    CHECK(error == expected.error);
  }
}

TEST_CASE("the samples as calls in Python", "[.record]") {
  for (const Op& op : all_ops()) {
    if (!has_oracle(op)) continue;
    for (const Sample& sample : samples_of(op)) {
      std::cout << python_call(op, sample, key_of(op, sample), space_of(op)) << "\n";
    }
  }
}

TEST_CASE("the cases as calls in Python", "[.record]") {
  for (const auto& [op, sample] : cases()) {
    const std::string space = sample.text.substr(0, sample.text.find('.'));
    std::cout << python_call(*op, sample, sample.text, space) << "\n";
  }
}
