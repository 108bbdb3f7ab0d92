// Sorting along the middle dimension, and what is found by sorting.
#include <algorithm>
#include <numeric>
#include <type_traits>
#include <vector>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

/// NaN counts as the largest.
template <class T>
bool less(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (a != a) return false;
    if (b != b) return true;
  }
  return a < b;
}

/// The places of a row's `order.size()` elements, which lie `stride` apart, in sorted order; equals
/// in their order.
template <class T>
void sort_places(const T* row, int64_t stride, bool descending, std::vector<int64_t>& order) {
  const auto value = [=](int64_t place) { return row[place * stride]; };
  std::iota(order.begin(), order.end(), 0);
  if (descending) {
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return less(value(b), value(a)); });
  } else {
    std::stable_sort(order.begin(), order.end(),
                     [&](int64_t a, int64_t b) { return less(value(a), value(b)); });
  }
}

/// For every row along the middle dimension: `row(outer, inner, order, value)`, where `order` holds
/// the places of its elements in sorted order.
template <class T, class Row>
void for_sorted_rows(const T* source, ReduceShape shape, bool descending, Row row) {
  std::vector<int64_t> order(static_cast<size_t>(shape.n));
  for (int64_t o = 0; o < shape.outer; ++o) {
    for (int64_t i = 0; i < shape.inner; ++i) {
      const T* const in = source + o * shape.n * shape.inner + i;
      sort_places(in, shape.inner, descending, order);
      row(o, i, order, [&](int64_t place) { return in[place * shape.inner]; });
    }
  }
}

void sort(void* values, int64_t* indices, const void* in, ReduceShape shape, int64_t k,
          bool descending, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for_sorted_rows(static_cast<const T*>(in), shape, descending,
                    [&](int64_t o, int64_t i, const std::vector<int64_t>& order, auto value) {
                      for (int64_t j = 0; j < k; ++j) {
                        const int64_t place = (o * k + j) * shape.inner + i;
                        const int64_t from = order[static_cast<size_t>(j)];
                        indices[place] = from;
                        static_cast<T*>(values)[place] = value(from);
                      }
                    });
  });
}

using Order = std::vector<int64_t>;

/// A NaN stands last.
template <class Value>
int64_t median_place(const Order& order, Value value) {
  const auto is_nan = [&](int64_t place) { return value(place) != value(place); };
  if (is_nan(order.back())) return *std::find_if(order.begin(), order.end(), is_nan);
  return order[(order.size() - 1) / 2];
}

template <class Value>
int64_t mode_place(const Order& order, Value value) {
  size_t best = 0, best_length = 0;
  for (size_t i = 0; i < order.size();) {
    size_t end = i + 1;
    while (end < order.size() && value(order[end]) == value(order[i])) ++end;
    if (end - i > best_length) {
      best_length = end - i;
      best = end - 1;
    }
    i = end;
  }
  return order[best];
}

void pick(RowPick what, int64_t k, void* values, int64_t* indices, const void* in,
          ReduceShape shape, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for_sorted_rows(static_cast<const T*>(in), shape, false,
                    [&](int64_t o, int64_t i, const Order& order, auto value) {
                      const int64_t from = what == RowPick::Kth      ? order[static_cast<size_t>(k)]
                                           : what == RowPick::Median ? median_place(order, value)
                                                                     : mode_place(order, value);
                      indices[o * shape.inner + i] = from;
                      static_cast<T*>(values)[o * shape.inner + i] = value(from);
                    });
  });
}

}  // namespace

void add_sorting(KernelTable& table) {
  table.sort = sort;
  table.pick = pick;
}

}  // namespace gradpad::kernels
