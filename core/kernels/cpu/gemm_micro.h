// The micro-kernel of the matrix product: a tile of C of R rows and N registers of columns stays in
// registers while k runs.
#pragma once

#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {
namespace {

/// Where a tile goes: c[i * row + j] = alpha * tile + beta * c, for i < rows, j < cols.
template <class T>
struct TileOut {
  T* c;
  int64_t row;
  int64_t rows, cols;
  T alpha, beta;
};

/// One tile, from rows of A (see below) and the rows of B at b + k * b_row, for k < depth.
template <class T>
using MicroKernel = void (*)(int64_t depth, const T* a, int64_t a_row, const T* b, int64_t b_row,
                             const TileOut<T>& out);

/// The tile at the right or lower edge, from memory.
template <class T>
[[gnu::noinline]] void write_edge(const T* tile, int64_t width, const TileOut<T>& out) {
  for (int64_t i = 0; i < out.rows; ++i) {
    for (int64_t j = 0; j < out.cols; j += kLanes<T>) {
      const int64_t n = out.cols - j < kLanes<T> ? out.cols - j : kLanes<T>;
      T* const c = out.c + i * out.row + j;
      Batch<T> value = Batch<T>::load_aligned(tile + i * width + j);
      if (out.beta != T(0)) {
        value = mul_add<T>(Batch<T>(out.beta), loadu_part<T>(c, n), value);
      }
      storeu_part<T>(c, value, n);
    }
  }
}

/// kPacked: A is a panel packed k-major, a[k * R + i]. Otherwise its rows are contiguous in k and
/// lie at a + i * a_row, one address register each; a tile higher than out.rows reads the last of
/// them again.
template <class T, int R, int N, bool kPacked>
void micro_kernel(int64_t depth, const T* a, int64_t a_row, const T* b, int64_t b_row,
                  const TileOut<T>& out) {
  using V = Batch<T>;
  constexpr int64_t kStep = kLanes<T>;
  V sum[R][N];
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < N; ++j) sum[i][j] = V(T(0));
  }
  // One k: `element(i)` of A times row `bk` of B.
  const auto step = [&](const T* bk, auto element) __attribute__((always_inline)) {
    V row[N];
#pragma GCC unroll 4
    for (int j = 0; j < N; ++j) row[j] = loadu<T>(bk + j * kStep);
#pragma GCC unroll 16
    for (int i = 0; i < R; ++i) {
      const V value(element(i));
#pragma GCC unroll 4
      for (int j = 0; j < N; ++j) sum[i][j] = mul_add<T>(value, row[j], sum[i][j]);
    }
  };

  const T* rows[R];
  if constexpr (!kPacked) {
#pragma GCC unroll 16
    for (int i = 0; i < R; ++i) rows[i] = a + (i < out.rows ? i : out.rows - 1) * a_row;
  }
  if constexpr (kWasm) {
    // The empty assembly hides where the addresses come from: otherwise the compiler keeps an
    // address for every load and spills them, and gathers the loads of several k, whose sums then
    // wait for each other.
    const int32_t b_step = static_cast<int32_t>(b_row);
    for (int64_t k = depth; k > 0; --k) {
      if constexpr (kPacked) {
        asm volatile("" : "+r"(a), "+r"(b) : : "memory");
        const T* const at = a;
        step(b, [at](int i) __attribute__((always_inline)) { return at[i]; });
        a += R;
      } else {
        asm volatile("" : "+r"(b) : : "memory");
#pragma GCC unroll 16
        for (int i = 0; i < R; ++i) asm volatile("" : "+r"(rows[i]));
        step(b, [&](int i) __attribute__((always_inline)) { return *rows[i]++; });
      }
      b += b_step;
    }
  } else {
    constexpr int kUnroll = 4;
    int64_t k = 0;
    for (; k + kUnroll <= depth; k += kUnroll) {
#pragma GCC unroll 4
      for (int u = 0; u < kUnroll; ++u) {
        if constexpr (kPacked) {
          step(b, [&](int i) __attribute__((always_inline)) { return a[u * R + i]; });
        } else {
          step(b, [&](int i) __attribute__((always_inline)) { return rows[i][u]; });
        }
        b += b_row;
      }
      if constexpr (kPacked) {
        a += kUnroll * R;
      } else {
#pragma GCC unroll 16
        for (int i = 0; i < R; ++i) rows[i] += kUnroll;
      }
    }
    for (; k < depth; ++k) {
      if constexpr (kPacked) {
        step(b, [&](int i) __attribute__((always_inline)) { return a[i]; });
        a += R;
      } else {
        step(b, [&](int i) __attribute__((always_inline)) { return *rows[i]++; });
      }
      b += b_row;
    }
  }

  const V alpha(out.alpha);
  if (out.rows == R && out.cols == N * kStep) {
    if (out.beta == T(0)) {
#pragma GCC unroll 16
      for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
        for (int j = 0; j < N; ++j) {
          storeu<T>(out.c + i * out.row + j * kStep, alpha * sum[i][j]);
        }
      }
    } else {
      const V beta(out.beta);
#pragma GCC unroll 16
      for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
        for (int j = 0; j < N; ++j) {
          T* const c = out.c + i * out.row + j * kStep;
          storeu<T>(c, mul_add<T>(beta, loadu<T>(c), alpha * sum[i][j]));
        }
      }
    }
    return;
  }
  alignas(64) T tile[R * N * kStep];
#pragma GCC unroll 16
  for (int i = 0; i < R; ++i) {
#pragma GCC unroll 4
    for (int j = 0; j < N; ++j) {
      (alpha * sum[i][j]).store_aligned(tile + (i * N + j) * kStep);
    }
  }
  write_edge<T>(tile, N * kStep, out);
}

}  // namespace
}  // namespace gradpad::kernels::GRADPAD_ISA
