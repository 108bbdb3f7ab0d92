// Methods of tensors that are not operations: the graph, conversions, what the tensor is.
#include "lang/torch/tensor_methods.h"
#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/ops/convert.h"
#include "lang/torch/autograd_module.h"
#include "lang/torch/basic_types.h"
#include "lang/torch/graph_objects.h"
#include "lang/torch/native.h"
#include "lang/torch/state.h"
#include "lang/torch/tensor_slots.h"

namespace gradpad::lang {

namespace {

// --- The graph -----------------------------------------------------------------------------------

Value method_backward(Parsed& a) {
  Values roots{*a.self};
  run_backward(a.rt, roots, a.has(0) ? Values{a.value(0)} : Values(),
               a.has(1) ? std::optional(a.rt.truth(a.value(1))) : std::nullopt, a.boolean(2),
               a.has(3) ? a.value(3) : Value());
  return Value::none();
}

Value method_detach(Parsed& a) { return from_variable(a.self_tensor().detach()); }

Value method_detach_in_place(Parsed& a) {
  const Variable self = a.self_tensor();
  if (self.impl()->view()) {
    fail(
        "Can't detach views in-place. Use detach() instead. If you are using "
        "DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as True, "
        "gradients are views of DDP buckets, and hence detach_() cannot be called on these "
        "gradients.");
  }
  self.impl()->grad_fn.reset();
  self.impl()->requires_grad = false;
  return *a.self;
}

Value method_requires_grad_(Parsed& a) {
  const Variable self = a.self_tensor();
  const bool value = a.boolean(0, true);
  if (value && !is_floating(self.dtype())) {
    fail("only Tensors of floating point dtype can require gradients");
  }
  self.set_requires_grad(value);
  return *a.self;
}

Value method_retain_grad(Parsed& a) {
  a.self_tensor().retain_grad();
  return Value::none();
}

Value method_register_hook(Parsed& a) { return add_tensor_hook(a.rt, a.self_tensor(), a.value(0)); }

// --- Numbers and lists
// -----------------------------------------------------------------------------

Value method_item(Parsed& a) { return from_scalar(single_item(a.self_tensor())); }

Value list_of(Runtime& rt, const Tensor& data, int64_t d, int64_t& position) {
  if (d == data.dim()) return from_scalar(data.at(position++));
  Values items;
  items.reserve(static_cast<size_t>(data.shape()[d]));
  for (int64_t i = 0; i < data.shape()[d]; ++i) items.push_back(list_of(rt, data, d + 1, position));
  return rt.make_list(std::move(items));
}
Value method_tolist(Parsed& a) {
  int64_t position = 0;
  return list_of(a.rt, a.self_tensor().data().contiguous(), 0, position);
}

Value method_float(Parsed& a) { return Value(single_item(a.self_tensor()).to_double()); }
Value method_int(Parsed& a) {
  const Scalar item = single_item(a.self_tensor());
  return a.rt.call(Value(a.rt.types.integer), {from_scalar(item)});
}
Value method_index(Parsed& a) {
  const Variable self = a.self_tensor();
  if (is_floating(self.dtype()) || self.numel() != 1) {
    fail(ErrorKind::Type, "only integer tensors of a single element can be converted to an index");
  }
  return Value(self.item().to_int());
}

Value method_numpy(Parsed& a) {
  if (a.self_tensor().requires_grad()) {
    fail("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
  }
  const Ref<Exception> error =
      a.rt.make_exception(a.rt.types.runtime_error, "Numpy is not available");
  error->hint = {HintId::no_numpy};
  a.rt.raise(error);
}

// --- Dims
// -----------------------------------------------------------------------------------------

Value method_size(Parsed& a) {
  const Tensor& data = tensor_impl(*a.self)->data;
  return a.has(0) ? Value(data.size(a.integer(0))) : from_shape(a.rt, data.shape());
}
Value method_stride(Parsed& a) {
  const Tensor& data = tensor_impl(*a.self)->data;
  if (a.has(0)) return Value(data.stride(a.integer(0)));
  Ref<Tuple> out = a.rt.make<Tuple>(data.dim());
  for (int64_t i = 0; i < data.dim(); ++i) (*out)[i] = Value(data.strides()[i]);
  return out;
}
Value method_dim(Parsed& a) { return Value(tensor_impl(*a.self)->data.dim()); }
Value method_numel(Parsed& a) { return Value(tensor_impl(*a.self)->data.numel()); }
Value method_element_size(Parsed& a) {
  return Value(item_size(tensor_impl(*a.self)->data.dtype()));
}
Value method_storage_offset(Parsed& a) { return Value(tensor_impl(*a.self)->data.offset()); }
Value method_is_contiguous(Parsed& a) { return Value(tensor_impl(*a.self)->data.is_contiguous()); }
Value method_data_ptr(Parsed& a) {
  return Value(reinterpret_cast<intptr_t>(tensor_impl(*a.self)->data.bytes()));
}
Value method_is_floating_point(Parsed& a) {
  return Value(is_floating(tensor_impl(*a.self)->data.dtype()));
}
Value method_is_complex(Parsed&) { return Value(false); }
Value method_is_signed(Parsed& a) {
  const DType dtype = tensor_impl(*a.self)->data.dtype();
  return Value(dtype != DType::UInt8 && dtype != DType::Bool);
}
Value method_get_device(Parsed&) { return Value(-1); }
Value method_is_same_size(Parsed& a) {
  return Value(a.self_tensor().shape() == a.tensor(0).shape());
}

// --- Conversions
// -------------------------------------------------------------------------------------

Value converted(const Value& self, DType dtype, bool copy = false) {
  const Variable variable = to_variable(self);
  if (variable.dtype() != dtype) return from_variable(convert(variable, dtype));
  return copy ? from_variable(clone(variable)) : self;
}

Value moved(const Value& self, Device device, DType dtype, bool copy) {
  const Variable variable = to_variable(self);
  if (variable.device() == device) return converted(self, dtype, copy);
  return from_variable(convert(to(variable, device), dtype));
}

Value method_to(Parsed& a) {
  switch (a.which) {
    case 0:  // dtype, non_blocking, copy
      return converted(*a.self, *a.dtype(0), a.boolean(2));
    case 1:  // other
      return moved(*a.self, a.tensor(0).device(), a.tensor(0).dtype(), a.boolean(2));
    default: {  // device, dtype, non_blocking, copy
      const auto device = device_argument(a.rt, a.has(0) ? a.value(0) : Value());
      const DType dtype = a.dtype(1).value_or(a.self_tensor().dtype());
      if (!device) return converted(*a.self, dtype, a.boolean(3));
      return moved(*a.self, *device, dtype, a.boolean(3));
    }
  }
}

Value method_type(Parsed& a) {
  const Variable self = a.self_tensor();
  if (!a.has(0)) return a.rt.make_str(std::string(tensor_type_name(self.dtype())));
  const Value& wanted = a.value(0);
  if (const auto dtype = to_dtype(a.rt, wanted)) return converted(*a.self, *dtype);
  std::string name;
  if (const Str* text = wanted.to<Str>()) {
    name = text->text();
  } else if (const Value attribute = a.rt.find_attr(wanted, a.rt.intern("__name__").get());
             attribute.is<Str>()) {
    name = "torch." + attribute.as<Str>()->text();
  }
  for (DType dtype : kDTypes) {
    if (name == tensor_type_name(dtype)) return converted(*a.self, dtype);
  }
  fail(ErrorKind::Value, "invalid type: ", a.rt.repr(wanted)->view());
}

Value method_cuda(Parsed& a) {
  const auto device = device_argument(a.rt, a.rt.make_str("cuda"));
  return moved(*a.self, *device, a.self_tensor().dtype(), false);
}

// --- Copies
// ------------------------------------------------------------------------------------------

Value method_copy(Parsed& a) {
  const Variable self = a.self_tensor();
  Variable copy(self.data(), self.is_leaf() && self.requires_grad());
  return from_variable(self.is_leaf() ? copy : self);
}

Value method_deepcopy(Parsed& a) {
  const Variable self = a.self_tensor();
  if (!self.is_leaf()) {
    fail(
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol "
        "at the moment");
  }
  Variable copy(self.data().clone(), self.requires_grad());
  if (self.grad().defined()) copy.set_grad(Variable(self.grad().data().clone()));
  Type* type = a.rt.type_of(*a.self);
  if (type != a.rt.types.tensor) set_tensor_type(a.rt, copy, type);
  return from_variable(copy);
}

constexpr TorchFunction kMethods[] = {
    {"backward",
     "Tensor? gradient=None, object retain_graph=None, bool create_graph=False, object inputs=None",
     method_backward,
     "Adds the gradients with respect to the graph's leaves to their `grad`. `gradient` may be "
     "left "
     "out where this tensor has one element."},
    {"detach", "", method_detach, "The same data outside the graph."},
    {"detach_", "", method_detach_in_place, "Takes this tensor out of the graph."},
    {"requires_grad_", "bool requires_grad=True", method_requires_grad_,
     "Whether operations on this tensor are to be recorded."},
    {"retain_grad", "", method_retain_grad, "Keeps the gradient of a non-leaf in `grad`."},
    {"register_hook", "object hook", method_register_hook,
     "Calls hook(grad) whenever the gradient has been computed; what it returns replaces it."},
    {"item", "", method_item, "The one element as a number."},
    {"tolist", "", method_tolist, "The elements as nested lists."},
    {"__float__", "", method_float},
    {"__int__", "", method_int},
    {"__index__", "", method_index},
    {"numpy", "*, bool force=False", method_numpy},
    {"size", "int? dim=None", method_size, "The sizes of all dimensions, or of one."},
    {"stride", "int? dim=None", method_stride, "Steps between neighbours, in elements."},
    {"dim", "", method_dim, "The number of dimensions."},
    {"ndimension", "", method_dim, "Alias of dim()."},
    {"numel", "", method_numel, "The number of elements."},
    {"nelement", "", method_numel, "Alias of numel()."},
    {"element_size", "", method_element_size, "Bytes of an element."},
    {"storage_offset", "", method_storage_offset},
    {"is_contiguous", "*, object memory_format=None", method_is_contiguous},
    {"data_ptr", "", method_data_ptr},
    {"is_floating_point", "", method_is_floating_point},
    {"is_complex", "", method_is_complex},
    {"is_signed", "", method_is_signed},
    {"get_device", "", method_get_device},
    {"is_same_size", "Tensor other", method_is_same_size},
    {"to",
     "dtype dtype, bool non_blocking=False, bool copy=False, *, object memory_format=None\n"
     "Tensor other, bool non_blocking=False, bool copy=False, *, object memory_format=None\n"
     "Device? device=None, dtype? dtype=None, bool non_blocking=False, bool copy=False, *, "
     "object memory_format=None",
     method_to, "Converted to a dtype; the device can only be the CPU."},
    {"type", "object dtype=None, bool non_blocking=False", method_type,
     "The name of the tensor's type, or the tensor converted to another."},
    {"cuda", "Device? device=None, bool non_blocking=False, *, object memory_format=None",
     method_cuda},
    {"__copy__", "", method_copy},
    {"__deepcopy__", "object memo", method_deepcopy},
};

}  // namespace

void add_tensor_methods(Runtime& rt, Type* type) { add_methods(rt, type, kMethods); }

}  // namespace gradpad::lang
