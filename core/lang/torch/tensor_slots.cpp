// The Tensor type's answers to len, iter, bool, str, format, hash.
#include "lang/torch/tensor_slots.h"

#include "gradpad/ops/views.h"
#include "lang/torch/convert.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

Scalar single_item(const Variable& variable) {
  if (variable.numel() != 1) {
    fail(ErrorKind::Value, "only one element tensors can be converted to Python scalars");
  }
  return variable.item();
}

namespace {

class TensorIterator final : public Iterator {
 public:
  explicit TensorIterator(std::vector<Variable> items) : items_(std::move(items)) {}
  bool next(Runtime&, Value& out) override {
    if (at_ == items_.size()) return false;
    out = from_variable(items_[at_]);
    items_[at_++] = {};
    return true;
  }
  int64_t remaining(Runtime&) override { return static_cast<int64_t>(items_.size() - at_); }
  void clear_references() noexcept override {
    items_.clear();
    at_ = 0;
  }
  void visit(ReferenceVisitor& visitor) override { visit_each(visitor, items_); }

 private:
  std::vector<Variable> items_;
  size_t at_ = 0;
};

Value tensor_repr(Runtime& rt, const Value& self) {
  std::string text = repr(to_variable(self));
  if (rt.type_of(self) == torch_state(rt).parameter) text = "Parameter containing:\n" + text;
  return rt.make_str(std::move(text));
}

Value tensor_format(Runtime& rt, const Value& self, const Value& spec) {
  const Variable variable = to_variable(self);
  const bool plain = rt.type_of(self) == rt.types.tensor;
  if (variable.dim() == 0 && plain) return rt.format(from_scalar(variable.item()), spec);
  if (!spec.as<Str>()->empty()) {
    fail(ErrorKind::Type, "unsupported format string passed to ", rt.type_name(self),
         ".__format__");
  }
  return rt.str(self);
}

int64_t tensor_hash(Runtime&, const Value& self) {
  return static_cast<int64_t>(reinterpret_cast<intptr_t>(self.as_reference()) >> 4);
}

bool tensor_truth(Runtime&, const Value& self) {
  const Variable variable = to_variable(self);
  if (variable.numel() == 1) return variable.item().truth();
  fail("Boolean value of Tensor with ", variable.numel() == 0 ? "no values" : "more than one value",
       " is ambiguous");
}

int64_t tensor_length(Runtime&, const Value& self) {
  const Tensor& data = tensor_impl(self)->data;
  if (data.dim() == 0) fail(ErrorKind::Type, "len() of a 0-d tensor");
  return data.shape()[0];
}

Value tensor_iterate(Runtime& rt, const Value& self) {
  const Variable variable = to_variable(self);
  if (variable.dim() == 0) fail(ErrorKind::Type, "iteration over a 0-d tensor");
  return rt.make_iterator<TensorIterator>("tuple_iterator", unbind(variable, 0));
}

}  // namespace

Slots tensor_slots() {
  return {
      .repr = tensor_repr,
      .format = tensor_format,
      .hash = tensor_hash,
      .truth = tensor_truth,
      .length = tensor_length,
      .compare = tensor_compare,
      .binary = tensor_binary,
      .inplace = tensor_inplace,
      .unary = tensor_unary,
      .get_item = tensor_get_item,
      .set_item = tensor_set_item,
      .del_item = tensor_del_item,
      .contains = tensor_contains,
      .iterate = tensor_iterate,
      .set_attr = tensor_set_attr,
  };
}

}  // namespace gradpad::lang
