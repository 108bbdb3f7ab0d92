// Whether operations record what they do.
#include "gradpad/autograd/grad_mode.h"

namespace gradpad {

namespace {

thread_local bool grad_enabled = true;

}  // namespace

bool GradMode::is_enabled() noexcept { return grad_enabled; }
void GradMode::set_enabled(bool enabled) noexcept { grad_enabled = enabled; }

}  // namespace gradpad
