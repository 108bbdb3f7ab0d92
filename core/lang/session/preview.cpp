// A tensor as the page shows it: shape, text, the first values and where they lie.
#include <cmath>

#include "gradpad/tensor/print.h"
#include "lang/session/graph_record.h"

namespace gradpad::lang {

namespace {

constexpr int64_t kValues = 64;
// Up to three hundred nodes are described after every run: their texts must be short.
constexpr double kTextThreshold = 200;

struct Extent {
  double min = 0, max = 0, sum = 0;
  int64_t count = 0;

  template <class T>
  void add(const T* data, int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
      const auto value = static_cast<double>(data[i]);
      if (!std::isfinite(value)) continue;
      if (count++ == 0) min = max = value;
      min = std::min(min, value);
      max = std::max(max, value);
      sum += value;
    }
  }
};

}  // namespace

Preview preview_of(const Tensor& tensor) {
  Preview out;
  out.shape.assign(tensor.shape().begin(), tensor.shape().end());
  out.dtype = std::string(dtype_name(tensor.dtype()));
  PrintOptions options = print_options();
  options.threshold = std::min(options.threshold, kTextThreshold);
  const Tensor data = tensor.cpu().contiguous();
  out.text = to_string(data, options);
  Extent range;
  dispatch(tensor.dtype(), [&]<class T>() {
    const T* values = data.data<T>();
    range.add(values, data.numel());
    for (int64_t i = 0; i < std::min(kValues, data.numel()); ++i) {
      out.values.push_back(static_cast<double>(values[i]));
    }
  });
  if (range.count > 0) {
    out.min = range.min;
    out.max = range.max;
    out.mean = range.sum / static_cast<double>(range.count);
  }
  return out;
}

}  // namespace gradpad::lang
