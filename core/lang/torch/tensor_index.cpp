// x[...] and x[...] = value: from the key of the language to indices.
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/views.h"
#include "lang/torch/convert.h"
#include "lang/torch/from_data.h"
#include "lang/torch/tensor_slots.h"

namespace gradpad::lang {

namespace {

std::optional<int64_t> slice_part(Runtime& rt, const Value& v) {
  if (v.is_none()) return std::nullopt;
  const auto number = to_int(rt, v);
  if (!number) {
    fail(ErrorKind::Type, "slice indices must be integers or None or have an __index__ method");
  }
  return number;
}

SliceIndex to_slice(Runtime& rt, const Slice& slice) {
  SliceIndex out{slice_part(rt, slice.start), slice_part(rt, slice.stop),
                 slice_part(rt, slice.step)};
  if (out.step && *out.step == 0) fail(ErrorKind::Value, "slice step cannot be zero");
  if (out.step && *out.step < 0) fail(ErrorKind::Value, "step must be greater than zero");
  return out;
}

Index index_from_list(Runtime& rt, const Value& v) {
  Tensor data = tensor_from_data(rt, v, std::nullopt);
  if (data.numel() == 0) data = data.to(DType::Int64);
  return Variable(std::move(data));
}

Index to_index(Runtime& rt, const Value& v) {
  switch (v.tag()) {
    case Tag::Int:
      return v.as_int();
    case Tag::Bool:
      return v.as_bool();
    case Tag::None:
      return NewAxis{};
    case Tag::Tensor:
      // An integer without dimensions is as good as the number.
      if (const auto number = to_int(rt, v)) return *number;
      return to_variable(v);
    default:
      break;
  }
  if (const Slice* slice = v.to<Slice>()) return to_slice(rt, *slice);
  if (v.same(rt.ellipsis())) return gradpad::Ellipsis{};
  if (v.is<Str>()) fail(ErrorKind::Type, "new(): invalid data type 'str'");
  if (v.is<List>() || v.is<Tuple>() || v.is<Range>()) return index_from_list(rt, v);
  if (const auto number = to_int(rt, v)) return *number;
  fail(ErrorKind::Index,
       "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
       "indices (got ",
       rt.type_name(v), ")");
}

/// Whether a list stands for a tuple of indices: numpy's heuristic, which PyTorch follows.
bool is_list_of_indices(Runtime& rt, const List& list) {
  if (list.size() >= 32) return false;
  for (const Value& item : list.items) {
    if (item.is_tensor() || item.is_none() || item.is<List>() || item.is<Tuple>() ||
        item.is<Slice>() || item.same(rt.ellipsis())) {
      return true;
    }
  }
  return false;
}

Indices to_indices(Runtime& rt, const Value& key) {
  Indices indices;
  const List* list = key.to<List>();
  if (key.is<Tuple>() || (list && is_list_of_indices(rt, *list))) {
    const Value keep = key;
    const std::span<const Value> items = *sequence_items(keep);
    for (const Value& item : items) indices.push_back(to_index(rt, item));
  } else {
    indices.push_back(to_index(rt, key));
  }
  return indices;
}

}  // namespace

Value tensor_get_item(Runtime& rt, const Value& self, const Value& key) {
  const Variable input = to_variable(self);
  if (key.is_int() && input.dim() > 0) {
    const int64_t i = key.as_int(), size = input.shape()[0];
    if (i < -size || i >= size) {
      fail(ErrorKind::Index, "index ", i, " is out of bounds for dimension 0 with size ", size);
    }
    return from_variable(select(input, 0, i));
  }
  return from_variable(get_index(input, to_indices(rt, key)));
}

void tensor_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value) {
  const Variable input = to_variable(self);
  const Variable given = to_operand(value);
  if (!given.defined()) {
    fail(ErrorKind::Type, "can't assign a ", rt.type_name(value), " to a ",
         tensor_type_name(input.dtype()));
  }
  set_index(input, to_indices(rt, key), given);
}

void tensor_del_item(Runtime&, const Value&, const Value&) {
  fail(ErrorKind::Type, "Tensor does not support deleting items");
}

}  // namespace gradpad::lang
