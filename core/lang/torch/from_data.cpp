// Nested sequences become tensors in three walks: the shape, from the first items; the dtype, from
// all; and the elements.
#include "lang/torch/from_data.h"

#include "gradpad/ops/factory.h"
#include "lang/torch/arguments.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/convert.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

constexpr int64_t kMaxDepth = 64;

/// What PyTorch's PySequence_Check lets through.
bool is_sequence(const Value& v) {
  return v.is<List>() || v.is<Tuple>() || v.is<Range>() || v.is<Str>();
}

int64_t sequence_size(const Value& v) {
  if (const List* list = v.to<List>()) return list->size();
  if (const Tuple* tuple = v.to<Tuple>()) return tuple->size();
  if (const Range* range = v.to<Range>()) return range->count;
  return v.as<Str>()->length();
}

Value sequence_item(Runtime& rt, const Value& v, int64_t i) {
  if (const List* list = v.to<List>()) return list->items[static_cast<size_t>(i)];
  if (const Tuple* tuple = v.to<Tuple>()) return (*tuple)[i];
  if (const Range* range = v.to<Range>()) return Value(range->at(i));
  return rt.get_item(v, Value(i));
}

/// A tensor among the items: its dimensions are those of a sequence.
bool is_nested(const Value& v) {
  return is_sequence(v) || (v.is_tensor() && tensor_impl(v)->data.dim() > 0);
}

int64_t nested_size(const Value& v) {
  return v.is_tensor() ? tensor_impl(v)->data.shape()[0] : sequence_size(v);
}

Value nested_item(Runtime& rt, const Value& v, int64_t i) {
  if (!v.is_tensor()) return sequence_item(rt, v, i);
  return from_variable(Variable(tensor_impl(v)->data.select(0, i)));
}

Dims shape_of(Runtime& rt, Value v) {
  Dims shape;
  while (is_nested(v)) {
    const int64_t size = nested_size(v);
    shape.push_back(size);
    if (const Str* text = v.to<Str>(); text && size == 1) {
      fail(ErrorKind::Value, "too many dimensions 'str'");
    }
    if (shape.ssize() > kMaxDepth) {
      fail(ErrorKind::Value, "too many dimensions '", rt.type_name(v), "'");
    }
    if (size == 0) break;
    v = nested_item(rt, v, 0);
  }
  return shape;
}

DType infer(Runtime& rt, const Value& v, int64_t depth) {
  if (v.is_number()) return to_scalar(v).dtype();
  if (v.is_tensor()) return tensor_impl(v)->data.dtype();
  if (v.is<Str>()) fail(ErrorKind::Type, "new(): invalid data type 'str'");
  if (!is_sequence(v)) fail("Could not infer dtype of ", rt.type_name(v));
  if (depth > kMaxDepth) fail(ErrorKind::Value, "too many dimensions '", rt.type_name(v), "'");
  const int64_t size = sequence_size(v);
  if (size == 0) return default_dtype();
  if (v.is<Range>()) return DType::Int64;
  std::optional<DType> dtype;
  for (int64_t i = 0; i < size; ++i) {
    const Value item = sequence_item(rt, v, i);
    const DType own = infer(rt, item, depth + 1);
    dtype = dtype ? promote_types(*dtype, own) : own;
    // Nothing goes beyond this.
    if (*dtype == DType::Float64) break;
  }
  return *dtype;
}

/// Writes elements in row-major order.
template <class T>
class Writer {
 public:
  Writer(Runtime& rt, const Dims& shape, T* out) : rt_(rt), shape_(shape), out_(out) {}

  void write(const Value& v, int64_t d) {
    if (d == shape_.ssize()) {
      *out_++ = element(v);
      return;
    }
    if (!is_nested(v)) fail(ErrorKind::Type, "not a sequence");
    const int64_t size = nested_size(v);
    if (size != shape_[d]) {
      fail(ErrorKind::Value, "expected sequence of length ", shape_[d], " at dim ", d, " (got ",
           size, ")");
    }
    if (const List* list = v.to<List>()) {
      for (int64_t i = 0; i < size; ++i) {
        // User code (an item's __float__) may have changed the list.
        if (i >= list->size()) fail(ErrorKind::Value, "list changed size during conversion");
        const Value item = list->items[static_cast<size_t>(i)];
        write(item, d + 1);
      }
      return;
    }
    for (int64_t i = 0; i < size; ++i) write(nested_item(rt_, v, i), d + 1);
  }

 private:
  T element(const Value& v) {
    if (v.is_number()) return convert(to_scalar(v));
    if (v.is_tensor()) {
      const Tensor& data = tensor_impl(v)->data;
      if (data.numel() != 1) {
        fail(ErrorKind::Value, "only one element tensors can be converted to Python scalars");
      }
      return convert(data.item());
    }
    if (v.is<Str>()) fail(ErrorKind::Type, "new(): invalid data type 'str'");
    if constexpr (std::is_floating_point_v<T>) {
      if (is_sequence(v)) {
        fail(ErrorKind::Type, "must be real number, not ", rt_.type_name(v));
      }
      return convert(Scalar(rt_.to_float(v)));
    } else if constexpr (std::is_same_v<T, bool>) {
      return rt_.truth(v);
    } else {
      return convert(Scalar(rt_.to_index(v)));
    }
  }

