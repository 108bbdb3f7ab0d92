// Functions of torch that ask about tensors and types, and its settings.
#include "lang/torch/torch_functions.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "gradpad/ops/factory.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/tensor/print.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/native.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

namespace {

// --- Questions
// -------------------------------------------------------------------------------------

Value torch_is_tensor(Parsed& a) { return Value(a.value(0).is_tensor()); }
Value torch_numel(Parsed& a) { return Value(a.tensor(0).numel()); }
Value torch_is_floating_point(Parsed& a) { return Value(is_floating(a.tensor(0).dtype())); }
Value torch_is_complex(Parsed&) { return Value(false); }
Value torch_is_nonzero(Parsed& a) { return Value(a.rt.truth(a.value(0))); }
Value torch_typename(Parsed& a) {
  const Value& v = a.value(0);
  if (v.is_tensor()) return a.rt.make_str(std::string(tensor_type_name(a.tensor(0).dtype())));
  return a.rt.make_str(full_type_name(a.rt, v));
}

/// The two tensors of `input.f(other)` or `f(input, other)`.
struct Pair {
  explicit Pair(Parsed& a)
      : first(a.self ? a.self_tensor() : a.tensor(0)),
        second(a.tensor(a.self ? 0 : 1)),
        next(a.self ? 1 : 2) {}
  Variable first, second;
  size_t next;  ///< the parameter behind them
};

Value torch_equal(Parsed& a) {
  const Pair pair(a);
  if (pair.first.shape() != pair.second.shape()) return Value(false);
  return Value(all(eq(pair.first.detach(), pair.second.detach())).item().truth());
}

/// |input - other| <= atol + rtol * |other|, and equal values (infinities too) are close.
Tensor close(Parsed& a) {
  const Pair pair(a);
  const Variable x = pair.first.detach(), y = pair.second.detach();
  if (x.dtype() != y.dtype()) {
    fail(scalar_type_name(x.dtype()), " did not match ", scalar_type_name(y.dtype()));
  }
  const double rtol = a.real(pair.next, 1e-5), atol = a.real(pair.next + 1, 1e-8);
  Variable result = eq(x, y);
  if (a.boolean(pair.next + 2)) result = logical_or(result, logical_and(isnan(x), isnan(y)));
  const Variable difference = abs(x - y);
  return logical_or(result, logical_and(isfinite(difference),
                                        le(difference, abs(y) * rtol + Variable(atol))))
      .data();
}
Value torch_isclose(Parsed& a) { return from_variable(Variable(close(a))); }
Value torch_allclose(Parsed& a) { return Value(all(Variable(close(a))).item().truth()); }

// --- Types
// -----------------------------------------------------------------------------------------

Value torch_promote_types(Parsed& a) {
  return from_dtype(a.rt, promote_types(*a.dtype(0), *a.dtype(1)));
}
Value torch_result_type(Parsed& a) {
  Promotion promotion;
  for (size_t i = 0; i < 2; ++i) {
    const Variable v = a.tensor(i);
    promotion.add(v.is_number() ? v.item().dtype() : v.dtype(), v.dim(), v.is_number());
  }
  return from_dtype(a.rt, promotion.result());
}
Value torch_can_cast(Parsed& a) {
  const DType from = *a.dtype(0), to = *a.dtype(1);
  const bool loses =
      (is_floating(from) && !is_floating(to)) || (from != DType::Bool && to == DType::Bool);
  return Value(!loses);
}
Value torch_broadcast_shapes(Runtime& rt, Value* a) {
  Dims shape;
  for (const Value& one : *a[0].as<Tuple>()) {
    Dims own;
    if (const auto items = sequence_items(one)) {
      for (const Value& n : *items) own.push_back(rt.to_index(n));
    } else {
      own.push_back(rt.to_index(one));
    }
    shape = broadcast_shapes(shape, own);
  }
  return from_shape(rt, shape);
}

// --- finfo and iinfo
// ---------------------------------------------------------------------------------

class InfoObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  explicit InfoObject(DType value) : Object(kKind), dtype(value) {}
  const DType dtype;
};

struct FloatLimits {
  double eps, max, tiny, resolution;
};
FloatLimits float_limits(const Value& self) {
  if (self.as<InfoObject>()->dtype == DType::Float32) {
    using L = std::numeric_limits<float>;
    return {L::epsilon(), L::max(), L::min(), 1e-6};
  }
  using L = std::numeric_limits<double>;
  return {L::epsilon(), L::max(), L::min(), 1e-15};
}
std::pair<int64_t, int64_t> int_limits(const Value& self) {
  switch (self.as<InfoObject>()->dtype) {
    case DType::UInt8:
      return {0, 255};
    case DType::Int32:
      return {std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()};
    case DType::Bool:
      return {0, 1};
    default:
      return {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()};
  }
}
Value info_dtype(Runtime& rt, const Value& self) {
  return rt.make_str(std::string(dtype_name(self.as<InfoObject>()->dtype)));
}
Value info_bits(Runtime&, const Value& self) {
  return Value(8 * item_size(self.as<InfoObject>()->dtype));
}

