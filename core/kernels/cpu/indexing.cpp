// Arithmetic of places: what index tensors and strides come to, and parts of matrices.
#include <algorithm>
#include <cstring>

#include "kernels/cpu/common_kernels.h"

namespace gradpad::kernels {
namespace {

constexpr int kMaxDims = 64;

/// Calls `body(i)` for each index of the shape in row-major order, and `step(d, by)` for each
/// dimension whose index changes before the next.
template <class Body, class Step>
void for_each_index(const int64_t* shape, int dims, Body body, Step step) {
  int64_t count = 1;
  for (int d = 0; d < dims; ++d) count *= shape[d];
  int64_t index[kMaxDims];
  for (int d = 0; d < dims; ++d) index[d] = 0;
  for (int64_t i = 0; i < count; ++i) {
    body(i);
    for (int d = dims - 1; d >= 0; --d) {
      step(d, 1);
      if (++index[d] < shape[d]) break;
      step(d, -shape[d]);
      index[d] = 0;
    }
  }
}

void positions(int64_t* out, const int64_t* shape, const int64_t* strides, int dims,
               int64_t offset) {
  for_each_index(
      shape, dims, [&](int64_t i) { out[i] = offset; },
      [&](int d, int64_t by) { offset += by * strides[d]; });
}

int64_t fold_index(int64_t* places, const int64_t* index, const IndexFold& fold) {
  const int64_t low = fold.wraps ? -fold.size : 0;
  for (int64_t i = 0; i < fold.count; ++i) {
    int64_t at = index[i];
    if (at < low || at >= fold.size) return i;
    if (places == nullptr) continue;
    if (at < 0) at += fold.size;
    places[i] = (fold.grow == 0 ? 0 : places[i] * fold.grow) + at * fold.step;
  }
  return -1;
}

void triangle(void* out, const void* in, int64_t count, int64_t rows, int64_t columns,
              int64_t diagonal, bool lower, DType dtype) {
  const int64_t item = item_size(dtype);
  char* to = static_cast<char*>(out);
  const char* from = static_cast<const char*>(in);
  std::memset(to, 0, static_cast<size_t>(count * rows * columns * item));
  for (int64_t row = 0; row < count * rows; ++row) {
    const int64_t edge = std::clamp<int64_t>(row % rows + diagonal + (lower ? 1 : 0), 0, columns);
    const int64_t start = (row * columns + (lower ? 0 : edge)) * item;
    std::memcpy(to + start, from + start,
                static_cast<size_t>((lower ? edge : columns - edge) * item));
  }
}

void nonzero(int64_t* out, const bool* flags, const int64_t* shape, int dims) {
  int64_t index[kMaxDims] = {};
  for_each_index(
      shape, dims,
      [&](int64_t i) {
        if (!flags[i]) return;
        for (int d = 0; d < dims; ++d) *out++ = index[d];
      },
      [&](int d, int64_t by) { index[d] += by; });
}

}  // namespace

void add_indexing(KernelTable& table) {
  table.positions = positions;
  table.fold_index = fold_index;
  table.triangle = triangle;
  table.nonzero = nonzero;
}

}  // namespace gradpad::kernels
