// Broadcasting of several tensors, grids, and counting of integers.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/views.h"
#include "ops/device.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

Variables broadcast_tensors(const Variables& tensors) {
  Shape shape;
  for (const Variable& v : tensors) shape = broadcast_shapes(shape, v.shape());
  Variables result;
  for (const Variable& v : tensors) {
    result.push_back(v.shape() == shape ? v : expand(v, shape));
  }
  return result;
}

Variables meshgrid(const Variables& given, const std::string& indexing) {
  if (given.empty()) fail("meshgrid expects a non-empty TensorList");
  if (indexing != "ij" && indexing != "xy") {
    fail("torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: ", indexing);
  }
  // "xy" is "ij" with the first two tensors exchanged.
  const bool swap = indexing == "xy" && given.size() >= 2;
  Variables tensors = given;
  if (swap) std::swap(tensors[0], tensors[1]);
  Shape shape;
  for (const Variable& v : tensors) {
    if (v.dim() > 1) {
      fail("torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ", repr(v));
    }
    if (v.dtype() != tensors[0].dtype()) {
      fail("meshgrid expects all tensors to have the same dtype");
    }
    shape.push_back(v.numel());
  }
  Variables result;
  for (size_t i = 0; i < tensors.size(); ++i) {
    Shape own(tensors.size(), 1);
    own[i] = shape[i];
    result.push_back(expand(view(tensors[i], own), shape));
  }
  if (swap) std::swap(result[0], result[1]);
  return result;
}

namespace {

Variables meshgrid_optional(const Variables& tensors, const std::optional<std::string>& indexing) {
  return meshgrid(tensors, indexing.value_or("ij"));
}

Variable cartesian_prod(const Variables& tensors) {
  if (tensors.size() == 1) return tensors[0];
  Variables columns;
  for (const Variable& grid : meshgrid(tensors)) columns.push_back(flatten(grid));
  return stack(columns, 1);
}

}  // namespace

Variable one_hot(const Variable& input, int64_t num_classes) {
  if (input.dtype() != DType::Int64) fail("one_hot is only applicable to index tensor.");
  const ops::HostArray<int64_t> value(input.data());
  if (value.size() == 0 && num_classes <= 0) {
    fail("Can not infer total number of classes from empty tensor.");
  }
  int64_t largest = -1;
  for (const int64_t c : value) {
    if (c < 0) fail("Class values must be non-negative.");
    largest = std::max(largest, c);
  }
  if (num_classes == -1) {
    num_classes = largest + 1;
  } else if (largest >= num_classes) {
    fail("Class values must be smaller than num_classes.");
  }
  Shape shape = input.shape();
  shape.push_back(num_classes);
  const auto ones = ops::HostArray<int64_t>::zeros(shape);
  for (int64_t i = 0; i < value.size(); ++i) ones[i * num_classes + value[i]] = 1;
  return Variable(ones.on(input.device()));
}

Variable bincount(const Variable& input, const Variable& weights, int64_t minlength) {
  if (!is_integral(input.dtype())) {
    fail("\"bincount_cpu\" not implemented for '", scalar_type_name(input.dtype()), "'");
  }
  if (minlength < 0) fail("minlength should be >= 0");
  const ops::HostArray<int64_t> values(input.data());
  int64_t bins = minlength;
  for (const int64_t value : values) {
    if (value < 0) fail("bincount only supports 1-d non-negative integral inputs.");
    bins = std::max(bins, value + 1);
  }
  if (input.dim() != 1) fail("bincount only supports 1-d non-negative integral inputs.");
  if (!weights.defined()) {
    const auto counts = ops::HostArray<int64_t>::zeros({bins});
    for (const int64_t value : values) ++counts[value];
    return Variable(counts.on(input.device()));
  }
  if (weights.dim() != 1 || weights.numel() != values.size()) {
    fail("weights should be 1-d and have the same length as input");
  }
  const DType type = weights.dtype() == DType::Float32 ? DType::Float32 : DType::Float64;
  ops::device_of(Variables{input, weights});
  return Variable(dispatch_floating(type, "bincount", [&]<class T>() {
    const auto sums = ops::HostArray<T>::zeros({bins});
    const ops::HostArray<T> weight(weights.data());
    for (int64_t i = 0; i < values.size(); ++i) sums[values[i]] += weight[i];
    return sums.on(input.device());
  }));
}

