// The views that keys(), values() and items() give.
#include "lang/builtins/dict_type.h"
#include "lang/builtins/set_type.h"
#include "lang/builtins/support.h"
#include "lang/builtins/types.h"

namespace gradpad::lang {

namespace {

class DictView final : public Container {
 public:
  DictView(Dict* dict_, DictPart part_) : Container(Kind::Plain), dict(dict_), part(part_) {}
  // The dict is emptied by its own place in the collector's list.
  void clear_references() noexcept override {}
  void visit(ReferenceVisitor& visitor) override { dict.visit(visitor); }
  const Ref<Dict> dict;
  const DictPart part;
};

DictView& view_of(const Value& v) { return *v.as<DictView>(); }

bool is_set_like(const Runtime& rt, const Value& v) {
  if (v.is<Set>()) return true;
  const Type* type = v.is_object() ? v.as_object()->type() : nullptr;
  return type && (type == rt.types.dict_keys || type == rt.types.dict_items);
}

Value view_repr(Runtime& rt, const Value& self) {
  const DictView& view = view_of(self);
  const Runtime::Printing printing(rt, self);
  if (printing.again()) return rt.make_str("...");
  std::string text = rt.type_name(self) + "([";
  bool first = true;
  rt.for_each(iterate_dict(rt, view.dict.get(), view.part, false), [&](Value& item) {
    if (!first) text += ", ";
    first = false;
    text += rt.repr(item)->view();
    return true;
  });
  return rt.make_str(text + "])");
}

int64_t view_length(Runtime&, const Value& self) { return view_of(self).dict->size(); }

Value view_iterate(Runtime& rt, const Value& self) {
  return iterate_dict(rt, view_of(self).dict.get(), view_of(self).part, false);
}

bool view_contains(Runtime& rt, const Value& self, const Value& item) {
  Dict& dict = *view_of(self).dict;
  if (view_of(self).part == DictPart::keys) return dict.find(rt, item) != nullptr;
  const Tuple* pair = item.to<Tuple>();
  if (!pair || pair->size() != 2) return false;
  const Value* found = dict.find(rt, (*pair)[0]);
  if (!found) return false;
  const Value value = *found;
  return rt.equal(value, (*pair)[1]);
}

bool all_in(Runtime& rt, const Value& items, const Value& container) {
  bool all = true;
  rt.for_each(items, [&](Value& item) { return all = rt.contains(container, item); });
  return all;
}

Value view_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if (!is_set_like(rt, other)) return rt.not_implemented();
  const int64_t a = rt.length(self);
  const int64_t b = rt.length(other);
  switch (op) {
    case CompareOp::Eq:
      return Value(a == b && all_in(rt, self, other));
    case CompareOp::Ne:
      return Value(a != b || !all_in(rt, self, other));
    case CompareOp::Lt:
      return Value(a < b && all_in(rt, self, other));
    case CompareOp::Le:
      return Value(a <= b && all_in(rt, self, other));
    case CompareOp::Gt:
      return Value(a > b && all_in(rt, other, self));
    case CompareOp::Ge:
      return Value(a >= b && all_in(rt, other, self));
  }
  return rt.not_implemented();
}

Value view_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (op != BinaryOp::And && op != BinaryOp::Or && op != BinaryOp::Sub && op != BinaryOp::Xor) {
    return rt.not_implemented();
  }
  const Ref<Set> left = to_set(rt, a);
  const Ref<Set> right = to_set(rt, b);
  return rt.binary(op, left, right);
}

Value view_isdisjoint(Runtime& rt, Value* a) {
  bool disjoint = true;
  rt.for_each(a[1], [&](Value& item) { return disjoint = !rt.contains(a[0], item); });
  return Value(disjoint);
}

Value view_reversed(Runtime& rt, Value* a) {
  return iterate_dict(rt, view_of(a[0]).dict.get(), view_of(a[0]).part, true);
}

constexpr Method kSetLikeMethods[] = {
    {"isdisjoint", "self, other, /", view_isdisjoint},
    {"__reversed__", "self, /", view_reversed},
};
constexpr Method kValuesMethods[] = {{"__reversed__", "self, /", view_reversed}};

}  // namespace

Value make_dict_view(Runtime& rt, Dict* dict, DictPart part) {
  Type* const types[] = {rt.types.dict_keys, rt.types.dict_values, rt.types.dict_items};
  return rt.make_of<DictView>(types[static_cast<size_t>(part)], dict, part);
}

void define_dict_views(Runtime& rt) {
  TypeSpec values;
  values.slots.repr = view_repr;
  values.slots.length = view_length;
  values.slots.iterate = view_iterate;
  values.methods = kValuesMethods;
  rt.define(rt.types.dict_values, values);
  TypeSpec set_like = values;
  set_like.slots.contains = view_contains;
  set_like.slots.compare = view_compare;
  set_like.slots.binary = view_binary;
  set_like.methods = kSetLikeMethods;
  rt.define(rt.types.dict_keys, set_like);
  rt.define(rt.types.dict_items, set_like);
}

}  // namespace gradpad::lang
