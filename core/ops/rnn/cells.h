// Kernels of recurrent layers: what a step does element by element, between its matrix products.
// All arrays are contiguous: [rows][hidden], or [rows][gates * hidden].
#pragma once

#include <cstdint>

#include "kernels/isa.h"
#include "ops/backend.h"

namespace gradpad::ops {

template <class T>
struct CellKernels {
  /// Every row is the sum of the biases, either of which may be null.
  void (*start)(int64_t rows, int64_t width, const T* bias, const T* more, T* sums);
  /// Gates i, f, g, o: sums become sigmoid, sigmoid, tanh, sigmoid of them; then c = f * c_before +
  /// i * g and h = o * tanh(c).
  void (*lstm)(int64_t rows, int64_t hidden, T* gates, const T* c_before, T* c, T* h);
  /// From dh and dc: gradients of the sums, and dc of the step before in the place of dc.
  void (*lstm_grad)(int64_t rows, int64_t hidden, const T* gates, const T* c_before, const T* c,
                    const T* dh, T* dc, T* dgates);
  /// Gates r, z, n: `x_gates`, the input's part, becomes sigmoid(x + h), sigmoid(x + h),
  /// tanh(x + r * h); then h = n + z * (h_before - n). `h_gates` is the state's part.
  void (*gru)(int64_t rows, int64_t hidden, T* x_gates, const T* h_gates, const T* h_before, T* h);
  /// Gradients of both parts, and in the place of dh what goes to the step before directly.
  void (*gru_grad)(int64_t rows, int64_t hidden, const T* gates, const T* h_gates,
                   const T* h_before, T* dh, T* dx_gates, T* dh_gates);
  /// h = tanh(sums), or max(sums, 0).
  void (*tanh)(int64_t n, const T* sums, T* h);
  void (*relu)(int64_t n, const T* sums, T* h);
  /// Gradients of the sums from those of h and h itself.
  void (*tanh_grad)(int64_t n, const T* h, const T* dh, T* dsums);
  void (*relu_grad)(int64_t n, const T* h, const T* dh, T* dsums);
  /// a += b.
  void (*add)(int64_t n, T* a, const T* b);
};

struct CellTable {
  CellKernels<float> f32;
  CellKernels<double> f64;
};

/// The CPU's table, of the active instruction set.
const CellTable& cell_table();

template <class T>
const CellKernels<T>& cell_kernels(Device device) {
  const CellTable& table = device.is_cpu() ? cell_table() : *backend_of(device).cells;
  if constexpr (sizeof(T) == 4)
    return table.f32;
  else
    return table.f64;
}

}  // namespace gradpad::ops
