// Reductions, statistics, cumulative functions, sorting and softmax. Where a `dim` may be left out,
// all dimensions are reduced; `keepdim` keeps reduced dimensions with size 1. Dimensions may be
// negative. Indices are int64.
#pragma once

#include <limits>
#include <optional>
#include <string>

#include "gradpad/autograd/variable.h"

namespace gradpad {

/// What `max(input, dim)` and its kin give.
struct ValuesIndices {
  Variable values, indices;
  operator Variables() const { return {values, indices}; }
};

/// The sum; integers and bool are summed as int64. `dtype`: convert first.
Variable sum(const Variable& input, std::optional<DType> dtype = {});
Variable sum(const Variable& input, const Dims& dim, bool keepdim = false,
             std::optional<DType> dtype = {});
inline Variable sum(const Variable& input, int64_t dim, bool keepdim = false) {
  return sum(input, Dims{dim}, keepdim);
}
/// The sum with NaN taken as 0.
Variable nansum(const Variable& input, const Dims& dim = {}, bool keepdim = false,
                std::optional<DType> dtype = {});
/// The mean; RuntimeError for integers and bool unless `dtype` is floating.
Variable mean(const Variable& input, std::optional<DType> dtype = {});
Variable mean(const Variable& input, const Dims& dim, bool keepdim = false,
              std::optional<DType> dtype = {});
inline Variable mean(const Variable& input, int64_t dim, bool keepdim = false) {
  return mean(input, Dims{dim}, keepdim);
}
Variable prod(const Variable& input, std::optional<DType> dtype = {});
Variable prod(const Variable& input, int64_t dim, bool keepdim = false,
              std::optional<DType> dtype = {});
/// Whether any, or every, element is not 0. bool, or uint8 for uint8.
Variable any(const Variable& input);
Variable any(const Variable& input, int64_t dim, bool keepdim = false);
Variable all(const Variable& input);
Variable all(const Variable& input, int64_t dim, bool keepdim = false);
Variable count_nonzero(const Variable& input, const Dims& dim = {});

/// The largest element; its gradient is shared evenly where several are equal. NaN wins.
Variable max(const Variable& input);
Variable min(const Variable& input);
/// The largest along `dim` and where it is: the first of equals, which gets the whole gradient.
ValuesIndices max(const Variable& input, int64_t dim, bool keepdim = false);
ValuesIndices min(const Variable& input, int64_t dim, bool keepdim = false);
/// Element by element, as maximum and minimum.
Variable max(const Variable& input, const Variable& other);
Variable min(const Variable& input, const Variable& other);
/// As max over several dimensions, sharing the gradient evenly.
Variable amax(const Variable& input, const Dims& dim = {}, bool keepdim = false);
Variable amin(const Variable& input, const Dims& dim = {}, bool keepdim = false);
/// The index of the first largest element; without `dim`, its row-major position.
Variable argmax(const Variable& input, std::optional<int64_t> dim = {}, bool keepdim = false);
Variable argmin(const Variable& input, std::optional<int64_t> dim = {}, bool keepdim = false);

/// sum((input - mean)^2) / max(0, n - correction).
Variable var(const Variable& input, const Dims& dim = {}, int64_t correction = 1,
             bool keepdim = false);
Variable std(const Variable& input, const Dims& dim = {}, int64_t correction = 1,
             bool keepdim = false);
/// sum(|input|^p)^(1/p); for p = inf and -inf the largest and smallest |input|, for 0 their number.
Variable norm(const Variable& input, double p = 2, const Dims& dim = {}, bool keepdim = false,
              std::optional<DType> dtype = {});
/// log(sum(exp(input))), without overflow.
Variable logsumexp(const Variable& input, const Dims& dim, bool keepdim = false);

/// out[i] = input[0] + … + input[i] along `dim`; prod, the running largest and smallest, alike.
Variable cumsum(const Variable& input, int64_t dim, std::optional<DType> dtype = {});
Variable cumprod(const Variable& input, int64_t dim, std::optional<DType> dtype = {});
Variable logcumsumexp(const Variable& input, int64_t dim);
ValuesIndices cummax(const Variable& input, int64_t dim);
ValuesIndices cummin(const Variable& input, int64_t dim);

/// Sorted along `dim`, equals in their order; NaN counts as the largest.
ValuesIndices sort(const Variable& input, int64_t dim = -1, bool descending = false);
Variable argsort(const Variable& input, int64_t dim = -1, bool descending = false);
/// The k largest (or smallest) along `dim`, in order.
ValuesIndices topk(const Variable& input, int64_t k, int64_t dim = -1, bool largest = true);
/// The k-th smallest along `dim`, from 1.
ValuesIndices kthvalue(const Variable& input, int64_t k, int64_t dim = -1, bool keepdim = false);
/// The lower median: the element in the middle, the first of the two where there are two.
Variable median(const Variable& input);
ValuesIndices median(const Variable& input, int64_t dim, bool keepdim = false);
/// The most frequent element along `dim`, the smallest of several; its last place.
ValuesIndices mode(const Variable& input, int64_t dim = -1, bool keepdim = false);

/// exp(input) / sum(exp(input)) along `dim`. Floating types only.
Variable softmax(const Variable& input, int64_t dim, std::optional<DType> dtype = {});
/// log(softmax(input)), computed without loss.
Variable log_softmax(const Variable& input, int64_t dim, std::optional<DType> dtype = {});

}  // namespace gradpad