Variable histc(const Variable& input, int64_t bins, double min, double max) {
  if (!is_floating(input.dtype())) {
    fail("\"histogram_cpu\" not implemented for '", scalar_type_name(input.dtype()), "'");
  }
  if (bins <= 0) fail("torch.histogram(): bins must be > 0, but got ", bins, " for dimension 0");
  if (max < min) fail("torch.histc: max must be larger than min");
  return Variable(dispatch_floating(input.dtype(), "histogram_cpu", [&]<class T>() {
    const ops::HostArray<T> values(input.data());
    const auto counts = ops::HostArray<T>::zeros({bins});
    if (min == max && values.size() > 0) {
      min = static_cast<double>(*std::min_element(values.begin(), values.end()));
      max = static_cast<double>(*std::max_element(values.begin(), values.end()));
    }
    if (min == max) {
      min -= 1;
      max += 1;
    }
    if (!std::isfinite(min) || !std::isfinite(max)) {
      fail("torch.histogram: range of [", min, ", ", max, "] is not finite");
    }
    const T low = static_cast<T>(min), high = static_cast<T>(max);
    for (const T value : values) {
      if (!(value >= low && value <= high)) continue;
      const auto place = static_cast<int64_t>((value - low) / (high - low) * static_cast<T>(bins));
      counts[std::min(place, bins - 1)] += 1;
    }
    return counts.on(input.device());
  }));
}

Unique unique(const Variable& input) {
  std::vector<int64_t> order(static_cast<size_t>(input.numel()));
  std::iota(order.begin(), order.end(), 0);
  const auto inverse = ops::HostArray<int64_t>::empty(input.shape());
  std::vector<int64_t> firsts, counts;
  Tensor values;
  dispatch(input.dtype(), [&]<class T>() {
    const ops::HostArray<T> value(input.data());
    std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
      // NaN stands last.
      if (value[a] != value[a]) return false;
      if (value[b] != value[b]) return true;
      return value[a] < value[b];
    });
    for (size_t i = 0; i < order.size(); ++i) {
      if (i == 0 || value[order[i]] != value[order[i - 1]]) {
        firsts.push_back(order[i]);
        counts.push_back(0);
      }
      ++counts.back();
      inverse[order[i]] = static_cast<int64_t>(firsts.size()) - 1;
    }
    const auto different = ops::HostArray<T>::empty({static_cast<int64_t>(firsts.size())});
    for (int64_t i = 0; i < different.size(); ++i) {
      different[i] = value[firsts[static_cast<size_t>(i)]];
    }
    values = different.on(input.device());
  });
  const Tensor counted = Tensor::from(std::span<const int64_t>(counts), values.shape());
  return {Variable(values), Variable(inverse.on(input.device())),
          Variable(counted.to(input.device()))};
}

namespace {

/// One tensor, or as many as were asked for.
Arg call_unique(std::span<const Arg> args) {
  const Unique found = unique(boxing::From<Variable>::get(args[0]));
  const bool inverse = boxing::From<bool>::get(args[2]), counts = boxing::From<bool>::get(args[3]);
  if (!args[4].is_none()) {
    fail(ErrorKind::NotImplemented, "unique() along a dimension is not available");
  }
  if (!inverse && !counts) return found.values;
  Variables results{found.values};
  if (inverse) results.push_back(found.inverse);
  if (counts) results.push_back(found.counts);
  return boxing::result(results);
}

}  // namespace