constexpr Getter kFinfoGetters[] = {
    {"eps", [](Runtime&, const Value& v) { return Value(float_limits(v).eps); }},
    {"max", [](Runtime&, const Value& v) { return Value(float_limits(v).max); }},
    {"min", [](Runtime&, const Value& v) { return Value(-float_limits(v).max); }},
    {"tiny", [](Runtime&, const Value& v) { return Value(float_limits(v).tiny); }},
    {"smallest_normal", [](Runtime&, const Value& v) { return Value(float_limits(v).tiny); }},
    {"resolution", [](Runtime&, const Value& v) { return Value(float_limits(v).resolution); }},
    {"bits", info_bits},
    {"dtype", info_dtype},
};
constexpr Getter kIinfoGetters[] = {
    {"max", [](Runtime&, const Value& v) { return Value(int_limits(v).second); }},
    {"min", [](Runtime&, const Value& v) { return Value(int_limits(v).first); }},
    {"bits", info_bits},
    {"dtype", info_dtype},
};

Value finfo_repr(Runtime& rt, const Value& self) {
  const FloatLimits limits = float_limits(self);
  return rt.make_str(concat("finfo(resolution=", limits.resolution, ", min=", -limits.max,
                            ", max=", limits.max, ", eps=", limits.eps,
                            ", smallest_normal=", limits.tiny, ", tiny=", limits.tiny,
                            ", dtype=", dtype_name(self.as<InfoObject>()->dtype), ")"));
}
Value iinfo_repr(Runtime& rt, const Value& self) {
  const auto [low, high] = int_limits(self);
  return rt.make_str(concat("iinfo(min=", static_cast<double>(low),
                            ", max=", static_cast<double>(high),
                            ", dtype=", dtype_name(self.as<InfoObject>()->dtype), ")"));
}

DType info_argument(Runtime& rt, const Arguments& arguments, const char* name) {
  if (arguments.positional + arguments.named != 1) {
    fail(ErrorKind::Type, name, "() missing 1 required positional arguments: \"type\"");
  }
  const auto dtype = to_dtype(rt, arguments.values[0]);
  if (!dtype) {
    fail(ErrorKind::Type, name, "(): argument 'type' (position 1) must be torch.dtype, not ",
         full_type_name(rt, arguments.values[0]));
  }
  return *dtype;
}
Value finfo_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  if (arguments.positional == 0) return rt.make_of<InfoObject>(cls, default_dtype());
  const DType dtype = info_argument(rt, arguments, "finfo");
  if (!is_floating(dtype)) {
    fail(ErrorKind::Type,
         "torch.finfo() requires a floating point input type. Use torch.iinfo to "
         "handle 'torch.finfo'");
  }
  return rt.make_of<InfoObject>(cls, dtype);
}
Value iinfo_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const DType dtype = info_argument(rt, arguments, "iinfo");
  if (is_floating(dtype)) {
    fail(ErrorKind::Type,
         "torch.iinfo() requires an integer input type. Use torch.finfo to handle "
         "'torch.iinfo'");
  }
  return rt.make_of<InfoObject>(cls, dtype);
}

// --- Settings
// ----------------------------------------------------------------------------------------

Value torch_get_default_dtype(Parsed& a) { return from_dtype(a.rt, default_dtype()); }
Value torch_set_default_dtype(Parsed& a) {
  set_default_dtype(*a.dtype(0));
  return Value::none();
}
Value torch_set_printoptions(Parsed& a) {
  PrintOptions& options = print_options();
  if (a.has(4)) {
    const std::string profile = a.string(4);
    options = {};
    if (profile == "short") {
      options.precision = 2;
      options.edgeitems = 2;
    } else if (profile == "full") {
      options.threshold = std::numeric_limits<double>::infinity();
    }
  }
  if (a.has(0)) options.precision = static_cast<int>(std::clamp<int64_t>(a.integer(0), 0, 60));
  if (a.has(1)) options.threshold = a.real(1);
  if (a.has(2)) options.edgeitems = std::max<int64_t>(a.integer(2), 0);
  if (a.has(3)) options.linewidth = std::max<int64_t>(a.integer(3), 1);
  options.sci_mode = a.has(5) ? std::optional(a.boolean(5)) : std::nullopt;
  return Value::none();
}
Value torch_get_num_threads(Parsed&) { return Value(1); }
Value torch_ignored(Parsed&) { return Value::none(); }

/// Dimensions, as tensordot's `name`, which is argument number `position`.
Dims dims_of(Parsed& a, const Value& v, const char* name, int position) {
  Dims dims;
  const auto items = sequence_items(v);
  for (size_t i = 0; items && i < items->size(); ++i) {
    if (const auto item = to_int(a.rt, (*items)[i])) dims.push_back(*item);
  }
  if (items && dims.size() == items->size()) return dims;
  fail(ErrorKind::Type, "tensordot(): argument '", name, "' (position ", position,
       ") must be tuple of ints, not ", full_type_name(a.rt, v));
}

