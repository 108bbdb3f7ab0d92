// Sorting, and what is found by sorting: the largest k, medians, modes.
#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

using kernels::RowPick;

namespace {

/// The gradient of elements taken from `indices` goes back there.
Variable put_back(const Variable& g, const Variable& indices, int64_t dim, const Shape& shape) {
  return scatter(Variable(Tensor::zeros(shape, g.dtype(), g.device())), dim, indices, g);
}

ValuesIndices taken(std::string_view node, const Tensor& values, const Tensor& indices,
                    const Variable& input, int64_t dim, bool dropped) {
  const Variables results = differentiable_many(
      node, {values, indices}, {input}, {saved_input(Variable(indices))},
      [=, from = input.shape()](Backward& b, const Variables& grads) -> Variables {
        const Variable index = b.saved(0);
        if (!dropped || from.empty()) return {put_back(grads[0], index, dim, from)};
        return {put_back(unsqueeze(grads[0], dim), unsqueeze(index, dim), dim, from)};
      });
  return {results[0], results[1]};
}

/// The elements at positions [0, k) of the sorted rows.
ValuesIndices sorted_part(std::string_view node, const Variable& input, int64_t dim, int64_t k,
                          bool descending) {
  const Tensor source = input.data().contiguous();
  Shape shape = source.shape();
  if (!shape.empty()) shape[dim] = k;
  Tensor values = Tensor::empty(shape, source.dtype(), source.device());
  Tensor indices = Tensor::empty(shape, DType::Int64, source.device());
  if (values.numel() > 0) {
    kernels::kernels(source.device())
        .sort(values.bytes(), indices.data<int64_t>(), source.bytes(),
              ops::shape_around(source.shape(), dim), k, descending, source.dtype());
  }
  return taken(node, values, indices, input, dim, false);
}

/// One element of each sorted row.
ValuesIndices one_of_row(std::string_view node, const Variable& input, int64_t dim, bool keepdim,
                         RowPick what, int64_t k = 0) {
  const Tensor source = input.data().contiguous();
  const Shape shape = ops::reduced_shape(source.shape(), {dim}, keepdim);
  Tensor values = Tensor::empty(shape, source.dtype(), source.device());
  Tensor indices = Tensor::empty(shape, DType::Int64, source.device());
  if (values.numel() > 0) {
    kernels::kernels(source.device())
        .pick(what, k, values.bytes(), indices.data<int64_t>(), source.bytes(),
              ops::shape_around(source.shape(), dim), source.dtype());
  }
  return taken(node, values, indices, input, dim, !keepdim);
}

void check_row(const Variable& input, int64_t dim, std::string_view name) {
  if (input.dim() > 0 && input.shape()[dim] == 0) {
    fail(ErrorKind::Index, name, "(): Expected reduction dim ", dim, " to have non-zero size.");
  }
}

}  // namespace

ValuesIndices sort(const Variable& input, int64_t dim, bool descending) {
  dim = wrap_dim(dim, input.dim());
  const int64_t n = input.dim() == 0 ? 1 : input.shape()[dim];
  return sorted_part("SortBackward0", input, dim, n, descending);
}

Variable argsort(const Variable& input, int64_t dim, bool descending) {
  GradModeGuard no_grad(false);
  return sort(input, dim, descending).indices;
}

ValuesIndices topk(const Variable& input, int64_t k, int64_t dim, bool largest) {
  dim = wrap_dim(dim, input.dim());
  if (k < 0 || k > (input.dim() == 0 ? 1 : input.shape()[dim])) {
    fail("selected index k out of range");
  }
  return sorted_part("TopkBackward0", input, dim, k, largest);
}

ValuesIndices kthvalue(const Variable& input, int64_t k, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, input.dim());
  if (k < 1 || k > (input.dim() == 0 ? 1 : input.shape()[dim])) {
    fail("kthvalue(): selected number k out of range for dimension ", dim);
  }
  return one_of_row("KthvalueBackward0", input, dim, keepdim, RowPick::Kth, k - 1);
}

Variable median(const Variable& input) {
  if (input.numel() == 0) {
    return Variable(Tensor::scalar(std::nan(""), input.dtype(), input.device()));
  }
  Tensor value;
  {
    GradModeGuard no_grad(false);
    value = one_of_row("", reshape(input, {-1}), 0, false, RowPick::Median).values.data();
  }
  return differentiable_of(
      "MedianBackward0", std::move(value), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [](Backward& b, const Variable& g) -> Variables {
        const Variable equal = eq(b.saved(0), b.saved(1));
        return {g * (convert(equal, g.dtype()) / sum(equal))};
      });
}

