// list: its slots. The methods stand in list_methods.cpp.
#include <algorithm>

#include "lang/builtins/list_type.h"
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "lang/runtime/slices.h"

namespace gradpad::lang {

namespace {

List& self_of(const Value& self) { return *self.as<List>(); }

Value list_repr(Runtime& rt, const Value& self) { return repr_items(rt, self, "[", "]", "[...]"); }
bool list_truth(Runtime&, const Value& self) { return !self_of(self).items.empty(); }
int64_t list_length(Runtime&, const Value& self) { return self_of(self).size(); }

Value list_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  return other.is<List>() ? compare_items(rt, op, self, other) : rt.not_implemented();
}

Values repeated(const Values& items, int64_t count) {
  Values out;
  if (count == 0 || items.empty()) return out;
  const auto size = static_cast<int64_t>(items.size());
  check_room(count, size * static_cast<int64_t>(sizeof(Value)));
  out.reserve(static_cast<size_t>(count * size));
  if (size == 1) {
    out.assign(static_cast<size_t>(count), items[0]);
  } else {
    for (int64_t i = 0; i < count; ++i) out.insert(out.end(), items.begin(), items.end());
  }
  return out;
}

Value list_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (op == BinaryOp::Add && a.is<List>() && b.is<List>()) {
    const Values& left = self_of(a).items;
    const Values& right = self_of(b).items;
    Values out;
    out.reserve(left.size() + right.size());
    out.insert(out.end(), left.begin(), left.end());
    out.insert(out.end(), right.begin(), right.end());
    return rt.make_list(std::move(out));
  }
  int64_t count = 0;
  if (op == BinaryOp::Mul && read_repeat(rt, a.is<List>() ? b : a, count)) {
    return rt.make_list(repeated(self_of(a.is<List>() ? a : b).items, count));
  }
  return rt.not_implemented();
}

Value list_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  if (op == BinaryOp::Add) {
    extend_list(rt, self, other);
    return self;
  }
  int64_t count = 0;
  if (op == BinaryOp::Mul && read_repeat(rt, other, count)) {
    Values items = repeated(self_of(self).items, count);
    self_of(self).items.swap(items);
    return self;
  }
  return rt.not_implemented();
}

/// The position of a key in the list; IndexError with the text.
size_t position(Runtime& rt, const List& list, const Value& key, const char* out_of_range) {
  int64_t index = 0;
  if (!read_index(rt, key, list.size(), index)) fail_index_type(rt, "list", key);
  if (index < 0 || index >= list.size()) fail_with(ErrorKind::Index, {out_of_range});
  return static_cast<size_t>(index);
}

Value list_get_item(Runtime& rt, const Value& self, const Value& key) {
  List& list = self_of(self);
  if (const Slice* slice = key.to<Slice>()) {
    const SliceIndices at = resolve_slice(rt, *slice, list.size());
    Values out;
    out.reserve(static_cast<size_t>(at.count));
    for (int64_t i = 0; i < at.count; ++i) {
      out.push_back(list.items[static_cast<size_t>(at.start + i * at.step)]);
    }
    return rt.make_list(std::move(out));
  }
  return list.items[position(rt, list, key, "list index out of range")];
}

/// Puts `values` in place of [from, to).
void replace_range(List& list, int64_t from, int64_t to, Values values) {
  Values& items = list.items;
  const auto begin = items.begin() + from;
  // What leaves the list ends last: its end may look at the list.
  Values old(std::make_move_iterator(begin), std::make_move_iterator(items.begin() + to));
  const auto common = static_cast<ptrdiff_t>(std::min(values.size(), old.size()));
  std::move(values.begin(), values.begin() + common, begin);
  if (values.size() > old.size()) {
    items.insert(begin + common, std::make_move_iterator(values.begin() + common),
                 std::make_move_iterator(values.end()));
  } else {
    items.erase(begin + common, items.begin() + to);
  }
}

void set_slice(Runtime& rt, const Value& self, const Slice& slice, const Value& value) {
  if (!rt.type_of(value)->slots.iterate && !rt.type_of(value)->slots.get_item) {
    fail_type({slice.step.is_none() ? "can only assign an iterable"
                                    : "must assign iterable to extended slice"});
  }
  Values values = rt.to_values(value);
  List& list = self_of(self);
  SliceIndices at = resolve_slice(rt, slice, list.size());
  if (at.step == 1) {
    replace_range(list, at.start, std::max(at.start, at.stop), std::move(values));
    return;
  }
  const auto size = static_cast<int64_t>(values.size());
  if (size != at.count) {
    fail_value({"attempt to assign sequence of size ", std::to_string(size),
                " to extended slice of size ", std::to_string(at.count)});
  }
  for (int64_t i = 0; i < at.count; ++i) {
    list.items[static_cast<size_t>(at.start + i * at.step)].swap(values[static_cast<size_t>(i)]);
  }
}

void list_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value) {
  if (const Slice* slice = key.to<Slice>()) return set_slice(rt, self, *slice, value);
  List& list = self_of(self);
  Value item = value;
  list.items[position(rt, list, key, "list assignment index out of range")].swap(item);
}

void list_del_item(Runtime& rt, const Value& self, const Value& key) {
  List& list = self_of(self);
  if (const Slice* slice = key.to<Slice>()) {
    const SliceIndices at = resolve_slice(rt, *slice, list.size());
    if (at.count == 0) return;
    if (at.step == 1) return replace_range(list, at.start, at.stop, {});
    Values kept;
    Values gone;
    const int64_t step = at.step < 0 ? -at.step : at.step;
    const int64_t first = at.step < 0 ? at.start + (at.count - 1) * at.step : at.start;
    for (int64_t i = 0; i < list.size(); ++i) {
      const bool goes = i >= first && (i - first) % step == 0 && (i - first) / step < at.count;
      (goes ? gone : kept).push_back(std::move(list.items[static_cast<size_t>(i)]));
    }
    list.items = std::move(kept);
    return;
  }
  const size_t at = position(rt, list, key, "list assignment index out of range");
  const Value old = std::move(list.items[at]);
  list.items.erase(list.items.begin() + static_cast<ptrdiff_t>(at));
}

bool list_contains(Runtime& rt, const Value& self, const Value& item) {
  return find_item(rt, self, item, 0, INT64_MAX) >= 0;
}

Value list_iterate(Runtime& rt, const Value& self) {
  return iterate_items(rt, self, false, "list_iterator");
}

Value list_make(Runtime& rt, Type* cls, const Arguments&) { return rt.make_of<List>(cls); }

void list_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  check_positional("list", arguments, 0, 1);
  Values items;
  if (arguments.positional > 0) items = rt.to_values(arguments.values[0]);
  self_of(self).items.swap(items);
}

}  // namespace

void define_list(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = list_repr;
  spec.slots.truth = list_truth;
  spec.slots.length = list_length;
  spec.slots.compare = list_compare;
  spec.slots.binary = list_binary;
  spec.slots.inplace = list_inplace;
  spec.slots.get_item = list_get_item;
  spec.slots.set_item = list_set_item;
  spec.slots.del_item = list_del_item;
  spec.slots.contains = list_contains;
  spec.slots.iterate = list_iterate;
  spec.slots.make = list_make;
  spec.slots.init = list_init;
  spec.methods = list_methods();
  spec.doc = "Built-in mutable sequence.";
  rt.define(rt.types.list, spec);
}

}  // namespace gradpad::lang
