// The Variables that JavaScript holds, each under a number that is checked whenever it comes back.
#pragma once

#include <cstdint>

#include "gradpad/autograd/variable.h"

namespace gradpad::web {

/// 0 is the undefined Variable; any other stands for one reference until it is released.
using HandleId = uint32_t;

HandleId give(const Variable& variable);
/// RuntimeError where the number is none that was given out, or was released.
Variable held(HandleId handle);
/// Nothing happens where `held` would throw.
void release(HandleId handle) noexcept;

}  // namespace gradpad::web