ValuesIndices median(const Variable& input, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, input.dim());
  check_row(input, dim, "median");
  return one_of_row("MedianBackward1", input, dim, keepdim, RowPick::Median);
}

ValuesIndices mode(const Variable& input, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, input.dim());
  check_row(input, dim, "mode");
  return one_of_row("ModeBackward0", input, dim, keepdim, RowPick::Mode);
}

namespace {

ValuesIndices sort_stable(const Variable& input, std::optional<bool>, int64_t dim,
                          bool descending) {
  dim = wrap_dim(dim, input.dim());
  const int64_t n = input.dim() == 0 ? 1 : input.shape()[dim];
  return sorted_part("SortBackward1", input, dim, n, descending);
}
Variable argsort_stable(const Variable& input, bool, int64_t dim, bool descending) {
  return argsort(input, dim, descending);
}
ValuesIndices topk_sorted(const Variable& input, int64_t k, int64_t dim, bool largest, bool) {
  return topk(input, k, dim, largest);
}
Variable msort(const Variable& input) { return sort(input, 0, false).values; }

/// The value below which the share `q` of the elements lies, between its two neighbours.
Variable quantile(const Variable& input, const Variable& q, std::optional<int64_t> dim,
                  bool keepdim, const std::string& interpolation) {
  if (!is_floating(input.dtype())) {
    fail("quantile() input tensor must be either float or double dtype");
  }
  if (q.dim() > 1) fail("quantile() q must be a scalar or 1D tensor");
  if (input.numel() == 0) fail("quantile() input tensor must be non-empty");
  const int64_t d = dim ? wrap_dim(*dim, input.dim()) : 0;
  const Variable rows = dim ? transpose(input, d, -1) : reshape(input, {-1});
  const Variable sorted = sort(rows, -1).values;
  const int64_t n = rows.dim() == 0 ? 1 : rows.size(-1);
  const Variable line = sorted.dim() == 0 ? reshape(sorted, {1}) : sorted;
  Variables results;
  for (int64_t i = 0; i < q.numel(); ++i) {
    const double share = q.data().at(i).to_double();
    if (!(share >= 0 && share <= 1)) fail("quantile() q values must be in the range [0, 1]");
    const double rank = share * static_cast<double>(n - 1);
    double low = std::floor(rank), weight = rank - low;
    if (interpolation == "lower")
      weight = 0;
    else if (interpolation == "higher")
      low = std::ceil(rank), weight = 0;
    else if (interpolation == "midpoint")
      weight = weight > 0 ? 0.5 : 0;
    else if (interpolation == "nearest")
      low = std::nearbyint(rank), weight = 0;
    else if (interpolation != "linear") {
      fail(
          "quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, "
          "but got ",
          interpolation);
    }
    const auto at = static_cast<int64_t>(low);
    Variable value = select(line, -1, at);
    if (weight > 0) value = value + (select(line, -1, at + 1) - value) * weight;
    if (keepdim) {
      if (dim)
        value = transpose(unsqueeze(value, -1), d, -1);
      else
        value = reshape(value, Shape(static_cast<size_t>(input.dim()), 1));
    } else if (dim && input.dim() > 1 && d != input.dim() - 1) {
      // The transpose put the last dimension where `dim` was.
      value = movedim(value, {d}, {-1});
    }
    results.push_back(value);
  }
  const Variable result = q.dim() == 1 ? stack(results, 0) : results[0];
  // The last thing that PyTorch does is to take a dimension off in place.
  return differentiable_view("SqueezeBackward3", result.data(), result,
                             [](Backward&, const Variable& g) -> Variables { return {g}; });
}
Variable quantile_number(const Variable& input, double q, std::optional<int64_t> dim, bool keepdim,
                         const std::string& interpolation) {
  if (!(q >= 0 && q <= 1)) {
    fail("quantile() q must be in the range [0, 1] but got ", q);
  }
  return quantile(input, Variable(q), dim, keepdim, interpolation);
}

constexpr std::string_view kSortDoc =
    "The elements sorted along `dim`, and the places they had. Equals keep their order; NaN "
    "counts as the largest.\n"
    "Derivative: g at the places that the elements had.\n"
    "Shape: that of `input`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: IndexError for a dimension out of range.";

}  // namespace

