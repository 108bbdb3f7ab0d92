// An undefined Variable in the place of each tensor of each operation, of each accessor and of
// backward: a RuntimeError that says where, or a result where the argument is optional.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <sstream>

#include "gradpad/gradpad.h"
#include "gradpad/tensor/print.h"
#include "op_samples.h"

using namespace gradpad;
using namespace gradpad::testing;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

namespace {

constexpr char kText[] = "Expected a proper Tensor but got None (or an undefined Tensor in C++)";

/// An argument as plain as its type allows, for operations that have no samples.
Arg plain(const Param& param) {
  if (param.default_value) return *param.default_value;
  switch (param.type) {
    case ArgType::Tensor:
      return Variable(Tensor::full({2, 2}, 1, DType::Float32));
    case ArgType::TensorList:
      return Args{Variable({1.0f}), Variable({2.0f})};
    case ArgType::IntList:
      return Dims(static_cast<size_t>(std::max<int64_t>(param.list_size, 1)), 1);
    case ArgType::DType:
      return DType::Float32;
    case ArgType::String:
      return std::string("mean");
    default:
      return Scalar(0);
  }
}

std::vector<Sample> calls_of(const Op& op) {
  std::vector<Sample> calls = samples_of(op);
  if (calls.empty()) {
    Args args;
    for (const Param& param : op.params) args.push_back(plain(param));
    calls.push_back({std::string(op.name), args});
  }
  return calls;
}

/// All ways to make one of the tensors among the arguments undefined, with where that is.
std::vector<std::pair<std::string, Args>> spoiled(const Op& op, const Args& args) {
  std::vector<std::pair<std::string, Args>> result;
  for (size_t i = 0; i < args.size(); ++i) {
    Args own = args;
    const std::string place(op.params[i].name);
    if (args[i].get<Variable>()) {
      own[i] = Variable();
      result.emplace_back(place, own);
    } else if (auto* list = args[i].get<Args>()) {
      for (size_t k = 0; k < list->size(); ++k) {
        Args items = *list;
        items[k] = Variable();
        own[i] = items;
        result.emplace_back(concat(place, "[", k, "]"), own);
      }
    }
  }
  return result;
}

/// Whether an argument may be left out; among the parameters of a recurrent layer the biases may.
bool is_optional(const Op& op, const std::string& place) {
  if (place.starts_with("params[")) return true;
  const auto named = [&](const Param& param) { return param.name == place; };
  const auto param = std::find_if(op.params.begin(), op.params.end(), named);
  return param != op.params.end() && param->optional;
}

}  // namespace

TEST_CASE("every operation refuses an undefined tensor wherever it takes one", "[ops][undefined]") {
  int refused = 0;
  for (const Op& op : all_ops()) {
    for (const Sample& sample : calls_of(op)) {
      size_t tensors = 0;
      for (const auto& [place, args] : spoiled(op, sample.args)) {
        ++tensors;
        INFO(sample.text << ", undefined " << place);
        for (const bool in_place : {false, true}) {
          if (in_place && !(op.in(kInPlace) && args[0].get<Variable>())) continue;
          // The samples are leaves, which nothing else may write to.
          const GradModeGuard mode(!in_place);
          try {
            // An optional argument left out gives a result; it may be used like any other.
            const Arg result = in_place ? op.call_in_place(args) : op.entry->call(args);
            for (const Variable& value : results_of(result)) CHECK(value.defined());
            CHECK(is_optional(op, place));
          } catch (const Error& error) {
            ++refused;
            CHECK_THAT(error.message(),
                       ContainsSubstring(kText) || ContainsSubstring("must not be None"));
            CHECK(error.kind() == ErrorKind::Runtime);
          }
        }
      }
      const bool takes_some = std::any_of(op.params.begin(), op.params.end(), [](auto& p) {
        return !p.optional && (p.type == ArgType::Tensor || p.type == ArgType::TensorList);
      });
      INFO(sample.text);
      CHECK((tensors > 0 || !takes_some));
    }
  }
  CHECK(refused > 400);
}

TEST_CASE("an undefined operand's error names the operation", "[ops][undefined]") {
  const Variable x({1, 2}), none;
  const auto check_names = [](const char* name, auto call) {
    try {
      call();
      FAIL_CHECK(name << " takes an undefined tensor");
    } catch (const Error& error) {
      CHECK_THAT(error.message(), ContainsSubstring(kText));
      CHECK_THAT(error.message(), ContainsSubstring(name));
    }
  };
  check_names("mul", [&] { return mul(x, none); });
  check_names("sin", [&] { return sin(none); });
  check_names("mm", [&] { return mm(none, x); });
  check_names("operator()", [&] { return none.shape(); });
}

