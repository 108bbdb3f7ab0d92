// The CPU kernels of one instruction set, declared for each other and for the table
// (table.isa.cpp).
#pragma once

#include "kernels/cpu/simd.h"
#include "kernels/kernels.h"

namespace gradpad::kernels::GRADPAD_ISA {

/// y = alpha * A * x + beta * y, any strides; with beta == 0, y is only written.
template <class T>
struct Matvec {
  int64_t rows, cols;
  const T* a;
  int64_t a_row, a_col;
  const T* x;
  int64_t x_stride;
  T* y;
  int64_t y_stride;
  T alpha, beta;
};

// For float and double.
template <class T>
void gemm(const Gemm<T>& g);
/// The columns that the matrix product takes at a time.
template <class T>
inline constexpr int64_t kPanelWidth = 2 * kLanes<T>;
/// gemm of one product with B packed by the caller into panels of kPanelWidth columns, each as deep
/// as B has rows: panels[((j / width) * k + row) * width + j % width]. The last is padded.
template <class T>
void gemm_packed(const Gemm<T>& g, const T* panels);
template <class T>
void matvec(const Matvec<T>& g);
template <class T>
void dot(int64_t n, const T* x, int64_t x_stride, const T* y, int64_t y_stride, T* out);

// Each sets its entries of the table.
void add_gemm(KernelTable& table);
void add_reductions(KernelTable& table);
void add_softmax(KernelTable& table);
void add_convolution(KernelTable& table);

}  // namespace gradpad::kernels::GRADPAD_ISA
