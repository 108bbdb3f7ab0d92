// Sums and norms without the rounding errors of adding one by one.
#pragma once

#include <vector>

namespace gradpad::lang {

/// The exact sum of the numbers, rounded once. OverflowError or ValueError as math.fsum.
double exact_sum(const std::vector<double>& values);
/// sqrt(sum(x * x)), nearly always correctly rounded.
double vector_norm(std::vector<double> values);

}  // namespace gradpad::lang
