// Rows by index, sorting, and the arithmetic of places.
#include <algorithm>
#include <cstring>
#include <type_traits>
#include <vector>

#include "kernels/reference/address.h"
#include "kernels/reference/tables.h"

namespace gradpad::kernels::reference {
namespace {

void gather_rows(void* out, const void* table, const int64_t* indices, int64_t count, int64_t row,
                 DType dtype) {
  const int64_t bytes = row * item_size(dtype);
  for (int64_t i = 0; i < count; ++i) {
    std::memcpy(host_as<char>(out) + i * bytes, host_as<char>(table) + host(indices)[i] * bytes,
                static_cast<size_t>(bytes));
  }
}

void put_rows(void* table, const void* rows, const int64_t* indices, int64_t count, int64_t row,
              DType dtype) {
  const int64_t bytes = row * item_size(dtype);
  for (int64_t i = 0; i < count; ++i) {
    std::memcpy(host_as<char>(table) + host(indices)[i] * bytes, host_as<char>(rows) + i * bytes,
                static_cast<size_t>(bytes));
  }
}

void scatter_add_rows(void* table, const void* rows, const int64_t* indices, int64_t count,
                      int64_t row, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for (int64_t i = 0; i < count * row; ++i) {
      T& sum = host_as<T>(table)[host(indices)[i / row] * row + i % row];
      const T v = host_as<T>(rows)[i];
      if constexpr (std::is_floating_point_v<T>)
        sum += v;
      else
        sum = static_cast<T>(static_cast<uint64_t>(sum) + static_cast<uint64_t>(v));
    }
  });
}

/// The places of a row in sorted order; equals in their order, NaN last where the order ascends.
template <class T>
std::vector<int64_t> sorted_places(const T* row, int64_t stride, int64_t n, bool descending) {
  const auto less = [&](int64_t a, int64_t b) {
    const T x = row[a * stride], y = row[b * stride];
    if (x != x) return false;
    return y != y || x < y;
  };
  std::vector<int64_t> order;
  for (int64_t i = 0; i < n; ++i) {
    // By insertion behind all that must not come later.
    auto place = order.end();
    while (place != order.begin() && (descending ? less(*(place - 1), i) : less(i, *(place - 1)))) {
      --place;
    }
    order.insert(place, i);
  }
  return order;
}

template <class Body>
void for_each_row(ReduceShape s, Body body) {
  for (int64_t o = 0; o < s.outer; ++o) {
    for (int64_t i = 0; i < s.inner; ++i) body(o, i, o * s.n * s.inner + i);
  }
}

void sort(void* values, int64_t* indices, const void* in, ReduceShape s, int64_t k, bool descending,
          DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for_each_row(s, [&](int64_t o, int64_t i, int64_t at) {
      const T* const row = host_as<T>(in) + at;
      const std::vector<int64_t> order = sorted_places(row, s.inner, s.n, descending);
      for (int64_t j = 0; j < k; ++j) {
        const int64_t from = order[static_cast<size_t>(j)], to = (o * k + j) * s.inner + i;
        host(indices)[to] = from;
        host_as<T>(values)[to] = row[from * s.inner];
      }
    });
  });
}

template <class T>
int64_t picked(RowPick what, int64_t k, const std::vector<int64_t>& order, const T* row,
               int64_t stride) {
  const auto value = [&](int64_t place) { return row[place * stride]; };
  if (what == RowPick::Kth) return order[static_cast<size_t>(k)];
  if (what == RowPick::Median) {
    for (int64_t i = 0; i < static_cast<int64_t>(order.size()); ++i) {
      if (value(i) != value(i)) return i;
    }
    return order[(order.size() - 1) / 2];
  }
  int64_t best = order[0], most = 0;
  for (int64_t place : order) {
    const auto same = [&](int64_t other) { return value(other) == value(place); };
    const auto count = std::count_if(order.begin(), order.end(), same);
    if (count > most) {
      most = count;
      best = same(place) ? *std::find_if(order.rbegin(), order.rend(), same) : place;
    }
  }
  return best;
}

void pick(RowPick what, int64_t k, void* values, int64_t* indices, const void* in, ReduceShape s,
          DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for_each_row(s, [&](int64_t o, int64_t i, int64_t at) {
      const T* const row = host_as<T>(in) + at;
      const int64_t from = picked(what, k, sorted_places(row, s.inner, s.n, false), row, s.inner);
      host(indices)[o * s.inner + i] = from;
      host_as<T>(values)[o * s.inner + i] = row[from * s.inner];
    });
  });
}

void positions(int64_t* out, const int64_t* shape, const int64_t* strides, int dims,
               int64_t offset) {
  int64_t count = 1;
  for (int d = 0; d < dims; ++d) count *= shape[d];
  for (int64_t i = 0; i < count; ++i) {
    int64_t place = offset;
    for (int64_t d = dims - 1, rest = i; d >= 0; rest /= shape[d--]) {
      place += rest % shape[d] * strides[d];
    }
    host(out)[i] = place;
  }
}

int64_t fold_index(int64_t* places, const int64_t* index, const IndexFold& f) {
  for (int64_t i = 0; i < f.count; ++i) {
    const int64_t given = host(index)[i];
    const int64_t at = given < 0 && f.wraps ? given + f.size : given;
    if (at < 0 || at >= f.size) return i;
    if (places == nullptr) continue;
    const int64_t before = f.grow == 0 ? 0 : host(places)[i] * f.grow;
    host(places)[i] = before + at * f.step;
  }
  return -1;
}

void triangle(void* out, const void* in, int64_t count, int64_t rows, int64_t columns,
              int64_t diagonal, bool lower, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    for (int64_t i = 0; i < count * rows * columns; ++i) {
      const int64_t off = i % columns - i / columns % rows;
      const bool kept = lower ? off <= diagonal : off >= diagonal;
      host_as<T>(out)[i] = kept ? host_as<T>(in)[i] : T(0);
    }
  });
}

void nonzero(int64_t* out, const bool* flags, const int64_t* shape, int dims) {
  int64_t count = 1;
  for (int d = 0; d < dims; ++d) count *= shape[d];
  int64_t* to = host(out);
  for (int64_t i = 0; i < count; ++i) {
    if (!host(flags)[i]) continue;
    for (int64_t d = dims - 1, rest = i; d >= 0; rest /= shape[d--]) to[d] = rest % shape[d];
    to += dims;
  }
}

}  // namespace

void add_rows(KernelTable& table) {
  table.gather_rows = gather_rows;
  table.scatter_add_rows = scatter_add_rows;
  table.put_rows = put_rows;
  table.sort = sort;
  table.pick = pick;
  table.positions = positions;
  table.fold_index = fold_index;
  table.triangle = triangle;
  table.nonzero = nonzero;
}

}  // namespace gradpad::kernels::reference
