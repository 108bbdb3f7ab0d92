// Checks derivatives against central differences.
#pragma once

#include <functional>
#include <string>

#include "gradpad/autograd/variable.h"

namespace gradpad {

using CheckedFunction = std::function<Variables(const Variables& inputs)>;

struct GradcheckOptions {
  double eps = 1e-6;
  double atol = 1e-5;
  double rtol = 1e-3;
};

/// Empty when, for every element of every float64 input that requires a gradient, backward agrees
/// with (f(x + eps) - f(x - eps)) / (2 eps); else which output and input differ, and how. The
/// function must not keep state between calls. Inputs should not sit at a kink.
std::string gradcheck(const CheckedFunction& function, const Variables& inputs,
                      const GradcheckOptions& options = {});

/// The same for the gradients of `function` themselves, that is, for second derivatives.
std::string gradgradcheck(const CheckedFunction& function, const Variables& inputs,
                          const GradcheckOptions& options = {});

}  // namespace gradpad
