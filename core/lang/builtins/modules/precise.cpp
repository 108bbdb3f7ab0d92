// math.fsum after J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic" (1997), and
// math.hypot as CPython 3.10 does it: squares split in halves (T. J. Dekker, 1971), summed with
// their errors, and one Newton step for the root.
#include "lang/builtins/modules/precise.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lang/builtins/support.h"

namespace gradpad::lang {

double exact_sum(const std::vector<double>& values) {
  // Numbers that do not overlap, in growing order; their exact sum is the sum so far.
  std::vector<double> partials;
  double special = 0;
  double infinities = 0;
  for (double value : values) {
    double x = value;
    size_t kept = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) partials[kept++] = low;
      x = high;
    }
    partials.resize(kept);
    if (x == 0) continue;
    if (std::isfinite(x)) {
      partials.push_back(x);
      continue;
    }
    if (std::isfinite(value)) {
      fail_with(ErrorKind::Overflow, {"intermediate overflow in fsum"});
    }
    if (std::isinf(value)) infinities += value;
    special += value;
    partials.clear();
  }
  if (special != 0) {
    if (std::isnan(infinities)) fail_value({"-inf + inf in fsum"});
    return special;
  }
  if (partials.empty()) return 0;
  double high = partials.back();
  partials.pop_back();
  double low = 0;
  while (!partials.empty() && low == 0) {
    const double x = high;
    const double y = partials.back();
    partials.pop_back();
    high = x + y;
    low = y - (high - x);
  }
  // Half a unit below or above: what is left of the sum decides the rounding.
  if (!partials.empty() && ((low < 0) == (partials.back() < 0))) {
    const double y = low * 2;
    const double x = high + y;
    if (y == x - high) high = x;
  }
  return high;
}

namespace {

/// A sum that keeps what each addition rounds away.
class Compensated {
 public:
  void add(double x, double& lost) {
    const double before = sum_;
    sum_ += x;
    lost += (before - sum_) + x;
  }
  double sum() const { return sum_; }

 private:
  double sum_ = 1;  // so that every later sum has the same exponent
};

}  // namespace

double vector_norm(std::vector<double> values) {
  double largest = 0;
  bool has_nan = false;
  for (double& x : values) {
    x = std::fabs(x);
    has_nan = has_nan || std::isnan(x);
    largest = std::max(largest, x);
  }
  if (std::isinf(largest)) return largest;
  if (has_nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0 || values.size() <= 1) return largest;
  int exponent = 0;
  std::frexp(largest, &exponent);
  Compensated sum;
  double lost1 = 0;
  double lost2 = 0;
  double lost3 = 0;
  if (exponent < -1023) {
    for (double x : values) sum.add(x / largest * (x / largest), lost1);
    return largest * std::sqrt(sum.sum() - 1 + lost1);
  }
  const double scale = std::ldexp(1.0, -exponent);
  constexpr double kSplit = 134217729;  // 2^27 + 1
  const auto add_square = [&](double x, double sign) {
    const double t = x * kSplit;
    const double high = t - (t - x);
    const double low = x - high;
    sum.add(sign * (high * high), lost1);
    sum.add(sign * (2 * high * low), lost2);
    if (sign > 0) {
      lost3 += low * low;
    } else {
      sum.add(-low * low, lost3);
    }
  };
  for (double x : values) add_square(x * scale, 1);
  const double h = std::sqrt(sum.sum() - 1 + (lost1 + lost2 + lost3));
  add_square(h, -1);
  const double rest = sum.sum() - 1 + (lost1 + lost2 + lost3);
  return (h + rest / (2 * h)) / scale;
}

}  // namespace gradpad::lang
