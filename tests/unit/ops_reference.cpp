// Every op against the reference backend: the calls that the table and ops_cases.txt hold, and the
// same calls with random shapes, layouts, types and values. The reference device's memory cannot be
// read by what does not go through a kernel or the bridge, so this also shows that no op does.
//
// GRADPAD_TRIALS (random calls for each sample) and GRADPAD_SEED make a long run, or repeat one.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <set>

#include "gradpad/ops/functions.h"
#include "op_compare.h"

using namespace gradpad;
using namespace gradpad::testing;

namespace {

struct Call {
  const Op* op;
  Sample sample;
};

std::vector<Call> known_calls() {
  std::vector<Call> calls;
  for (const Op& op : all_ops()) {
    for (Sample& sample : samples_of(op)) calls.push_back({&op, std::move(sample)});
  }
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "ops_cases.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    Case read = read_case(line);
    calls.push_back({read.op, std::move(read.sample)});
  }
  return calls;
}

/// An argument of its type for each parameter without a default: for ops that neither name.
Args made_up(const Op& op, uint32_t seed) {
  std::mt19937 random(seed);
  const auto number = [&] { return 0.1 + 0.8 * static_cast<double>(random() % 1000) / 1000; };
  const auto tensor = [&] {
    static const Shape kShapes[] = {{2, 3}, {3}, {1, 1}};
    const Shape& shape = kShapes[random() % 3];
    Tensor data = Tensor::empty(shape, DType::Float64);
    for (int64_t i = 0; i < data.numel(); ++i) data.data<double>()[i] = number();
    if (random() % 3 != 0) return Variable(data, true);
    return Variable((Variable(data) * 4).data().to(random() % 2 ? DType::Int64 : DType::Bool));
  };
  Args args;
  for (const Param& param : op.params) {
    if (param.default_value) {
      args.push_back(*param.default_value);
    } else if (param.type == ArgType::Tensor) {
      args.emplace_back(tensor());
    } else if (param.type == ArgType::TensorList) {
      args.emplace_back(Args{tensor(), tensor()});
    } else if (param.type == ArgType::IntList) {
      args.emplace_back(Dims{0});
    } else if (param.type == ArgType::DType) {
      args.emplace_back(DType::Float32);
    } else if (param.type == ArgType::Float) {
      args.emplace_back(Scalar(number()));
    } else if (param.type == ArgType::Bool) {
      args.emplace_back(Scalar(true));
    } else if (param.type == ArgType::String) {
      args.emplace_back(std::string("none"));
    } else {
      args.emplace_back(Scalar(static_cast<int64_t>(random() % 2)));
    }
  }
  return args;
}

std::vector<Call> all_calls() {
  std::vector<Call> calls = known_calls();
  std::set<const Op*> known;
  for (const Call& call : calls) known.insert(call.op);
  for (const Op& op : all_ops()) {
    for (uint32_t seed = 0; seed < 12 && !known.contains(&op); ++seed) {
      calls.push_back({&op, {concat(op.name, "(…)"), made_up(op, seed)}});
    }
  }
  return calls;
}

Args in_type(const Args& args, DType dtype) {
  return map_tensors(args, [&](const Variable& v) {
    if (!v.defined() || !is_floating(v.dtype()) || v.is_number()) return v;
    return Variable(v.data().to(dtype), v.requires_grad());
  });
}

uint32_t setting(const char* name, uint32_t otherwise) {
  const char* const text = std::getenv(name);
  return text ? static_cast<uint32_t>(std::strtoul(text, nullptr, 10)) : otherwise;
}

/// Changes a known call at random.
class Mutator {
 public:
  explicit Mutator(uint32_t seed) : random_(seed) {}

  Args changed(const Args& args) {
    sizes_.clear();
    const bool change_sizes = !one_in(4), change_types = one_in(3);
    special_ = one_in(6);
    const DType type = kDTypes[below(kDTypeCount)];
    return map_tensors(args, [&](const Variable& v) {
      if (!v.defined() || v.is_number()) return v;
      Tensor data = v.data();
      if (change_sizes) data = resized(data);
      const bool retyped = change_types && (is_floating(data.dtype()) || one_in(8));
      if (retyped) data = data.to(type);
      const bool grad = v.requires_grad() && is_floating(data.dtype());
      return Variable(laid_out(data), grad);
    });
  }

 private:
  uint32_t below(uint32_t n) { return random_() % n; }
  bool one_in(uint32_t n) { return below(n) == 0; }

