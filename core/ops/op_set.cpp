// Overloads by name and place; Args in error texts.
#include "ops/op_set.h"

#include "ops/arg_source.h"

namespace gradpad {

OpSet::OpSet(std::vector<const Op*> ops, bool is_method, bool in_place)
    : name_(ops[0]->name), ops_(std::move(ops)), is_method_(is_method), in_place_(in_place) {
  if (in_place) name_ += '_';
  for (const Op* op : ops_) {
    overloads_.emplace_back(std::span(op->params).subspan(is_method ? 1 : 0));
  }
}

bool OpSet::has_param(std::string_view name) const {
  for (const Op* op : ops_) {
    for (const Param& param : op->params) {
      if (param.name == name) return true;
    }
  }
  return false;
}

std::vector<OpSet> op_sets(Space space) {
  std::vector<OpSet> sets;
  const std::span<const Op> ops = all_ops();
  for (size_t begin = 0; begin < ops.size();) {
    size_t end = begin;
    std::vector<const Op*> group;
    for (; end < ops.size() && ops[end].name == ops[begin].name; ++end) {
      if (ops[end].in(space)) group.push_back(&ops[end]);
    }
    if (!group.empty()) {
      sets.emplace_back(std::move(group), (space & (kMethod | kInPlace)) != 0, space == kInPlace);
    }
    begin = end;
  }
  return sets;
}

std::string ArgSource::type_name(const Arg& v) const {
  if (v.get<Variable>()) return "Tensor";
  if (const Scalar* number = v.get<Scalar>()) {
    return number->is_float() ? "float" : number->is_int() ? "int" : "bool";
  }
  if (v.get<std::string>()) return "str";
  if (v.get<DType>()) return "torch.dtype";
  return v.is_none() ? "NoneType" : "list";
}

}  // namespace gradpad
