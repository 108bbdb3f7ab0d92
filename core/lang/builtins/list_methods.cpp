// list: append, sort, pop and the other methods.
#include <algorithm>

#include "lang/builtins/generic_alias.h"
#include "lang/builtins/list_type.h"
#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

void extend_list(Runtime& rt, const Value& self, const Value& iterable) {
  List& list = *self.as<List>();
  if (iterable.is<List>() || iterable.is<Tuple>()) {
    // A copy where it is the list itself.
    const auto items = items_of(iterable);
    if (iterable.same(self)) {
      const Values copy(items.begin(), items.end());
      list.items.insert(list.items.end(), copy.begin(), copy.end());
    } else {
      list.items.insert(list.items.end(), items.begin(), items.end());
    }
    return;
  }
  rt.for_each(iterable, [&](Value& item) {
    list.items.push_back(item);
    return true;
  });
}

namespace {

List& self_of(Value* a) { return *a[0].as<List>(); }

Value list_append(Runtime&, Value* a) {
  self_of(a).items.push_back(std::move(a[1]));
  return Value::none();
}

Value list_extend(Runtime& rt, Value* a) {
  extend_list(rt, a[0], a[1]);
  return Value::none();
}

Value list_insert(Runtime& rt, Value* a) {
  List& list = self_of(a);
  int64_t index = rt.to_index(a[1]);
  if (index < 0) index = std::max<int64_t>(index + list.size(), 0);
  index = std::min(index, list.size());
  list.items.insert(list.items.begin() + index, a[2]);
  return Value::none();
}

Value list_pop(Runtime& rt, Value* a) {
  List& list = self_of(a);
  int64_t index = rt.to_index(a[1]);
  if (list.items.empty()) fail_with(ErrorKind::Index, {"pop from empty list"});
  if (index < 0) index += list.size();
  if (index < 0 || index >= list.size()) fail_with(ErrorKind::Index, {"pop index out of range"});
  Value out = std::move(list.items[static_cast<size_t>(index)]);
  list.items.erase(list.items.begin() + index);
  return out;
}

Value list_remove(Runtime& rt, Value* a) {
  List& list = self_of(a);
  const int64_t at = find_item(rt, a[0], a[1], 0, INT64_MAX);
  if (at < 0) fail_value({"list.remove(x): x not in list"});
  if (at < list.size()) {
    const Value old = std::move(list.items[static_cast<size_t>(at)]);
    list.items.erase(list.items.begin() + at);
  }
  return Value::none();
}

Value list_clear(Runtime&, Value* a) {
  self_of(a).clear_references();
  return Value::none();
}

Value list_copy(Runtime& rt, Value* a) { return rt.make_list(self_of(a).items); }

Value list_index(Runtime& rt, Value* a) {
  int64_t from = 0;
  int64_t to = 0;
  read_bounds(rt, a[2], a[3], self_of(a).size(), from, to);
  const int64_t at = find_item(rt, a[0], a[1], from, to);
  if (at < 0) fail_value({rt.repr(a[1])->view(), " is not in list"});
  return Value(at);
}

Value list_count(Runtime& rt, Value* a) { return Value(count_item(rt, a[0], a[1])); }

Value list_reverse(Runtime&, Value* a) {
  std::reverse(self_of(a).items.begin(), self_of(a).items.end());
  return Value::none();
}

Value list_sort(Runtime& rt, Value* a) {
  List& list = self_of(a);
  // The list is empty for everybody while its items are compared.
  Values items;
  items.swap(list.items);
  const bool reverse = rt.truth(a[2]);
  try {
    sort_values(rt, items, a[1], reverse);
  } catch (...) {
    list.items.swap(items);
    throw;
  }
  const bool changed = !list.items.empty();
  list.items.swap(items);
  if (changed) fail_value({"list modified during sort"});
  return Value::none();
}

Value list_reversed(Runtime& rt, Value* a) {
  return iterate_items(rt, a[0], true, "list_reverseiterator");
}

constexpr Method kMethods[] = {
    {"append", "self, object, /", list_append, "Append object to the end of the list."},
    {"extend", "self, iterable, /", list_extend,
     "Extend list by appending elements from the iterable."},
    {"insert", "self, index, object, /", list_insert, "Insert object before index."},
    {"pop", "self, index=-1, /", list_pop, "Remove and return item at index (default last)."},
    {"remove", "self, value, /", list_remove, "Remove first occurrence of value."},
    {"clear", "self, /", list_clear, "Remove all items from list."},
    {"copy", "self, /", list_copy, "Return a shallow copy of the list."},
    {"index", "self, value, start=0, stop=9223372036854775807, /", list_index,
     "Return first index of value."},
    {"count", "self, value, /", list_count, "Return number of occurrences of value."},
    {"reverse", "self, /", list_reverse, "Reverse *IN PLACE*."},
    {"sort", "self, /, *, key=None, reverse=False", list_sort,
     "Sort the list in ascending order and return None."},
    {"__reversed__", "self, /", list_reversed},
    {"__class_getitem__", "cls, item, /", make_generic_alias, "", MethodKind::Class},
};

}  // namespace

std::span<const Method> list_methods() { return kMethods; }

}  // namespace gradpad::lang