  /// Sizes that were equal stay equal, mostly.
  int64_t size_for(int64_t size) {
    static constexpr int64_t kSizes[] = {0, 1, 2, 3, 4, 5, 7, 16, 17};
    if (one_in(20)) return kSizes[below(std::size(kSizes))];
    auto [entry, is_new] = sizes_.try_emplace(size, size);
    if (is_new && !one_in(3)) entry->second = kSizes[below(std::size(kSizes))];
    return entry->second;
  }

  /// Other sizes, now and then another number of dimensions, and values drawn from the old ones.
  Tensor resized(const Tensor& data) {
    Shape shape;
    for (int64_t size : data.shape()) shape.push_back(size_for(size));
    if (one_in(25)) shape.insert(0, size_for(2));
    if (one_in(25) && !shape.empty()) shape.erase(0);
    if (one_in(25)) shape = {};
    if (numel_of(shape) > 5000) return data;
    Tensor result = Tensor::zeros(shape, data.dtype());
    for (int64_t i = 0; i < result.numel() && data.numel() > 0; ++i) {
      element(result, i).copy_from(element(data, below(static_cast<uint32_t>(data.numel()))));
      if (is_floating(data.dtype())) vary(element(result, i));
    }
    return result;
  }

  static Tensor element(const Tensor& data, int64_t i) {
    const Tensor flat = data.reshape({data.numel()});
    return flat.select(0, i);
  }

  void vary(const Tensor& element) {
    static constexpr double kInfinity = std::numeric_limits<double>::infinity();
    static constexpr double kSpecial[] = {
        0, -0.0, 1, -1, kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN()};
    if (special_ && one_in(8)) return element.fill(kSpecial[below(std::size(kSpecial))]);
    element.fill(element.item().to_double() * (1 + static_cast<double>(below(1000)) * 1e-4));
  }

  /// The same values, with other strides.
  Tensor laid_out(const Tensor& data) {
    switch (below(5)) {
      case 0:  // transposed
        if (data.dim() < 2) return data;
        return data.transpose(0, -1).clone().transpose(0, -1);
      case 1: {  // every second of a longer dimension, behind an offset
        if (data.dim() == 0) return data;
        const int64_t d = below(static_cast<uint32_t>(data.dim()));
        Shape longer = data.shape();
        longer[d] = 2 * longer[d] + 1;
        const Tensor part = Tensor::zeros(longer, data.dtype()).slice(d, 1, longer[d], 2);
        part.copy_from(data);
        return part;
      }
      case 2: {  // one slice seen all along a dimension
        if (data.dim() == 0 || data.numel() == 0) return data;
        const int64_t d = below(static_cast<uint32_t>(data.dim()));
        return data.narrow(d, 0, 1).clone().expand(data.shape());
      }
      default:
        return data;
    }
  }

  std::mt19937 random_;
  std::map<int64_t, int64_t> sizes_;
  bool special_ = false;
};

std::string text_of(const Args& args) {
  std::string text;
  map_tensors(args, [&](const Variable& v) {
    if (!v.defined()) return v;
    text += concat(" ", dtype_name(v.dtype()), "[", to_string(v.shape()), "] strides [",
                   to_string(v.data().strides()), "]");
    return v;
  });
  return text;
}

}  // namespace

TEST_CASE("every op gives on the CPU what it gives on the reference", "[reference]") {
  for (const Call& known : all_calls()) {
    for (const DType dtype : {DType::Float64, DType::Float32}) {
      const Comparison found = compare(*known.op, in_type(known.sample.args, dtype));
      if (found.wrong) {
        FAIL_CHECK(known.sample.text << " in " << dtype_name(dtype) << ": " << *found.wrong);
      }
    }
  }
}

TEST_CASE("every op agrees with the reference for any shapes, layouts, types and values",
          "[reference]") {
  const uint32_t trials = setting("GRADPAD_TRIALS", 20), seed = setting("GRADPAD_SEED", 1);
  uint32_t number = 0;
  std::set<const Op*> succeeded;
  for (const Call& known : all_calls()) {
    for (uint32_t trial = 0; trial < trials; ++trial) {
      Mutator mutator(seed + 1000003 * ++number);
      const Args args = mutator.changed(
          in_type(known.sample.args, trial % 2 == 0 ? DType::Float64 : DType::Float32));
      const Comparison found = compare(*known.op, args);
      if (!found.is_error) succeeded.insert(known.op);
      if (found.wrong) {
        FAIL_CHECK(known.sample.text << " with" << text_of(args) << ": " << *found.wrong);
      }
    }
  }
  for (const Op& op : all_ops()) {
    INFO(op.entry->schema);
    CHECK(succeeded.contains(&op));
  }
}
