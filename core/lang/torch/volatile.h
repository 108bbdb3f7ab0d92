// `volatile`, as the article teaches it. In PyTorch before 0.4 a volatile Variable made everything
// computed from it volatile; since then the word only warns. Here a volatile Variable never
// requires a gradient, gradients of the others are computed as ever, and one warning in a program
// names the modern way.
#pragma once

#include "gradpad/autograd/variable.h"
#include "lang/runtime/runtime.h"
#include "lang/torch/state.h"

namespace gradpad::lang {

inline void make_volatile(Runtime& rt, const Variable& variable, bool value) {
  variable.set_volatile(value);
  TorchState& state = torch_state(rt);
  if (!value || state.warned_volatile) return;
  state.warned_volatile = true;
  rt.warn(rt.types.user_warning,
          "volatile was removed from PyTorch 0.4. Here a volatile Variable never requires a "
          "gradient; in new programs use `with torch.no_grad():` instead.");
}

}  // namespace gradpad::lang
