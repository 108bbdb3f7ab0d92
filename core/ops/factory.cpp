// Making tensors from sizes and ranges.
#include "gradpad/ops/factory.h"

#include <cmath>

#include "ops/host.h"

namespace gradpad {

void check_sizes(const Shape& size) {
  for (int64_t n : size) {
    if (n < 0) {
      fail("Trying to create tensor with negative dimension ", n, ": ", to_string(size));
    }
  }
}

Variable full(const Shape& size, const Scalar& value, std::optional<DType> dtype,
              bool requires_grad, Device device) {
  check_sizes(size);
  return Variable(Tensor::full(size, value, dtype.value_or(value.dtype()), device), requires_grad);
}

Variable zeros(const Shape& size, std::optional<DType> dtype, bool requires_grad, Device device) {
  check_sizes(size);
  return Variable(Tensor::zeros(size, dtype.value_or(default_dtype()), device), requires_grad);
}

Variable ones(const Shape& size, std::optional<DType> dtype, bool requires_grad, Device device) {
  return full(size, 1, dtype.value_or(default_dtype()), requires_grad, device);
}

namespace {

/// Element i of the result is `value(i)`, computed in double or int64 and rounded once.
template <class T, class F>
Tensor generate(int64_t count, F value) {
  const auto out = ops::HostArray<T>::empty({count});
  for (int64_t i = 0; i < count; ++i) out[i] = static_cast<T>(value(i));
  return out.on(Device());
}

Scalar to_kind(const Scalar& value, bool integral) {
  return integral ? Scalar(value.to_int()) : Scalar(value.to_double());
}

}  // namespace

Variable arange(const Scalar& start, const Scalar& end, const Scalar& step,
                std::optional<DType> dtype) {
  const bool any_float = start.is_float() || end.is_float() || step.is_float();
  const DType type = dtype.value_or(any_float ? default_dtype() : DType::Int64);
  if (type == DType::Bool) fail("\"arange_cpu\" not implemented for 'Bool'");
  const bool integral = is_integral(type);
  const Scalar from = to_kind(start, integral), to = to_kind(end, integral),
               by = to_kind(step, integral);
  const double first = from.to_double(), last = to.to_double(), stride = by.to_double();
  if (stride == 0) fail("step must be nonzero");
  if (!std::isfinite(first) || !std::isfinite(last)) {
    fail("unsupported range: ", first, " -> ", last);
  }
  if ((stride > 0 && last < first) || (stride < 0 && last > first)) {
    fail("upper bound and larger bound inconsistent with step sign");
  }
  const double exact = std::ceil((last - first) / stride);
  if (exact > 9e18) fail("invalid size, possible overflow?");
  const auto count = static_cast<int64_t>(exact);
  return Variable(dispatch(type, [&]<class T>() {
    if constexpr (std::is_integral_v<T>) {
      return generate<T>(count,
                         [a = from.to_int(), s = by.to_int()](int64_t i) { return a + s * i; });
    } else {
      return generate<T>(count, [=](int64_t i) { return first + stride * static_cast<double>(i); });
    }
  }));
}

namespace {

/// linspace with `map` applied to each value. The second half counts back from the end, so that the
/// end is exact; steps are taken in the type of the result, integers in double, as PyTorch does.
template <class Map>
Variable spaced(const Scalar& start, const Scalar& end, int64_t steps, std::optional<DType> dtype,
                Map map) {
  if (steps < 0) fail("number of steps must be non-negative");
  return Variable(dispatch(dtype.value_or(default_dtype()), [&]<class T>() {
    using Step = std::conditional_t<std::is_floating_point_v<T>, T, double>;
    const auto first = static_cast<Step>(start.to<T>()), last = static_cast<Step>(end.to<T>());
    const Step step = steps > 1 ? (last - first) / static_cast<Step>(steps - 1) : Step(0);
    const int64_t halfway = steps / 2;
    return generate<T>(steps, [=](int64_t i) {
      if (steps == 1 || i < halfway) return map(first + step * static_cast<Step>(i));
      return map(last - step * static_cast<Step>(steps - i - 1));
    });
  }));
}

}  // namespace

Variable linspace(const Scalar& start, const Scalar& end, int64_t steps,
                  std::optional<DType> dtype) {
  return spaced(start, end, steps, dtype, [](auto value) { return value; });
}

Variable logspace(const Scalar& start, const Scalar& end, int64_t steps, double base,
                  std::optional<DType> dtype) {
  return spaced(start, end, steps, dtype,
                [base](auto value) { return std::pow(base, static_cast<double>(value)); });
}

Variable eye(int64_t n, std::optional<int64_t> m, std::optional<DType> dtype) {
  if (n < 0) fail("n must be greater or equal to 0, got ", n);
  if (m && *m < 0) fail("m must be greater or equal to 0, got ", *m);
  const int64_t columns = m.value_or(n);
  Tensor result = Tensor::zeros({n, columns}, dtype.value_or(default_dtype()));
  result.diagonal(0, 0, 1).fill(1);
  return Variable(std::move(result));
}

}  // namespace gradpad
