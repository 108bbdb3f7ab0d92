// Functions that make tensors of data, sizes and ranges.
#include "lang/torch/creation.h"

#include "gradpad/ops/convert.h"
#include "gradpad/ops/factory.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/from_data.h"
#include "lang/torch/native.h"
#include "tensor/layout.h"

namespace gradpad::lang {

namespace {

#define GRADPAD_OPTIONS                                                \
  "dtype? dtype=None, Device? device=None, bool requires_grad=False, " \
  "object layout=None, bool pin_memory=False"

/// Where GRADPAD_OPTIONS begin in a signature.
struct Options {
  Options(Parsed& a, size_t i, Device otherwise = {})
      : dtype(a.dtype(i)),
        device(device_argument(a.rt, a.has(i + 1) ? a.value(i + 1) : Value()).value_or(otherwise)),
        requires_grad(a.boolean(i + 2)) {}
  std::optional<DType> dtype;
  Device device;
  bool requires_grad;
};

Value finish(const Variable& on_its_device, const Options& options) {
  const Variable made = to(on_its_device, options.device);
  if (options.requires_grad) {
    require_differentiable(made.dtype());
    made.set_requires_grad(true);
  }
  return from_variable(made);
}

Value torch_tensor(Parsed& a) {
  // A copy of a tensor stays where the tensor is.
  const Options options(a, 1, a.value(0).is_tensor() ? to_variable(a.value(0)).device() : Device());
  if (a.value(0).is_tensor()) {
    a.rt.warn(a.rt.types.user_warning,
              "To copy construct from a tensor, it is recommended to use "
              "sourceTensor.clone().detach() or "
              "sourceTensor.clone().detach().requires_grad_(True), rather than "
              "torch.tensor(sourceTensor).");
  }
  const Tensor made = tensor_from_data(a.rt, a.value(0), options.dtype);
  return finish(Variable(made), options);
}

Value torch_as_tensor(Parsed& a) {
  const auto device = device_argument(a.rt, a.has(2) ? a.value(2) : Value());
  const auto dtype = a.dtype(1);
  if (a.value(0).is_tensor()) {
    const Variable given = to_variable(a.value(0));
    const bool stays = !device || *device == given.device();
    if (stays && (!dtype || *dtype == given.dtype())) return a.value(0);
  }
  const Tensor made = tensor_from_data(a.rt, a.value(0), dtype);
  return from_variable(Variable(made.to(device.value_or(made.device()))));
}

Value torch_zeros(Parsed& a) {
  const Options options(a, 1);
  return finish(zeros(a.ints(0), options.dtype, false, options.device), options);
}
Value torch_ones(Parsed& a) {
  const Options options(a, 1);
  return finish(ones(a.ints(0), options.dtype, false, options.device), options);
}
Value torch_full(Parsed& a) {
  const Options options(a, 2);
  return finish(full(a.ints(0), a.scalar(1), options.dtype, false, options.device), options);
}

/// A tensor of `value`, of the shape and the order in memory of the first argument.
Variable like(Parsed& a, const Options& options, const Scalar& value) {
  const Variable input = a.tensor(0);
  const Tensor made =
      empty_like(input.data(), options.dtype.value_or(input.dtype()), options.device);
  made.fill(value);
  return Variable(made);
}
template <int value>
Value torch_like(Parsed& a) {
  const Options options(a, 1, a.tensor(0).device());
  return finish(like(a, options, value), options);
}
Value torch_full_like(Parsed& a) {
  const Options options(a, 2, a.tensor(0).device());
  return finish(like(a, options, a.scalar(1)), options);
}

Value torch_arange(Parsed& a) {
  if (a.which == 0) {  // end
    const Options options(a, 1);
    return finish(arange(0, a.scalar(0), 1, options.dtype), options);
  }
  const Options options(a, 3);
  const Scalar step = a.has(2) ? a.scalar(2) : Scalar(1);
  return finish(arange(a.scalar(0), a.scalar(1), step, options.dtype), options);
}

/// torch.range, which includes its end.
Value torch_range(Parsed& a) {
  const Options options(a, 3);
  const Scalar step = a.has(2) ? a.scalar(2) : Scalar(1);
  a.rt.warn(a.rt.types.user_warning,
            "torch.range is deprecated and will be removed in a future release because its "
            "behavior is inconsistent with Python's range builtin. Instead, use torch.arange, "
            "which produces values in [start, end).");
  const double by = step.to_double();
  const double end = a.scalar(1).to_double() + by * 0.5;
  return finish(arange(a.scalar(0).to_double(), end, by, options.dtype.value_or(default_dtype())),
                options);
}

Value torch_linspace(Parsed& a) {
  const Options options(a, 3);
  return finish(linspace(a.scalar(0), a.scalar(1), a.integer(2), options.dtype), options);
}
Value torch_logspace(Parsed& a) {
  const Options options(a, 4);
  return finish(logspace(a.scalar(0), a.scalar(1), a.integer(2), a.real(3, 10), options.dtype),
                options);
}
Value torch_eye(Parsed& a) {
  const bool square = a.which == 0;
  const Options options(a, square ? 1 : 2);
  const auto columns = square ? std::nullopt : std::optional(a.integer(1));
  return finish(eye(a.integer(0), columns, options.dtype), options);
}

constexpr TorchFunction kFunctions[] = {
    {"tensor", "object data, *, " GRADPAD_OPTIONS, torch_tensor,
     "A tensor with a copy of the data: a number, or nested lists of numbers."},
    {"as_tensor", "object data, dtype? dtype=None, Device? device=None", torch_as_tensor,
     "The data as a tensor; a tensor of that dtype is returned as it is."},
    {"zeros", "int[] size, *, " GRADPAD_OPTIONS, torch_zeros, "A tensor of zeros."},
    {"empty", "int[] size, *, " GRADPAD_OPTIONS ", object memory_format=None", torch_zeros,
     "A tensor whose elements are to be written. Here they are zeros."},
    {"ones", "int[] size, *, " GRADPAD_OPTIONS, torch_ones, "A tensor of ones."},
    {"full", "int[] size, Scalar fill_value, *, " GRADPAD_OPTIONS, torch_full,
     "A tensor with every element `fill_value`."},
    {"zeros_like", "Tensor input, *, " GRADPAD_OPTIONS ", object memory_format=None", torch_like<0>,
     "Zeros, of the shape and dtype of another tensor."},
    {"empty_like", "Tensor input, *, " GRADPAD_OPTIONS ", object memory_format=None", torch_like<0>,
     "As torch.empty, of the shape and dtype of another tensor."},
    {"ones_like", "Tensor input, *, " GRADPAD_OPTIONS ", object memory_format=None", torch_like<1>,
     "Ones, of the shape and dtype of another tensor."},
    {"full_like",
     "Tensor input, Scalar fill_value, *, " GRADPAD_OPTIONS ", object memory_format=None",
     torch_full_like},
    {"arange",
     "Scalar end, *, " GRADPAD_OPTIONS
     "\nScalar start, Scalar end, Scalar step=1, *, " GRADPAD_OPTIONS,
     torch_arange, "start, start + step, … before end."},
    {"range", "Scalar start, Scalar end, Scalar step=1, *, " GRADPAD_OPTIONS, torch_range},
    {"linspace", "Scalar start, Scalar end, int steps, *, " GRADPAD_OPTIONS, torch_linspace,
     "`steps` values from start to end, both included."},
    {"logspace", "Scalar start, Scalar end, int steps, float base=10, *, " GRADPAD_OPTIONS,
     torch_logspace, "base to the powers of linspace(start, end, steps)."},
    {"eye", "int n, *, " GRADPAD_OPTIONS "\nint n, int m, *, " GRADPAD_OPTIONS, torch_eye,
     "Ones on the diagonal, zeros elsewhere."},
};

/// torch.FloatTensor: callable, and a class to isinstance.
class TensorConstructor final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  explicit TensorConstructor(DType value) : Object(kKind), dtype(value) {}
  const DType dtype;
};

const TensorConstructor& constructor_of(const Value& v) { return *v.as<TensorConstructor>(); }

std::string short_name(const Value& self) {
  return std::string(tensor_type_name(constructor_of(self).dtype)).substr(6);
}

Value constructor_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return from_variable(legacy_tensor(rt, constructor_of(self).dtype, arguments));
}
Value constructor_repr(Runtime& rt, const Value& self) {
  return rt.make_str("<class 'torch." + short_name(self) + "'>");
}
Value constructor_check(Runtime&, Value* a) {
  return Value(a[1].is_tensor() && tensor_impl(a[1])->data.dtype() == constructor_of(a[0]).dtype);
}
constexpr Method kConstructorMethods[] = {
    {"__instancecheck__", "self, instance, /", constructor_check},
};
constexpr Getter kConstructorGetters[] = {
    {"__name__",
     [](Runtime& rt, const Value& self) { return Value(rt.make_str(short_name(self))); }},
    {"__module__", [](Runtime& rt, const Value&) { return Value(rt.make_str("torch")); }},
    {"dtype",
     [](Runtime& rt, const Value& self) { return from_dtype(rt, constructor_of(self).dtype); }},
};

}  // namespace

void add_creation_functions(Runtime& rt, Module& torch) { add_functions(rt, torch, kFunctions); }

void add_tensor_constructors(Runtime& rt, Module& torch) {
  Type* type = rt.make_type("tensortype", nullptr,
                            TypeSpec{.slots = {.repr = constructor_repr, .call = constructor_call},
                                     .methods = kConstructorMethods,
                                     .getters = kConstructorGetters},
                            "torch")
                   .get();
  for (DType dtype : kDTypes) {
    const Value constructor = rt.make_of<TensorConstructor>(type, dtype);
    torch.set(rt.intern(short_name(constructor)).get(), constructor);
  }
}

}  // namespace gradpad::lang
