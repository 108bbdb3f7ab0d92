// torch.dtype, torch.device and torch.Size.
#include "lang/torch/basic_types.h"

#include <charconv>

#include "lang/runtime/attribute_access.h"
#include "lang/torch/arguments.h"
#include "lang/torch/random_module.h"
#include "lang/torch/state.h"
#include "tensor/number_text.h"

namespace gradpad::lang {

namespace {

// --- dtype ---------------------------------------------------------------------------------------

DType dtype_of_self(const Value& self) { return self.as<DTypeObject>()->dtype; }

Value dtype_repr(Runtime& rt, const Value& self) {
  return rt.make_str("torch." + std::string(dtype_name(dtype_of_self(self))));
}
constexpr Getter kDTypeGetters[] = {
    {"is_floating_point",
     [](Runtime&, const Value& self) { return Value(is_floating(dtype_of_self(self))); }},
    {"is_complex", [](Runtime&, const Value&) { return Value(false); }},
    {"is_signed",
     [](Runtime&, const Value& self) {
       const DType dtype = dtype_of_self(self);
       return Value(dtype != DType::UInt8 && dtype != DType::Bool);
     }},
    {"itemsize", [](Runtime&, const Value& self) { return Value(item_size(dtype_of_self(self))); }},
};

// --- device --------------------------------------------------------------------------------------

const DeviceObject& device_of(const Value& self) { return *self.as<DeviceObject>(); }

Value device_repr(Runtime& rt, const Value& self) {
  const DeviceObject& device = device_of(self);
  std::string out = "device(type='" + device.name + "'";
  if (device.index) out += concat(", index=", *device.index);
  return rt.make_str(out + ")");
}
Value device_str(Runtime& rt, const Value& self) {
  const DeviceObject& device = device_of(self);
  return rt.make_str(device.index ? concat(device.name, ":", *device.index) : device.name);
}
Value device_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || rt.type_of(other) != torch_state(rt).device) {
    return rt.not_implemented();
  }
  const bool equal = device_of(self).name == device_of(other).name &&
                     device_of(self).index == device_of(other).index;
  return Value(equal == (op == CompareOp::Eq));
}
int64_t device_hash(Runtime& rt, const Value& self) { return rt.hash(device_str(rt, self)); }
Value device_make(Runtime& rt, Type*, const Arguments& arguments) {
  if (arguments.positional == 2 && arguments.named == 0 && arguments.values[0].is<Str>()) {
    return rt.make_of<DeviceObject>(torch_state(rt).device, arguments.values[0].as<Str>()->text(),
                                    rt.to_index(arguments.values[1]));
  }
  if (arguments.positional + arguments.named != 1) {
    fail(ErrorKind::Type, "Device() missing 1 required positional arguments: \"device\"");
  }
  return to_device(rt, arguments.values[0]);
}
constexpr Getter kDeviceGetters[] = {
    {"type",
     [](Runtime& rt, const Value& self) { return Value(rt.make_str(device_of(self).name)); }},
    {"index",
     [](Runtime&, const Value& self) {
       return device_of(self).index ? Value(*device_of(self).index) : Value::none();
     }},
};

// --- Size ----------------------------------------------------------------------------------------

Value size_repr(Runtime& rt, const Value& self) {
  std::string out = "torch.Size([";
  const Tuple& tuple = *self.as<Tuple>();
  for (int64_t i = 0; i < tuple.size(); ++i) {
    out += (i == 0 ? "" : ", ") + rt.repr(tuple[i])->text();
  }
  return rt.make_str(out + "])");
}

/// What is made of sizes is a Size too.
Value as_size(Runtime& rt, Value value) {
  const Tuple* tuple = value.to<Tuple>();
  Type* type = torch_state(rt).size;
  if (!tuple || tuple->type() == type) return value;
  Ref<Tuple> size = rt.make_of<Tuple>(type, tuple->size());
  std::copy(tuple->begin(), tuple->end(), size->begin());
  return size;
}

Value size_get_item(Runtime& rt, const Value& self, const Value& key) {
  return as_size(rt, rt.types.tuple->slots.get_item(rt, self, key));
}
Value size_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  return as_size(rt, rt.types.tuple->slots.binary(rt, op, a, b));
}
Value size_make(Runtime& rt, Type*, const Arguments& arguments) {
  if (arguments.positional == 0) return from_shape(rt, {});
  const Values items = rt.to_values(arguments.values[0]);
  Ref<Tuple> size = rt.make_of<Tuple>(torch_state(rt).size, static_cast<int64_t>(items.size()));
  for (size_t i = 0; i < items.size(); ++i) {
    const auto item = to_int(rt, items[i]);
    if (!item) {
      fail(ErrorKind::Type, "torch.Size() takes an iterable of 'int' (item ", i, " is '",
           full_type_name(rt, items[i]), "')");
    }
    (*size)[static_cast<int64_t>(i)].set_int(*item);
  }
  return size;
}
Value size_numel(Runtime&, Value* a) {
  int64_t count = 1;
  for (const Value& item : *a[0].as<Tuple>()) count *= item.as_int();
  return Value(count);
}
constexpr Method kSizeMethods[] = {
    {"numel", "self, /", size_numel, "Returns the number of elements a tensor of this size has."},
};

