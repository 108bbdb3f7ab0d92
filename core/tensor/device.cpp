// Names of devices, and the error about two of them.
#include "gradpad/tensor/device.h"

#include "gradpad/tensor/error.h"

namespace gradpad {

std::string_view device_type_name(DeviceType type) {
  switch (type) {
    case DeviceType::CUDA:
      return "cuda";
    case DeviceType::Reference:
      return "reference";
    case DeviceType::CPU:
      break;
  }
  return "cpu";
}

std::string to_string(Device device) {
  std::string text(device_type_name(device.type));
  if (device.index >= 0) text += ":" + std::to_string(device.index);
  return text;
}

void fail_two_devices(Device first, Device second) {
  fail("Expected all tensors to be on the same device, but found at least two devices, ",
       to_string(first), " and ", to_string(second), "!");
}

}  // namespace gradpad
