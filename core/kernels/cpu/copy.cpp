// Copies between strided arrays, with conversion of the elements.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "gradpad/tensor/device.h"
#include "gradpad/tensor/error.h"
#include "kernels/cpu/cpu_memory.h"
#include "tensor/convert.h"

namespace gradpad::kernels {
namespace {

constexpr int kMaxDims = 64;

using RowCopy = void (*)(char* out, int64_t out_stride, const char* in, int64_t in_stride,
                         int64_t n);

void copy_bytes(char* out, int64_t, const char* in, int64_t, int64_t n) {
  std::memmove(out, in, static_cast<size_t>(n));
}

/// One dimension of the walk. Strides in bytes.
struct Dim {
  int64_t size, out, in;
};

/// The dimensions over 1, in memory order of the output, merged where both sides allow.
int plan(Dim* dims, const CopySide& out, const CopySide& in, const int64_t* shape, int count) {
  int used = 0;
  for (int d = 0; d < count; ++d) {
    if (shape[d] != 1) dims[used++] = {shape[d], out.strides[d], in.strides[d]};
  }
  // By insertion: there are few, and equals keep their order.
  for (int d = 1; d < used; ++d) {
    const Dim moving = dims[d];
    int place = d;
    for (; place > 0 && std::abs(dims[place - 1].out) < std::abs(moving.out); --place) {
      dims[place] = dims[place - 1];
    }
    dims[place] = moving;
  }
  int merged = 0;
  for (int d = 0; d < used; ++d) {
    if (merged > 0) {
      Dim& last = dims[merged - 1];
      if (last.out == dims[d].out * dims[d].size && last.in == dims[d].in * dims[d].size) {
        last = {last.size * dims[d].size, dims[d].out, dims[d].in};
        continue;
      }
    }
    dims[merged++] = dims[d];
  }
  if (merged == 0) dims[merged++] = {1, 0, 0};
  return merged;
}

/// A transposing copy goes tile by tile, so that each cache line it touches is used whole.
void copy_tiles(RowCopy row, char* out, const char* in, const Dim& a, const Dim& b) {
  constexpr int64_t kTile = 32;
  for (int64_t i0 = 0; i0 < a.size; i0 += kTile) {
    const int64_t i1 = std::min(i0 + kTile, a.size);
    for (int64_t j0 = 0; j0 < b.size; j0 += kTile) {
      const int64_t count = std::min(kTile, b.size - j0);
      for (int64_t i = i0; i < i1; ++i) {
        row(out + i * a.out + j0 * b.out, b.out, in + i * a.in + j0 * b.in, b.in, count);
      }
    }
  }
}

void walk(RowCopy row, char* out, const char* in, Dim* dims, int count) {
  const Dim inner = dims[--count];
  // The dimension along which the input is densest pairs with the innermost of the output.
  int partner = -1;
  for (int d = 0; d < count; ++d) {
    if (dims[d].in != 0 && std::abs(dims[d].in) < std::abs(inner.in) &&
        (partner < 0 || std::abs(dims[d].in) < std::abs(dims[partner].in))) {
      partner = d;
    }
  }
  Dim pair{1, 0, 0};
  if (partner >= 0) {
    pair = dims[partner];
    for (int d = partner; d + 1 < count; ++d) dims[d] = dims[d + 1];
    --count;
  }
  int64_t index[kMaxDims] = {};
  while (true) {
    if (partner >= 0) {
      copy_tiles(row, out, in, pair, inner);
    } else {
      row(out, inner.out, in, inner.in, inner.size);
    }
    int d = count - 1;
    for (; d >= 0; --d) {
      out += dims[d].out;
      in += dims[d].in;
      if (++index[d] < dims[d].size) break;
      index[d] = 0;
      out -= dims[d].out * dims[d].size;
      in -= dims[d].in * dims[d].size;
    }
    if (d < 0) return;
  }
}

RowCopy same_type(int64_t item) {
  if (item == 1) return move_row<uint8_t>;
  if (item == 4) return move_row<uint32_t>;
  return move_row<uint64_t>;
}

RowCopy converting(DType out, DType in) {
  // A bool is a byte of 0 or 1.
  if (in == DType::Bool) in = DType::UInt8;
  if (in == out) return same_type(item_size(out));
  return dispatch(out, [&]<class Out>() -> RowCopy {
    return dispatch(in, []<class In>() -> RowCopy { return convert_row<Out, In>; });
  });
}

}  // namespace

void cpu_copy(CopySide out, CopySide in, const int64_t* shape, int count) {
  if (count > kMaxDims) fail("tensors of over ", kMaxDims, " dimensions");
  for (int d = 0; d < count; ++d) {
    if (shape[d] == 0) return;
  }
  Dim dims[kMaxDims + 1];
  const int used = plan(dims, out, in, shape, count);
  const int64_t item = item_size(out.dtype);
  const Dim& inner = dims[used - 1];
  if (out.dtype == in.dtype && inner.out == item && inner.in == item) {
    dims[used - 1].size *= item;
    walk(copy_bytes, out.data, in.data, dims, used);
  } else {
    const RowCopy row = out.dtype == in.dtype ? same_type(item) : converting(out.dtype, in.dtype);
    walk(row, out.data, in.data, dims, used);
  }
}

}  // namespace gradpad::kernels