GRADPAD_DEFINE_OP(broadcast_tensors, "broadcast_tensors(Tensor(a)... tensors) -> Tensor(a)[]",
                  "Views of the tensors that have one common shape.\n"
                  "Derivative: g summed over what was broadcast.\n"
                  "Shape: the common one, for each.\n"
                  "Dtypes: any; each keeps its own.\n"
                  "Errors: RuntimeError where the shapes do not broadcast.",
                  "[T[2,1], T[3]]", kTorch, boxed<&broadcast_tensors>);
GRADPAD_DEFINE_OP(
    meshgrid, "meshgrid(Tensor(a)... tensors, *, str? indexing=None) -> Tensor(a)[]",
    "Coordinates of a grid, one tensor for each given. indexing: 'ij', where dimension i belongs "
    "to tensor i, or 'xy', where the first two are exchanged.\n"
    "Derivative: g summed over the other dimensions.\n"
    "Shape: [n1, n2, …] for each.\n"
    "Dtypes: one for all.\n"
    "Errors: RuntimeError for more than one dimension, or another indexing.",
    "[T[2], T[3]]; [T[2], T[3]], indexing='xy'", kTorch, boxed<&meshgrid_optional>);
GRADPAD_DEFINE_OP(cartesian_prod, "cartesian_prod(Tensor... tensors) -> Tensor",
                  "All combinations of the vectors' elements, as rows.\n"
                  "Derivative: g summed over the combinations that hold an element.\n"
                  "Shape: [product of the sizes, number of tensors]; a single vector as it is.\n"
                  "Dtypes: one for all.\n"
                  "Errors: RuntimeError for a tensor that is no vector.",
                  "[T[2], T[3]]", kTorch, boxed<&cartesian_prod>);
GRADPAD_DEFINE_OP(
    one_hot, "one_hot(Tensor input, int num_classes=-1) -> Tensor",
    "1 at the class each element names, 0 elsewhere, in a new last dimension; int64. num_classes "
    "-1: one more than the largest.\n"
    "Derivative: none.\n"
    "Shape: that of `input` with num_classes behind.\n"
    "Dtypes: int64.\n"
    "Errors: RuntimeError for another type, negative classes, or classes not below num_classes.",
    "none: gives integers or bool", kFunctional, boxed<&one_hot>);
GRADPAD_DEFINE_OP(bincount,
                  "bincount(Tensor input, Tensor? weights=None, int minlength=0) -> Tensor",
                  "How often 0, 1, 2, ... occur, or the sums of their weights.\n"
                  "Derivative: none.\n"
                  "Shape: [max(minlength, largest + 1)].\n"
                  "Dtypes: integers; the result is int64, or float64 with weights.\n"
                  "Errors: RuntimeError for negative elements or more than one dimension.",
                  "none: gives integers or bool", kEverywhere, boxed<&bincount>);
GRADPAD_DEFINE_OP(
    histc, "histc(Tensor input, int bins=100, float min=0, float max=0) -> Tensor",
    "Counts of elements in equal ranges from min to max, or of the data's range where both are "
    "0.\n"
    "Derivative: none.\n"
    "Shape: [bins].\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for bins below 1, or a max below min.",
    "none: has no derivative", kEverywhere, boxed<&histc>);
GRADPAD_DEFINE_OP(
    unique,
    "unique(Tensor input, bool sorted=True, bool return_inverse=False, bool return_counts=False, "
    "int? dim=None) -> Tensor",
    "The different elements, sorted; with them, where asked for, the place of each element of the "
    "input among them, and their counts.\n"
    "Derivative: none.\n"
    "Shape: [number]; with `dim` as `input` but for that size.\n"
    "Dtypes: any; indices and counts are int64.\n"
    "Errors: IndexError for a dimension out of range.",
    "none: has no derivative", kEverywhere, call_unique);

}  // namespace gradpad