constexpr struct {
  const char* name;
  DType dtype;
} kDTypeNames[] = {
    {"float32", DType::Float32}, {"float", DType::Float32}, {"float64", DType::Float64},
    {"double", DType::Float64},  {"int64", DType::Int64},   {"long", DType::Int64},
    {"int32", DType::Int32},     {"int", DType::Int32},     {"uint8", DType::UInt8},
    {"bool", DType::Bool},
};

/// One that this build and machine have, beside the CPU.
std::optional<DeviceType> available_device(std::string_view name) {
  for (const DeviceType type : {DeviceType::CUDA, DeviceType::Reference}) {
    if (name == device_type_name(type) && find_memory(type)) return type;
  }
  return std::nullopt;
}

}  // namespace

Value to_device(Runtime& rt, const Value& v) {
  TorchState& state = torch_state(rt);
  if (rt.type_of(v) == state.device) return v;
  if (v.is_int()) {
    return rt.make_of<DeviceObject>(state.device, "cuda", v.as_int());
  }
  const Str* text = v.to<Str>();
  if (!text) {
    fail(ErrorKind::Type, "Device(): argument 'device' (position 1) must be torch.device, not ",
         full_type_name(rt, v));
  }
  const std::string_view whole = text->view();
  const size_t colon = whole.find(':');
  const std::string name(whole.substr(0, colon));
  std::optional<int64_t> index;
  if (colon != std::string_view::npos) {
    int64_t number = 0;
    const std::string_view digits = whole.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
    if (error != std::errc() || end != digits.end()) {
      fail("Invalid device string: '", whole, "'");
    }
    index = number;
  }
  if (name != "cpu" && name != "cuda" && name != "mps" && name != "meta" && name != "xpu" &&
      !available_device(name)) {
    fail(
        "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, ort, "
        "xla, lazy, vulkan, mps, meta, hpu, privateuseone device type at start of device string: ",
        name);
  }
  return rt.make_of<DeviceObject>(state.device, name, index);
}

std::optional<Device> device_argument(Runtime& rt, const Value& device) {
  if (device.is_unbound() || device.is_none()) return std::nullopt;
  const Value object = to_device(rt, device);
  const std::string& name = device_of(object).name;
  if (name == "cpu") return Device();
  if (const auto type = available_device(name)) {
    const int64_t index = device_of(object).index.value_or(-1);
    return Device{*type, static_cast<int8_t>(*type == DeviceType::Reference ? -1 : index)};
  }
  const Ref<Exception> exception =
      name == "cuda"
          ? rt.make_exception(rt.types.assertion_error, "Torch not compiled with CUDA enabled")
          : rt.make_exception(rt.types.runtime_error, concat("device ", name, " is not available"));
  exception->hint = {HintId::cpu_only};
  rt.raise(exception);
}

Value from_device(Runtime& rt, Device device) {
  const TorchState& state = torch_state(rt);
  if (device.is_cpu()) return state.cpu;
  return rt.make_of<DeviceObject>(
      state.device, std::string(device_type_name(device.type)),
      device.index < 0 ? std::nullopt : std::optional<int64_t>(device.index));
}

void define_basic_types(Runtime& rt, Module& torch) {
  TorchState& state = torch_state(rt);
  const auto publish = [&](const char* name, Value value) {
    torch.set(rt.intern(name).get(), std::move(value));
  };
  state.dtype =
      rt.make_type("dtype", nullptr,
                   TypeSpec{.slots = {.repr = dtype_repr}, .getters = kDTypeGetters}, "torch")
          .get();
  publish("dtype", Value(state.dtype));
  for (DType dtype : kDTypes) {
    state.dtypes[static_cast<size_t>(dtype)] = rt.make_of<DTypeObject>(state.dtype, dtype);
  }
  for (const auto& [name, dtype] : kDTypeNames) publish(name, from_dtype(rt, dtype));

  state.device = rt.make_type("device", nullptr,
                              TypeSpec{.slots = {.repr = device_repr,
                                                 .str = device_str,
                                                 .hash = device_hash,
                                                 .compare = device_compare,
                                                 .make = device_make},
                                       .getters = kDeviceGetters},
                              "torch")
                     .get();
  publish("device", Value(state.device));
  state.cpu = rt.make_of<DeviceObject>(state.device, "cpu", std::nullopt);

  state.size = rt.make_type("Size", rt.types.tuple,
                            TypeSpec{.slots = {.repr = size_repr,
                                               .binary = size_binary,
                                               .get_item = size_get_item,
                                               .make = size_make},
                                     .methods = kSizeMethods},
                            "torch")
                   .get();
  publish("Size", Value(state.size));
  define_generator(rt, torch);
}

}  // namespace gradpad::lang