TEST_CASE("an undefined Variable throws from every accessor", "[ops][undefined]") {
  const Variable none, x({1, 2}, true);
  const auto throws = [](auto call) {
    CHECK_THROWS_MATCHES(call(), Error, MessageMatches(ContainsSubstring(kText)));
  };
  throws([&] { return none.data(); });
  throws([&] { return none.shape(); });
  throws([&] { return none.dtype(); });
  throws([&] { return none.dim(); });
  throws([&] { return none.numel(); });
  throws([&] { return none.size(0); });
  throws([&] { return none.item(); });
  throws([&] { return none.is_number(); });
  throws([&] { return none.requires_grad(); });
  throws([&] { return none.is_leaf(); });
  throws([&] { return none.grad_fn(); });
  throws([&] { return none.output_number(); });
  throws([&] { return none.grad(); });
  throws([&] { return none.retains_grad(); });
  throws([&] { return none.is_volatile(); });
  throws([&] { return none.version(); });
  throws([&] { return none.detach(); });
  throws([&] { return none.alias(); });
  throws([&] { return none.register_hook({}); });
  throws([&] { return gradient_edge(none); });
  throws([&] { none.set_requires_grad(true); });
  throws([&] { none.set_requires_grad(false); });
  throws([&] { none.set_grad(x); });
  throws([&] { none.set_grad({}); });
  throws([&] { none.set_data(x.data()); });
  throws([&] { none.set_volatile(true); });
  throws([&] { none.set_volatile(false); });
  throws([&] { none.retain_grad(); });
  throws([&] { none.remove_hook(1); });
  throws([&] { none.backward(); });
  throws([&] { backward({&none, 1}, {}, {}); });
  throws([&] { return grad({&none, 1}, {&x, 1}); });
  const Variable y = x * 2;
  const Variable seed({1, 1});
  throws([&] { return grad({&y, 1}, {&none, 1}, {&seed, 1}); });
  throws([&] { backward({&y, 1}, {&seed, 1}, {}, {&none, 1}); });
  CHECK_FALSE(none.defined());
  CHECK(none.is_same(Variable()));
  CHECK_FALSE(none.is_same(x));
}

TEST_CASE("a gradient that is not there yet", "[ops][undefined]") {
  const Variable x({1, 2}, true);
  CHECK_FALSE(x.grad().defined());
  std::ostringstream out;
  out << x.grad();
  CHECK(out.str() == "None");
  CHECK_THROWS_MATCHES(x.grad() * 2, Error, MessageMatches(ContainsSubstring(kText)));
  CHECK_THROWS_MATCHES(x.grad().data(), Error, MessageMatches(ContainsSubstring(kText)));
  sum(x * x).backward();
  CHECK(repr(x.grad()) == "tensor([2., 4.])");
}

TEST_CASE("an undefined Tensor", "[tensor][undefined]") {
  const Tensor none;
  const Tensor one = Tensor::scalar(1.0);
  CHECK_FALSE(none.defined());
  CHECK(none.numel() == 0);
  CHECK(to_string(none) == "[ Tensor (undefined) ]");
  CHECK(tensor_repr(none) == "[ Tensor (undefined) ]");
  CHECK_THROWS_AS(none.data<float>(), Error);
  CHECK_THROWS_AS(none.bytes(), Error);
  CHECK_THROWS_AS(none.storage(), Error);
  CHECK_THROWS_AS(none.item(), Error);
  CHECK_THROWS_AS(none.at(0), Error);
  CHECK_THROWS_AS(none.clone(), Error);
  CHECK_THROWS_AS(none.fill(1), Error);
  CHECK_THROWS_AS(none.copy_from(one), Error);
  CHECK_THROWS_AS(one.copy_from(none), Error);
  CHECK_THROWS_AS(none.as_strided({}, {}, 0), Error);
  CHECK_THROWS_AS(none.to(DType::Int64), Error);
  CHECK_THROWS_AS(none.size(0), Error);
  CHECK_THROWS_AS(none.stride(0), Error);
  // Views of nothing are nothing.
  CHECK_THROWS_AS(none.expand({3}).data<float>(), Error);
  CHECK_THROWS_AS(none.unsqueeze(0).clone(), Error);
  CHECK_FALSE(none.contiguous().defined());
  const Variable empty{Tensor()};
  CHECK_THROWS_AS(empty.version(), Error);
  CHECK_THROWS_AS(empty * 2, Error);
  CHECK_THROWS_AS(empty.item(), Error);
}
