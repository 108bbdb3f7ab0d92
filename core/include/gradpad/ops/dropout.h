// Dropout: elements set to zero by chance while training.
#pragma once

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// Each element is 0 with probability p, else divided by 1 - p; `input` itself where not training.
/// ValueError unless 0 <= p <= 1.
Variable dropout(const Variable& input, double p = 0.5, bool train = true);
/// The same for whole channels: [N, C, ...], one chance for each N and C.
Variable feature_dropout(const Variable& input, double p = 0.5, bool train = true);
/// Dropout that keeps mean and variance of what selu gives.
Variable alpha_dropout(const Variable& input, double p = 0.5, bool train = true);

}  // namespace gradpad
