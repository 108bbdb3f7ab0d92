// The table of operations, from the list.
#include "ops/registry.h"

#include <algorithm>
#include <memory>

#include "gradpad/ops/inplace.h"
#include "ops/boxed.h"
#include "ops/pointwise/all.h"

namespace gradpad {

#define GRADPAD_UNARY(name, Op)
#define GRADPAD_BINARY(name, Op)
#define GRADPAD_KERNEL(Op)
#define GRADPAD_OP(entry) extern const OpEntry op_##entry;
#include "gradpad/ops/list.h"
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY
#undef GRADPAD_KERNEL
#undef GRADPAD_OP

namespace {

using ops::PointwiseText;

/// The entries of element-wise ops, made from their texts.
class PointwiseEntries {
 public:
  void add(const PointwiseText& text, int arity, ops::Numbers numbers,
           Arg (*call)(std::span<const Arg>)) {
    const std::string domain(text.domain);
    std::string samples;
    if (domain.empty()) {
      samples = "none: gives integers or bool";
    } else if (arity == 1) {
      samples = domain + "[2,3]; " + domain + "[]";
    } else {
      const std::string a = domain.substr(0, 1), b = domain.substr(1, 1);
      samples =
          a + "[2,3], " + b + "[2,3]; " + a + "[2,1], " + b + "[3]; " + a + "[], " + b + "[2]";
    }
    std::string schema(text.name);
    const auto operand = [&](ops::Numbers which) {
      return (numbers & which) != 0 ? "Tensor|Scalar " : "Tensor ";
    };
    schema += concat("(", operand(ops::kNumberA), "input");
    if (arity == 2) schema += concat(", ", operand(ops::kNumberB), "other");
    schema += ") -> Tensor";
    texts_.push_back(std::make_unique<std::string>(std::move(schema)));
    const std::string_view kept_schema = *texts_.back();
    texts_.push_back(std::make_unique<std::string>(std::move(samples)));
    entries_.push_back(std::make_unique<OpEntry>(
        OpEntry{kept_schema, text.doc, *texts_.back(), text.spaces, call}));
  }
  const OpEntry& last() const { return *entries_.back(); }

 private:
  std::vector<std::unique_ptr<std::string>> texts_;
  std::vector<std::unique_ptr<OpEntry>> entries_;
};

struct Registry {
  PointwiseEntries pointwise;
  std::vector<Op> ops;

  void add(const OpEntry& entry) { ops.push_back({parse_signature(entry.schema), &entry}); }

  template <class Definition>
  void add_pointwise(Arg (*call)(std::span<const Arg>)) {
    pointwise.add(Definition::text, Definition::kArity, Definition::kNumbers, call);
    add(pointwise.last());
  }

  Registry() {
#define GRADPAD_UNARY(name, Op) add_pointwise<gradpad::ops::Op>(boxed<&name>);
#define GRADPAD_BINARY(name, Op) add_pointwise<gradpad::ops::Op>(boxed<&name>);
#define GRADPAD_KERNEL(Op)
#define GRADPAD_OP(entry) add(op_##entry);
#include "gradpad/ops/list.h"
#undef GRADPAD_UNARY
#undef GRADPAD_BINARY
#undef GRADPAD_KERNEL
#undef GRADPAD_OP
    // Overloads stand side by side, in the order of the list.
    std::stable_sort(ops.begin(), ops.end(),
                     [](const Op& a, const Op& b) { return a.name < b.name; });
  }
};

const Registry& registry() {
  static const Registry table;
  return table;
}

}  // namespace

std::span<const Op> all_ops() { return registry().ops; }

std::span<const Op> find_ops(std::string_view name) {
  struct ByName {
    bool operator()(const Op& op, std::string_view text) const { return op.name < text; }
    bool operator()(std::string_view text, const Op& op) const { return text < op.name; }
  };
  const auto& ops = registry().ops;
  const auto [first, last] = std::equal_range(ops.begin(), ops.end(), name, ByName{});
  return {first, last};
}

Arg Op::call_in_place(std::span<const Arg> args) const {
  const Variable target = *args[0].get<Variable>();
  check_in_place(target);
  if (is_view()) {
    const Arg result = entry->call(args);
    become_view(target, *result.get<Variable>());
    return target;
  }
  Args own(args.begin(), args.end());
  own[0] = in_place_operand(target);
  const Arg result = entry->call(own);
  assign_in_place(target, *result.get<Variable>());
  return target;
}

}  // namespace gradpad
