// torch.dtype, torch.device, torch.Size, torch.Generator.
#pragma once

#include "gradpad/tensor/dtype.h"
#include "gradpad/tensor/random.h"
#include "lang/objects/object.h"
#include "lang/runtime/runtime.h"

namespace gradpad::lang {

class DTypeObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  explicit DTypeObject(DType value) : Object(kKind), dtype(value) {}
  const DType dtype;
};

class DeviceObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  DeviceObject(std::string type_name, std::optional<int64_t> number)
      : Object(kKind), name(std::move(type_name)), index(number) {}
  const std::string name;
  const std::optional<int64_t> index;
};

class GeneratorObject final : public Object {
 public:
  static constexpr Kind kKind = Kind::Plain;
  /// Owns its stream, or is the thread's default one.
  explicit GeneratorObject(bool is_default) : Object(kKind), is_default_(is_default) {}
  Generator& get() { return is_default_ ? gradpad::default_generator() : own_; }

 private:
  bool is_default_;
  Generator own_;
};

/// Makes the types, in the state and in the module.
void define_basic_types(Runtime& rt, Module& torch);
/// From "cpu", "cuda:0", an index or a torch.device.
Value to_device(Runtime& rt, const Value& v);
/// The device that an argument names; nothing where it is left out or None. AssertionError, as
/// PyTorch without CUDA, or RuntimeError where it is not available.
std::optional<Device> device_argument(Runtime& rt, const Value& device);
/// A tensor's device as torch.device.
Value from_device(Runtime& rt, Device device);

}  // namespace gradpad::lang
