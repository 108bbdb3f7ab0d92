// Packing for the matrix product: a block of a matrix is copied into panels of `width` rows (of A)
// or columns (of B), k-major: panel[k * width + r]. The micro-kernel then reads memory in order,
// whatever the strides of the matrix were.
#pragma once

#include <cstring>

#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

// xsimd transposes squares of registers; 16 x 16 through 512 bits it leaves to memory.
#if defined(GRADPAD_ISA_AVX512)
using TransposeArch = xsimd::fma3<xsimd::avx2>;
#else
using TransposeArch = Arch;
#endif

/// Transposes a square of registers. xsimd does it through memory on WebAssembly.
template <class T>
GRADPAD_INLINE void transpose_square(xsimd::batch<T, TransposeArch>* v) {
#if defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4) {
    const v128_t low01 = wasm_i32x4_shuffle(v[0], v[1], 0, 4, 1, 5);
    const v128_t high01 = wasm_i32x4_shuffle(v[0], v[1], 2, 6, 3, 7);
    const v128_t low23 = wasm_i32x4_shuffle(v[2], v[3], 0, 4, 1, 5);
    const v128_t high23 = wasm_i32x4_shuffle(v[2], v[3], 2, 6, 3, 7);
    v[0] = wasm_i64x2_shuffle(low01, low23, 0, 2);
    v[1] = wasm_i64x2_shuffle(low01, low23, 1, 3);
    v[2] = wasm_i64x2_shuffle(high01, high23, 0, 2);
    v[3] = wasm_i64x2_shuffle(high01, high23, 1, 3);
  } else {
    const v128_t low = wasm_i64x2_shuffle(v[0], v[1], 0, 2);
    v[1] = wasm_i64x2_shuffle(v[0], v[1], 1, 3);
    v[0] = low;
  }
#else
  xsimd::transpose(v, v + xsimd::batch<T, TransposeArch>::size);
#endif
}

/// panel[k * width + r] = in[r * row + k] for r < rows (<= width), k < count; the rest of each
/// group of `width` is zero.
template <class T>
void pack_transposed(T* panel, int64_t width, const T* in, int64_t row, int64_t rows,
                     int64_t count) {
  using Square = xsimd::batch<T, TransposeArch>;
  constexpr int64_t kSide = static_cast<int64_t>(Square::size);
  if (rows < width) std::memset(panel, 0, static_cast<size_t>(width * count) * sizeof(T));
  int64_t k = 0;
  if (rows >= kSide) {
    for (; k + kSide <= count; k += kSide) {
      for (int64_t r = 0; r < rows; r += kSide) {
        // The last square overlaps the one before, where kSide does not divide the rows.
        const int64_t top = r + kSide <= rows ? r : rows - kSide;
        Square square[kSide];
        for (int64_t i = 0; i < kSide; ++i) {
          square[i] = Square::load_unaligned(in + (top + i) * row + k);
        }
        transpose_square<T>(square);
        for (int64_t i = 0; i < kSide; ++i) {
          square[i].store_unaligned(panel + (k + i) * width + top);
        }
      }
    }
  }
  for (; k < count; ++k) {
    for (int64_t r = 0; r < rows; ++r) panel[k * width + r] = in[r * row + k];
  }
}

/// panel[k * width + r] = in[k * col + r], as above.
template <class T>
void pack_straight(T* panel, int64_t width, const T* in, int64_t col, int64_t rows, int64_t count) {
  constexpr int64_t kStep = kLanes<T>;
  for (int64_t k = 0; k < count; ++k) {
    T* const out = panel + k * width;
    const T* const from = in + k * col;
    int64_t r = 0;
    for (; r + kStep <= rows; r += kStep) storeu<T>(out + r, loadu<T>(from + r));
    if (r < rows && r + kStep <= width) {
      storeu<T>(out + r, loadu_part<T>(from + r, rows - r));
      r += kStep;
    }
    for (; r < rows; ++r) out[r] = from[r];
    for (; r < width; ++r) out[r] = T(0);
  }
}

/// The panel of rows [0, rows) and depth [0, count) of a matrix of any strides.
template <class T>
void pack_panel(T* panel, int64_t width, const T* in, int64_t row, int64_t col, int64_t rows,
                int64_t count) {
  if (row == 1) return pack_straight<T>(panel, width, in, col, rows, count);
  if (col == 1) return pack_transposed<T>(panel, width, in, row, rows, count);
  for (int64_t k = 0; k < count; ++k) {
    for (int64_t r = 0; r < rows; ++r) panel[k * width + r] = in[r * row + k * col];
    for (int64_t r = rows; r < width; ++r) panel[k * width + r] = T(0);
  }
}

}  // namespace
}  // namespace gradpad::kernels::GRADPAD_ISA