/// Its pairs of dimensions come as one argument in Python, as two in the operation.
Value torch_tensordot(Parsed& a) {
  const Variable input = a.tensor(0), other = a.tensor(1);
  if (a.which == 0) return from_variable(tensordot(input, other, a.integer(2, 2)));
  const auto pair = sequence_items(a.value(2));
  if (!pair || pair->size() != 2) {
    fail(ErrorKind::Value, "not enough values to unpack (expected 2, got ", pair ? pair->size() : 0,
         ")");
  }
  return from_variable(tensordot(input, other, dims_of(a, (*pair)[0], "dims_self", 3),
                                 dims_of(a, (*pair)[1], "dims_other", 4)));
}

constexpr TorchFunction kFunctions[] = {
    {"is_tensor", "object obj", torch_is_tensor, "Whether the object is a tensor."},
    {"numel", "Tensor input", torch_numel, "The number of elements."},
    {"is_floating_point", "Tensor input", torch_is_floating_point},
    {"is_complex", "Tensor input", torch_is_complex},
    {"is_nonzero", "Tensor input", torch_is_nonzero},
    {"typename", "object o", torch_typename},
    {"equal", "Tensor input, Tensor other", torch_equal,
     "Whether two tensors have the same shape and elements."},
    {"isclose",
     "Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False",
     torch_isclose, "Whether elements are close: |input - other| <= atol + rtol * |other|."},
    {"allclose",
     "Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False",
     torch_allclose, "Whether all elements are close."},
    {"tensordot", "Tensor a, Tensor b, int dims=2\nTensor a, Tensor b, object dims",
     torch_tensordot,
     "Sums of products over the last `dims` dimensions of `a` and the first of `b`, or over the "
     "dimensions in the two lists that `dims` holds."},
    {"promote_types", "dtype type1, dtype type2", torch_promote_types},
    {"result_type", "Tensor|Scalar tensor1, Tensor|Scalar tensor2", torch_result_type},
    {"can_cast", "dtype from, dtype to", torch_can_cast},
    {"get_default_dtype", "", torch_get_default_dtype},
    {"set_default_dtype", "dtype d", torch_set_default_dtype},
    {"set_printoptions",
     "int? precision=None, float? threshold=None, int? edgeitems=None, int? linewidth=None, "
     "str? profile=None, bool? sci_mode=None",
     torch_set_printoptions, "How tensors are printed."},
    {"get_num_threads", "", torch_get_num_threads},
    {"set_num_threads", "int n", torch_ignored},
    {"use_deterministic_algorithms", "bool mode, *, bool warn_only=False", torch_ignored},
};
constexpr TorchFunction kMethods[] = {
    {"equal", "Tensor other", torch_equal},
    {"isclose", "Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False",
     torch_isclose},
    {"allclose", "Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False",
     torch_allclose},
    {"is_nonzero", "", [](Parsed& a) { return Value(a.rt.truth(*a.self)); }},
};
constexpr Method kPlainFunctions[] = {
    {"broadcast_shapes", "*shapes", torch_broadcast_shapes,
     "The shape that all of them broadcast to."},
};

/// A name that is only compared: torch.strided, torch.preserve_format.
class Token final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  explicit Token(std::string text_) : Object(kKind), text(std::move(text_)) {}
  const std::string text;
};

}  // namespace

void add_torch_functions(Runtime& rt, Module& torch) {
  add_functions(rt, torch, kFunctions);
  add_methods(rt, rt.types.tensor, kMethods);
  const auto publish = [&](const char* name, Value value) {
    torch.set(rt.intern(name).get(), std::move(value));
  };
  for (const Method& method : kPlainFunctions) publish(method.name, rt.make_native(method));
  publish("finfo", rt.make_type("finfo", nullptr,
                                TypeSpec{.slots = {.repr = finfo_repr, .make = finfo_make},
                                         .getters = kFinfoGetters},
                                "torch"));
  publish("iinfo", rt.make_type("iinfo", nullptr,
                                TypeSpec{.slots = {.repr = iinfo_repr, .make = iinfo_make},
                                         .getters = kIinfoGetters},
                                "torch"));
  publish("pi", Value(std::numbers::pi));
  publish("e", Value(std::numbers::e));
  publish("inf", Value(std::numeric_limits<double>::infinity()));
  publish("nan", Value(std::numeric_limits<double>::quiet_NaN()));
  const auto repr_token = [](Runtime& r, const Value& self) {
    return Value(r.make_str("torch." + self.as<Token>()->text));
  };
  Type* layout =
      rt.make_type("layout", nullptr, TypeSpec{.slots = {.repr = repr_token}}, "torch").get();
  Type* format =
      rt.make_type("memory_format", nullptr, TypeSpec{.slots = {.repr = repr_token}}, "torch")
          .get();
  publish("strided", rt.make_of<Token>(layout, "strided"));
  for (const char* name : {"contiguous_format", "preserve_format"}) {
    publish(name, rt.make_of<Token>(format, name));
  }
}

}  // namespace gradpad::lang
