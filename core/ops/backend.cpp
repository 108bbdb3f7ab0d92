// Finds the backend of a device.
#include "ops/backend.h"

#include "gradpad/tensor/error.h"

namespace gradpad::ops {

const Backend& backend_of(Device device) {
  const Backend* backend = device.type == DeviceType::CUDA        ? cuda_backend()
                           : device.type == DeviceType::Reference ? reference_backend()
                                                                  : nullptr;
  if (!backend) fail("device ", to_string(device), " is not available");
  return *backend;
}

}  // namespace gradpad::ops
