// Gathering rows of a table by index, adding rows to them and overwriting them (embedding,
// index_select and their derivatives).
#include <cstring>
#include <type_traits>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

void gather_rows(void* out, const void* table, const int64_t* indices, int64_t count, int64_t row,
                 DType dtype) {
  const int64_t bytes = row * item_size(dtype);
  char* to = static_cast<char*>(out);
  const char* const from = static_cast<const char*>(table);
  for (int64_t i = 0; i < count; ++i, to += bytes) {
    std::memcpy(to, from + indices[i] * bytes, static_cast<size_t>(bytes));
  }
}

template <class T>
T sum_of(T a, T b) {
  if constexpr (std::is_same_v<T, bool>) {
    return a || b;
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
  } else {
    return a + b;
  }
}

void scatter_add_rows(void* table, const void* rows, const int64_t* indices, int64_t count,
                      int64_t row, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    const T* from = static_cast<const T*>(rows);
    for (int64_t i = 0; i < count; ++i, from += row) {
      T* const to = static_cast<T*>(table) + indices[i] * row;
      for (int64_t j = 0; j < row; ++j) to[j] = sum_of(to[j], from[j]);
    }
  });
}

void put_rows(void* table, const void* rows, const int64_t* indices, int64_t count, int64_t row,
              DType dtype) {
  const int64_t bytes = row * item_size(dtype);
  char* const to = static_cast<char*>(table);
  const char* from = static_cast<const char*>(rows);
  for (int64_t i = 0; i < count; ++i, from += bytes) {
    std::memcpy(to + indices[i] * bytes, from, static_cast<size_t>(bytes));
  }
}

}  // namespace

void add_rows(KernelTable& table) {
  table.gather_rows = gather_rows;
  table.scatter_add_rows = scatter_add_rows;
  table.put_rows = put_rows;
}

}  // namespace gradpad::kernels
