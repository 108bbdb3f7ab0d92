// Where a tensor's elements are, and what core/tensor asks of a device other than the CPU.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gradpad/tensor/dtype.h"

namespace gradpad {

enum class DeviceType : uint8_t {
  CPU,
  CUDA,
  Reference,  ///< the plain scalar backend that others are compared with; runs on the host
};

/// `torch.device`: a type and, where there can be several, which one.
struct Device {
  DeviceType type = DeviceType::CPU;
  int8_t index = -1;  ///< -1: the only one, or the current one

  constexpr bool is_cpu() const { return type == DeviceType::CPU; }
  constexpr bool operator==(const Device&) const = default;
};

/// "cpu", "cuda:0".
std::string to_string(Device device);
/// "cpu", "cuda", "reference".
std::string_view device_type_name(DeviceType type);

/// A strided array on one side of a copy. Strides in bytes; they may be negative.
struct CopySide {
  char* data = nullptr;
  DType dtype = DType::Float32;
  const int64_t* strides = nullptr;
};

/// How the memory of a device is had, given back and moved. Addresses of the device are never read
/// or written by the host; only added to.
struct DeviceMemory {
  /// Null where there is not enough; at least 64-byte aligned.
  void* (*allocate)(int8_t index, int64_t bytes);
  void (*release)(int8_t index, void* data, int64_t bytes) noexcept;
  void (*from_host)(int8_t index, void* to, const void* host, int64_t bytes);
  void (*to_host)(int8_t index, void* host, const void* from, int64_t bytes);
  /// out[...] = in[...] with conversion, over `dims` dimensions of sizes `shape`, both on the
  /// device. Floats become integers by truncation, and the smallest integer where they are NaN or
  /// out of range (uint8: the low byte of the int64); anything becomes bool by `!= 0`. The sides
  /// may not overlap unless they are the same.
  void (*copy)(CopySide out, CopySide in, const int64_t* shape, int dims);
};

/// Null where this build or this machine has no such device. Backends stand above this layer:
/// core/kernels supplies them when the program is linked.
const DeviceMemory* find_memory(DeviceType type);

/// RuntimeError: PyTorch's text about tensors on two devices.
[[noreturn]] void fail_two_devices(Device first, Device second);

}  // namespace gradpad
