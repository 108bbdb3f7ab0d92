// One call of an op, on the CPU and on the reference device, which must agree: results, gradients,
// and the texts of errors.
#pragma once

#include <optional>
#include <string>

#include "op_samples.h"

namespace gradpad::testing {

/// The device of the plain scalar backend.
inline constexpr Device kReference{DeviceType::Reference};

/// How far apart results may be, in units of the last place of the largest value that goes into a
/// call or comes out of it: less would ask for a relative accuracy of differences that cancel.
///
/// The reference computes each kernel in a wider type and rounds once. The CPU's kernels are within
/// 2 units for a function, and within about log2(n) of the largest term for a sum of n; what an op
/// does in several kernels adds up, and gradients go through one to five of them, cancelling here
/// and there (1 - tanh(x)^2).
struct Bound {
  double forward = 32;
  double gradient = 256;
};

struct Comparison {
  std::optional<std::string> wrong;
  bool is_error = false;  ///< both devices gave the same error
};

/// The tensors among `args` are on the CPU.
Comparison compare(const Op& op, const Args& args, const Bound& bound = {});

}  // namespace gradpad::testing