  T convert(const Scalar& value) {
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      constexpr auto low = static_cast<double>(std::numeric_limits<T>::lowest());
      constexpr auto high = static_cast<double>(std::numeric_limits<T>::max());
      // PyTorch lets a negative number wrap round in an unsigned type.
      const double least = std::is_unsigned_v<T> ? -high : low;
      const bool fits = value.is_float()
                            ? value.to_double() >= least && value.to_double() <= high
                            : sizeof(T) == 8 || (value.to_int() >= static_cast<int64_t>(least) &&
                                                 value.to_int() <= static_cast<int64_t>(high));
      if (!fits) {
        fail("value cannot be converted to type ", c_type(), " without overflow");
      }
      if (value.is_float()) return static_cast<T>(static_cast<int64_t>(value.to_double()));
    }
    return value.to<T>();
  }

  static const char* c_type() {
    return sizeof(T) == 1 ? "uint8" : sizeof(T) == 4 ? "int32" : "int64";
  }

  Runtime& rt_;
  const Dims& shape_;
  T* out_;
};

}  // namespace

void require_differentiable(DType dtype) {
  if (!is_floating(dtype)) {
    fail("Only Tensors of floating point and complex dtype can require gradients");
  }
}

Tensor tensor_from_data(Runtime& rt, const Value& data, std::optional<DType> dtype) {
  if (data.is_tensor()) {
    const Tensor& source = tensor_impl(data)->data;
    return dtype && *dtype != source.dtype() ? source.to(*dtype) : source.clone();
  }
  if (data.is<Str>()) fail(ErrorKind::Type, "new(): invalid data type 'str'");
  const Dims shape = shape_of(rt, data);
  const DType type = dtype ? *dtype : infer(rt, data, 0);
  Tensor result = Tensor::empty(shape, type);
  dispatch(type, [&]<class T>() { Writer<T>(rt, shape, result.data<T>()).write(data, 0); });
  return result;
}

Variable legacy_tensor(Runtime& rt, DType dtype, const Arguments& arguments) {
  if (arguments.named == 1 && arguments.positional == 0 && arguments.names[0]->view() == "data") {
    return legacy_tensor(rt, dtype, {arguments.values, 1, 0, nullptr});
  }
  if (arguments.named > 0 && arguments.names[0]->view() == "device") {
    const auto device = device_argument(rt, arguments.values[arguments.positional]);
    if (device && !device->is_cpu()) {
      const Arguments rest{arguments.values, arguments.positional, 0, nullptr};
      return Variable(legacy_tensor(rt, dtype, rest).data().to(*device));
    }
  } else if (arguments.named > 0) {
    fail(ErrorKind::Type, "new() got an unexpected keyword argument '", arguments.names[0]->view(),
         "'");
  }
  const std::span<const Value> given(arguments.values, arguments.positional);
  if (given.empty()) return Variable(Tensor::empty({0}, dtype));
  const Value& first = given[0];
  if (to_int(rt, first) && !first.is_bool() && !first.is_tensor()) {
    Dims size;
    for (size_t i = 0; i < given.size(); ++i) {
      const auto n = to_int(rt, given[i]);
      if (!n) {
        fail(ErrorKind::Type,
             "new(): argument 'size' must be tuple of ints, but found element of type ",
             full_type_name(rt, given[i]), " at pos ", i + 1);
      }
      size.push_back(*n);
    }
    // PyTorch leaves the memory as it is; here it is always the same.
    return zeros(size, dtype);
  }
  if (given.size() == 1) {
    if (rt.type_of(first) == torch_state(rt).size) {
      Dims size;
      for (const Value& n : *first.as<Tuple>()) size.push_back(n.as_int());
      return zeros(size, dtype);
    }
    if (first.is_tensor()) {
      const Variable other = to_variable(first);
      if (other.dtype() != dtype) {
        fail(ErrorKind::Type, "expected a tensor of dtype ", dtype_name(dtype), " (got ",
             dtype_name(other.dtype()), "); convert it with .to(torch.", dtype_name(dtype), ")");
      }
      return other.detach();
    }
    if (first.is<Str>()) fail(ErrorKind::Type, "new(): invalid data type 'str'");
    if (!is_sequence(first)) {
      fail(ErrorKind::Type, "new(): data must be a sequence (got ", rt.type_name(first), ")");
    }
    return Variable(tensor_from_data(rt, first, dtype));
  }
  static const ArgParser parser("new",
                                "*, Device device=None\n"
                                "Tensor other\n"
                                "int[] size, *, Device device=None\n"
                                "object data, *, Device device=None");
  parser.raise_no_match(rt, {arguments.values, arguments.positional, 0, nullptr});
}

}  // namespace gradpad::lang
