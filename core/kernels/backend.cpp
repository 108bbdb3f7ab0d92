// Finds the backend of a device.
#include "kernels/backend.h"

#include "kernels/cpu/cpu_memory.h"

namespace gradpad {

const DeviceMemory* find_memory(DeviceType type) {
  const kernels::Backend* backend = kernels::find_backend(type);
  return backend ? backend->memory : nullptr;
}

namespace kernels {

const Backend* cpu_backend() {
  // The host's memory is had from Storage itself, and is where the others copy from and to.
  static constexpr DeviceMemory memory{nullptr, nullptr, nullptr, nullptr, cpu_copy};
  static constexpr Backend backend{&memory, &kernels};
  return &backend;
}

const Backend* find_backend(DeviceType type) {
  switch (type) {
    case DeviceType::CUDA:
      return cuda_backend();
    case DeviceType::Reference:
      return reference_backend();
    case DeviceType::CPU:
      break;
  }
  return cpu_backend();
}

const KernelTable& device_kernels(Device device) {
  const Backend* backend = find_backend(device.type);
  if (!backend) fail("device ", to_string(device), " is not available");
  return backend->kernels();
}

}  // namespace kernels
}  // namespace gradpad
