// The docs of operations: that every one has its parts, and that what the standard sentences say of
// shapes and dtypes is so.
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "gradpad/autograd/grad_mode.h"
#include "gradpad/tensor/default_dtype.h"
#include "op_samples.h"

using namespace gradpad;
using namespace gradpad::testing;

namespace {

/// What stands behind "Label: " in a doc; nothing where it has no such line.
std::string_view part(std::string_view doc, std::string_view label) {
  const std::string head = "\n" + std::string(label) + ": ";
  const size_t begin = doc.find(head);
  if (begin == std::string_view::npos) return {};
  doc.remove_prefix(begin + head.size());
  return doc.substr(0, doc.find('\n'));
}

std::string_view meaning(std::string_view doc) { return doc.substr(0, doc.find('\n')); }

/// The docs by name: those of the overloads, one after the other.
std::map<std::string_view, std::string> docs() {
  std::map<std::string_view, std::string> all;
  for (const Op& op : all_ops()) all[op.name] += std::string(op.entry->doc) + "\n";
  return all;
}

bool is_differentiable(const Op& op) {
  for (const Sample& sample : samples_of(op)) {
    for (const Variable& result : call(op, sample.args)) {
      if (result.requires_grad()) return true;
    }
  }
  return false;
}

/// The call with its floating tensors as `dtype`; nothing where it is an error.
std::optional<DType> result_type(const Op& op, const Sample& sample, DType dtype) {
  const GradModeGuard no_grad(false);
  const Args args = map_tensors(sample.args, [&](const Variable& v) {
    return is_floating(v.dtype()) ? Variable(v.data().to(dtype)) : v;
  });
  try {
    return call(op, args)[0].dtype();
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// Calls `check(op, sample)` with the samples of those whose doc says just this.
template <class Check>
void where_doc_says(std::string_view label, std::string_view words, Check check) {
  int count = 0;
  for (const Op& op : all_ops()) {
    if (part(op.entry->doc, label) != words) continue;
    for (const Sample& sample : samples_of(op)) {
      INFO(sample.text);
      check(op, sample);
      ++count;
    }
  }
  CHECK(count > 5);
}

bool has_float_number(const Sample& sample) {
  for (const Arg& arg : sample.args) {
    if (arg.get<Scalar>() && arg.get<Scalar>()->is_float()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every operation's doc has its parts", "[ops][docs]") {
  const auto all = docs();
  for (const auto& [name, doc] : all) {
    INFO(name);
    constexpr std::string_view alias = "Alias of ";
    if (doc.starts_with(alias)) {
      const std::string other(doc.substr(alias.size(), doc.find('.') - alias.size()));
      CHECK(all.count(other) == 1);
      continue;
    }
    CHECK(meaning(doc).size() >= 20);
    CHECK(meaning(doc).ends_with('.'));
    for (const char* label : {"Derivative", "Shape", "Dtypes", "Errors"}) {
      INFO(label);
      CHECK(part(doc, label).size() > 1);
      CHECK(part(doc, label).ends_with('.'));
    }
  }
}

TEST_CASE("a doc gives a derivative where there is one", "[ops][docs]") {
  std::map<std::string_view, bool> differentiable;
  for (const Op& op : all_ops()) differentiable[op.name] |= is_differentiable(op);
  for (const auto& [name, doc] : docs()) {
    if (doc.starts_with("Alias of ")) continue;
    INFO(name);
    if (differentiable[name]) CHECK(part(doc, "Derivative") != "none.");
  }
}

TEST_CASE("what docs say of shapes is so", "[ops][docs]") {
  where_doc_says("Shape", "that of `input`.", [](const Op& op, const Sample& sample) {
    const Variable* input = sample.args[0].get<Variable>();
    REQUIRE(input);
    CHECK(call(op, sample.args)[0].shape() == input->shape());
  });
  where_doc_says("Shape", "that to which the operands broadcast.",
                 [](const Op& op, const Sample& sample) {
                   Shape shape;
                   for (const Arg& arg : sample.args) {
                     if (const auto* v = arg.get<Variable>()) {
                       shape = broadcast_shapes(shape, v->shape());
                     }
                   }
                   CHECK(call(op, sample.args)[0].shape() == shape);
                 });
}

TEST_CASE("what docs say of dtypes is so", "[ops][docs]") {
  where_doc_says("Dtypes", "float32 and float64.", [](const Op& op, const Sample& sample) {
    CHECK(result_type(op, sample, DType::Float32).value_or(DType::Float32) == DType::Float32);
    CHECK_FALSE(result_type(op, sample, DType::Int64));
  });
  where_doc_says("Dtypes", "floating; integers and bool become the default floating type.",
                 [](const Op& op, const Sample& sample) {
                   CHECK(result_type(op, sample, DType::Int64) == DType::Float32);
                   CHECK(result_type(op, sample, DType::Bool) == DType::Float32);
                   const DefaultDTypeGuard guard(DType::Float64);
                   CHECK(result_type(op, sample, DType::Int64) == DType::Float64);
                   CHECK(result_type(op, sample, DType::Float32) == DType::Float32);
                 });
  where_doc_says("Dtypes", "any; the result has that of `input`.",
                 [](const Op& op, const Sample& sample) {
                   CHECK(result_type(op, sample, DType::Float32) == DType::Float32);
                   if (!has_float_number(sample)) {
                     CHECK(result_type(op, sample, DType::Int32) == DType::Int32);
                   }
                 });
  where_doc_says(
      "Dtypes", "any; the result has the promoted one.", [](const Op& op, const Sample& sample) {
        CHECK(result_type(op, sample, DType::Float32) == DType::Float32);
        if (!has_float_number(sample)) {
          CHECK(result_type(op, sample, DType::Int32).value_or(DType::Int32) == DType::Int32);
        }
      });
  where_doc_says("Dtypes", "any; integers and bool give int64.",
                 [](const Op& op, const Sample& sample) {
                   CHECK(result_type(op, sample, DType::Int32) == DType::Int64);
                   CHECK(result_type(op, sample, DType::Float32) == DType::Float32);
                 });
}
