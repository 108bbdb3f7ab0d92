// Python's square brackets. Integers, slices, None and ... give a view; index tensors and masks
// then select from that view.
#include "gradpad/ops/indexing.h"

#include <limits>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/gather_map.h"
#include "ops/reduce_data.h"

namespace gradpad {

namespace {

/// What the brackets come to: a view, and the index tensors for some of its dimensions.
struct Parsed {
  Variable view;
  std::vector<Tensor> tensors;  ///< by dimension of the view; undefined where there is none
  bool advanced = false;
};

bool is_mask(const Variable& index) {
  return index.dtype() == DType::Bool || index.dtype() == DType::UInt8;
}

int64_t dims_taken(const Index& index) {
  if (std::holds_alternative<int64_t>(index) || std::holds_alternative<SliceIndex>(index)) return 1;
  if (auto* variable = std::get_if<Variable>(&index)) {
    return is_mask(*variable) ? variable->dim() : 1;
  }
  return 0;
}

/// One column of places per dimension of the mask.
std::vector<Tensor> mask_places(const Variable& mask, const Variable& view, int64_t dim) {
  for (int64_t d = 0; d < mask.dim(); ++d) {
    if (mask.shape()[d] != view.shape()[dim + d]) {
      fail(ErrorKind::Index, "The shape of the mask ", to_string(mask.shape()), " at index ", d,
           " does not match the shape of the indexed tensor ", to_string(view.shape()),
           " at index ", dim + d);
    }
  }
  const Tensor places = nonzero(Variable(mask.data().to(view.device()).to(DType::Bool))).data();
  std::vector<Tensor> columns;
  for (int64_t d = 0; d < mask.dim(); ++d) columns.push_back(places.select(1, d).contiguous());
  return columns;
}

Variable apply_slice(const Variable& view, int64_t dim, const SliceIndex& index) {
  const int64_t step = index.step.value_or(1);
  if (step == 0) fail(ErrorKind::Value, "slice step cannot be zero");
  if (step < 0) fail(ErrorKind::Value, "step must be greater than zero");
  const int64_t stop = index.stop.value_or(std::numeric_limits<int64_t>::max());
  const int64_t start = index.start.value_or(0);
  const int64_t size = view.shape()[dim];
  if (start == 0 && stop >= size && step == 1) return view;
  return slice(view, dim, start, stop, step);
}

/// `source`: which dimension of the indexed tensor this is, for the text of the error.
Variable apply_integer(const Variable& view, int64_t dim, int64_t index, int64_t source) {
  const int64_t size = view.shape()[dim];
  if (index < -size || index >= size) {
    fail(ErrorKind::Index, "index ", index, " is out of bounds for dimension ", source,
         " with size ", size);
  }
  return select(view, dim, index);
}

Parsed parse(const Variable& input, const Indices& indices) {
  int64_t taken = 0;
  for (const Index& index : indices) taken += dims_taken(index);
  if (input.dim() == 0 && taken > 0 && std::holds_alternative<int64_t>(indices.front())) {
    fail(ErrorKind::Index,
         "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in "
         "C++ to convert a 0-dim tensor to a number");
  }
  if (taken > input.dim()) {
    fail(ErrorKind::Index, "too many indices for tensor of dimension ", input.dim());
  }
  Parsed parsed{input, {}, false};
  int64_t dim = 0, source = 0;
  const auto put = [&](const Tensor& tensor, int64_t at) {
    parsed.tensors.resize(std::max<size_t>(parsed.tensors.size(), static_cast<size_t>(at) + 1));
    parsed.tensors[static_cast<size_t>(at)] = tensor;
    parsed.advanced = true;
  };
  for (const Index& index : indices) {
    Variable& view = parsed.view;
    if (auto* number = std::get_if<int64_t>(&index)) {
      view = apply_integer(view, dim, *number, source);
    } else if (auto* range = std::get_if<SliceIndex>(&index)) {
      view = apply_slice(view, dim++, *range);
    } else if (std::holds_alternative<Ellipsis>(index)) {
      dim += input.dim() - taken;
      source += input.dim() - taken;
    } else if (std::holds_alternative<NewAxis>(index)) {
      view = unsqueeze(view, dim++);
    } else if (auto* flag = std::get_if<bool>(&index)) {
      view = unsqueeze(view, dim);
      put(Tensor::zeros({*flag ? 1 : 0}, DType::Int64, view.device()), dim++);
    } else {
      const Variable& tensor = std::get<Variable>(index);
      if (is_mask(tensor) && tensor.dim() > 0) {
        for (Tensor& column : mask_places(tensor, view, dim)) put(column, dim++);
      } else if (is_mask(tensor)) {
        view = unsqueeze(view, dim);
        put(Tensor::zeros({tensor.item().truth() ? 1 : 0}, DType::Int64, view.device()), dim++);
      } else if (tensor.dtype() == DType::Int64) {
        // Indices may come from the host.
        put(tensor.data().to(view.device()), dim++);
      } else {
        fail(ErrorKind::Index, "tensors used as indices must be long, byte or bool tensors");
      }
    }
    source += dims_taken(index);
  }
  return parsed;
}

Shape broadcast_indices(const std::vector<Tensor>& tensors) {
  Shape shape;
  std::string shapes;
  for (const Tensor& tensor : tensors) {
    if (tensor.defined()) shapes += (shapes.empty() ? "" : ", ") + to_string(tensor.shape());
  }
  for (const Tensor& tensor : tensors) {
    if (!tensor.defined()) continue;
    try {
      shape = broadcast_shapes(shape, tensor.shape());
    } catch (const Error&) {
      fail(ErrorKind::Index,
           "shape mismatch: indexing tensors could not be broadcast together with shapes ", shapes);
    }
  }
  return shape;
}

/// The map that reads what the index tensors name. Their dimensions come first when the view is
/// flattened. In the result they stand where the first of them stood if they stand side by side,
/// else in front.
GatherMap make_map(const Parsed& parsed) {
  const Shape& source = parsed.view.shape();
  const int64_t dims = source.ssize();
  GatherMap map{"IndexBackward0", "IndexPutBackward0", source, {}, 1, {}, {}, {}};
  const Shape index_shape = broadcast_indices(parsed.tensors);
  Tensor places = Tensor::zeros(index_shape, DType::Int64, parsed.view.device());
  int64_t first = -1, last = -1, count = 0;
  const auto indexed = [&](int64_t d) {
    return d < static_cast<int64_t>(parsed.tensors.size()) &&
           parsed.tensors[static_cast<size_t>(d)].defined();
  };
  for (int64_t d = 0; d < dims; ++d) {
    if (!indexed(d)) continue;
    if (first < 0) first = d;
    last = d;
    ++count;
    map.source_order.push_back(d);
    const Tensor index = parsed.tensors[static_cast<size_t>(d)].expand(index_shape).contiguous();
    const int64_t wrong =
        kernels::kernels(places.device())
            .fold_index(
                places.data<int64_t>(), index.data<int64_t>(),
                {.count = places.numel(), .size = source[d], .grow = source[d], .wraps = true});
    if (wrong >= 0) {
      fail(ErrorKind::Index, "index ", index.at(wrong).to_int(), " is out of bounds for dimension ",
           d, " with size ", source[d]);
    }
  }
  map.places = places;
  map.result = index_shape;
  int64_t before = 0;
  for (int64_t d = 0; d < dims; ++d) {
    if (indexed(d)) continue;
    map.source_order.push_back(d);
    map.result.push_back(source[d]);
    map.row *= source[d];
    before += d < first;
  }
  const bool adjacent = last - first + 1 == count;
  const int64_t shift = index_shape.ssize();
  map.result_order = identity_order(map.result.ssize());
  if (adjacent && before > 0) {
    for (int64_t i = 0; i < before; ++i) map.result_order[i] = shift + i;
    for (int64_t i = 0; i < shift; ++i) map.result_order[before + i] = i;
  }
  return map;
}

}  // namespace

Variable get_index(const Variable& input, const Indices& indices) {
  Parsed parsed = parse(input, indices);
  if (parsed.advanced) return gather_rows(make_map(parsed), parsed.view);
  // `x[...]` and `x[:]` are views of their own, not x itself.
  return parsed.view.is_same(input)
             ? as_view_of(input, differentiable(
                                     "AliasBackward0", input.data(), {input}, {},
                                     [](Backward&, const Variable& g) -> Variables { return {g}; }))
             : parsed.view;
}

void set_index(const Variable& input, const Indices& indices, const Variable& value) {
  check_in_place(input);
  Parsed parsed = parse(input, indices);
  if (!parsed.advanced) {
    // A value may have more dimensions of size 1 in front than the place has.
    Variable given = value;
    while (given.dim() > parsed.view.dim() && given.shape()[0] == 1) given = select(given, 0, 0);
    copy_(parsed.view, given);
    return;
  }
  const GatherMap map = make_map(parsed);
  Shape wanted;
  for (int64_t d : map.result_order) wanted.push_back(map.result[d]);
  Variable rows = value.is_number() ? convert(value, input.dtype()) : value;
  if (rows.dim() == 0) rows = to(rows, input.device());
  while (rows.dim() > wanted.ssize() && rows.shape()[0] == 1) rows = select(rows, 0, 0);
  if (rows.shape() != wanted) {
    try {
      rows = expand(rows, wanted);
    } catch (const Error&) {
      fail("shape mismatch: value tensor of shape ", to_string(value.shape()),
           " cannot be broadcast to indexing result of shape ", to_string(wanted));
    }
  }
  if (rows.dtype() != input.dtype() && value.dim() > 0) {
    fail("Index put requires the source and destination dtypes match, got ",
         scalar_type_name(input.dtype()), " for the destination and ",
         scalar_type_name(rows.dtype()), " for the source.");
  }
  const Variable operand = in_place_operand(parsed.view);
  assign_in_place(parsed.view, replace_rows(map, "IndexPutBackward0", operand, rows));
}

Variable nonzero(const Variable& input) {
  const Tensor flags = input.data().to(DType::Bool).contiguous();
  const Dims all = ops::reduction_dims({}, flags.dim());
  const int64_t count = ops::reduce_data(kernels::ReduceOp::Sum, flags, all, false).item().to_int();
  Tensor result = Tensor::empty({count, input.dim()}, DType::Int64, flags.device());
  if (count > 0) {
    kernels::kernels(flags.device())
        .nonzero(result.data<int64_t>(), flags.data<bool>(), flags.shape().data(),
                 static_cast<int>(flags.dim()));
  }
  return Variable(result);
}

}  // namespace gradpad
