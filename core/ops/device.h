// The device that several operands share.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad::ops {

/// The CPU where there are none; undefined ones count for nothing. PyTorch's RuntimeError where two
/// are on different devices.
template <class Operands>
Device device_of(const Operands& operands) {
  const Variable* first = nullptr;
  for (const Variable& operand : operands) {
    if (!operand.defined()) continue;
    if (!first) first = &operand;
    if (operand.device() != first->device()) {
      fail_two_devices(first->device(), operand.device());
    }
  }
  return first ? first->device() : Device();
}

}  // namespace gradpad::ops