GRADPAD_DEFINE_OP(
    sort,
    "sort(Tensor input, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)",
    kSortDoc, "D[2,3]; D[2,3], 0, True; D[]", kEverywhere, boxed<&sort>);
GRADPAD_DEFINE_OP(
    sort_stable,
    "sort(Tensor input, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, "
    "Tensor indices)",
    kSortDoc, "D[2,3], stable=True", kEverywhere, boxed<&sort_stable>);
GRADPAD_DEFINE_OP(argsort, "argsort(Tensor input, int dim=-1, bool descending=False) -> Tensor",
                  "The places from which sorting takes the elements; int64.\n"
                  "Derivative: none.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result is int64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "none: gives integers or bool", kEverywhere, boxed<&argsort>);
GRADPAD_DEFINE_OP(
    argsort_stable,
    "argsort(Tensor input, *, bool stable, int dim=-1, bool descending=False) -> Tensor",
    "The places from which sorting takes the elements; int64.", "none: gives integers or bool",
    kEverywhere, boxed<&argsort_stable>);
GRADPAD_DEFINE_OP(msort, "msort(Tensor input) -> Tensor",
                  "Sorted along the first dimension.\n"
                  "Derivative: g at the places that the elements had.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "D[3,2]", kEverywhere, boxed<&msort>);
GRADPAD_DEFINE_OP(
    topk,
    "topk(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, "
    "Tensor indices)",
    "The k largest (or smallest) elements along `dim`, in order, and their places.\n"
    "Derivative: g at the places that the elements had.\n"
    "Shape: `dim` of size k.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for k out of range; IndexError for a dimension out of range.",
    "D[2,4], 2; D[4,2], 3, 0, False", kEverywhere, boxed<&topk_sorted>);
GRADPAD_DEFINE_OP(
    kthvalue,
    "kthvalue(Tensor input, int k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor "
    "indices)",
    "The k-th smallest element along `dim`, counted from 1.\n"
    "Derivative: g at the index of the k-th smallest.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for k out of range; IndexError for a dimension out of range.",
    "D[2,4], 2; D[4,2], 3, 0, True", kEverywhere, boxed<&kthvalue>);
GRADPAD_DEFINE_OP(median, "median(Tensor input) -> Tensor",
                  "The element in the middle, the lower of two. NaN wins.\n"
                  "Derivative: g at the index of the median.\n"
                  "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "D[2,3]; D[4]", kEverywhere, boxed<overload<const Variable&>(median)>);
GRADPAD_DEFINE_OP(
    median_dim,
    "median(Tensor input, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "The element in the middle along `dim`, the lower of two.", "D[2,3], 1; D[4,2], 0, True",
    kEverywhere, boxed<overload<const Variable&, int64_t, bool>(median)>);
GRADPAD_DEFINE_OP(
    mode, "mode(Tensor input, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)",
    "The most frequent element along `dim`, the smallest of several, and its last place.\n"
    "Derivative: g at the index of the value.\n"
    "Shape: without the dimensions reduced; with keepdim they have size 1.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: IndexError for a dimension out of range.",
    "D[2,3]; D[3,2], 0, True", kEverywhere, boxed<&mode>);
GRADPAD_DEFINE_OP(
    quantile,
    "quantile(Tensor input, float q, int? dim=None, bool keepdim=False, *, str "
    "interpolation='linear') -> Tensor",
    "The value below which the share q of the elements lies.\n"
    "Derivative: g shared among the two elements beside the quantile, by their nearness.\n"
    "Shape: without the dimensions reduced, or with size 1 for keepdim, with that of `q` in "
    "front.\n"
    "Dtypes: float32 and float64.\n"
    "Errors: RuntimeError for q outside [0, 1], or another dtype than that of `input`; IndexError "
    "for a dimension out of range.",
    "D[2,3], 0.4; D[2,3], 0.3, 0, True; D[2,3,2], 0.7, 1", kEverywhere, boxed<&quantile_number>);
GRADPAD_DEFINE_OP(quantile_tensor,
                  "quantile(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str "
                  "interpolation='linear') -> Tensor",
                  "The values below which the shares q of the elements lie.",
                  "none: the overload with a number shows it", kEverywhere, boxed<&quantile>);

}  // namespace gradpad
