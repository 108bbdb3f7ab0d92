// The cells of recurrent layers, as rnn/cells.h says them.
#include "ops/reference/cells.h"

#include <cmath>

#include "kernels/reference/address.h"

namespace gradpad::ops::reference {
namespace {

using kernels::reference::host;
using kernels::reference::Wide;

template <class W>
W sigmoid(W x) {
  return 1 / (1 + std::exp(-x));
}

/// Calls `body(first gate, element)` for each element of [rows][hidden], the gates of a row being
/// `hidden` apart.
template <class Body>
void for_each_cell(int64_t rows, int64_t hidden, int64_t gates, Body body) {
  for (int64_t i = 0; i < rows * hidden; ++i) {
    body(i / hidden * gates * hidden + i % hidden, i);
  }
}

template <class T>
void start(int64_t rows, int64_t width, const T* bias, const T* more, T* sums) {
  for (int64_t i = 0; i < rows * width; ++i) {
    T sum = 0;
    if (bias != nullptr) sum += host(bias)[i % width];
    if (more != nullptr) sum += host(more)[i % width];
    host(sums)[i] = sum;
  }
}

template <class T>
void lstm(int64_t rows, int64_t hidden, T* gates, const T* c_before, T* c, T* h) {
  for_each_cell(rows, hidden, 4, [&](int64_t g, int64_t at) {
    T* const gate = host(gates) + g;
    const auto sum = [&](int64_t k) { return static_cast<Wide<T>>(gate[k * hidden]); };
    const Wide<T> i = sigmoid(sum(0)), f = sigmoid(sum(1)), n = std::tanh(sum(2)),
                  o = sigmoid(sum(3));
    const Wide<T> cell = f * host(c_before)[at] + i * n;
    gate[0] = static_cast<T>(i);
    gate[hidden] = static_cast<T>(f);
    gate[2 * hidden] = static_cast<T>(n);
    gate[3 * hidden] = static_cast<T>(o);
    host(c)[at] = static_cast<T>(cell);
    host(h)[at] = static_cast<T>(o * std::tanh(cell));
  });
}

template <class T>
void lstm_grad(int64_t rows, int64_t hidden, const T* gates, const T* c_before, const T* c,
               const T* dh, T* dc, T* dgates) {
  for_each_cell(rows, hidden, 4, [&](int64_t g, int64_t at) {
    const T* const gate = host(gates) + g;
    T* const grad = host(dgates) + g;
    const Wide<T> i = gate[0], f = gate[hidden], n = gate[2 * hidden], o = gate[3 * hidden];
    const Wide<T> squashed = std::tanh(static_cast<Wide<T>>(host(c)[at])), to_h = host(dh)[at];
    const Wide<T> to_c = to_h * o * (1 - squashed * squashed) + host(dc)[at];
    grad[0] = static_cast<T>(to_c * n * i * (1 - i));
    grad[hidden] = static_cast<T>(to_c * host(c_before)[at] * f * (1 - f));
    grad[2 * hidden] = static_cast<T>(to_c * i * (1 - n * n));
    grad[3 * hidden] = static_cast<T>(to_h * squashed * o * (1 - o));
    host(dc)[at] = static_cast<T>(to_c * f);
  });
}

template <class T>
void gru(int64_t rows, int64_t hidden, T* x_gates, const T* h_gates, const T* h_before, T* h) {
  for_each_cell(rows, hidden, 3, [&](int64_t g, int64_t at) {
    T* const x = host(x_gates) + g;
    const T* const s = host(h_gates) + g;
    const Wide<T> r = sigmoid(static_cast<Wide<T>>(x[0]) + s[0]);
    const Wide<T> z = sigmoid(static_cast<Wide<T>>(x[hidden]) + s[hidden]);
    const Wide<T> n = std::tanh(x[2 * hidden] + r * s[2 * hidden]);
    x[0] = static_cast<T>(r);
    x[hidden] = static_cast<T>(z);
    x[2 * hidden] = static_cast<T>(n);
    host(h)[at] = static_cast<T>(n + z * (host(h_before)[at] - n));
  });
}

template <class T>
void gru_grad(int64_t rows, int64_t hidden, const T* gates, const T* h_gates, const T* h_before,
              T* dh, T* dx_gates, T* dh_gates) {
  for_each_cell(rows, hidden, 3, [&](int64_t g, int64_t at) {
    const T* const gate = host(gates) + g;
    const Wide<T> r = gate[0], z = gate[hidden], n = gate[2 * hidden], to_h = host(dh)[at];
    const Wide<T> dn = to_h * (1 - z) * (1 - n * n);
    const Wide<T> dz = to_h * (host(h_before)[at] - n) * z * (1 - z);
    const Wide<T> dr = dn * host(h_gates)[g + 2 * hidden] * r * (1 - r);
    T *const dx = host(dx_gates) + g, *const ds = host(dh_gates) + g;
    dx[0] = ds[0] = static_cast<T>(dr);
    dx[hidden] = ds[hidden] = static_cast<T>(dz);
    dx[2 * hidden] = static_cast<T>(dn);
    ds[2 * hidden] = static_cast<T>(dn * r);
    host(dh)[at] = static_cast<T>(to_h * z);
  });
}

template <class T>
void tanh_cell(int64_t n, const T* sums, T* h) {
  for (int64_t i = 0; i < n; ++i) {
    host(h)[i] = static_cast<T>(std::tanh(static_cast<Wide<T>>(host(sums)[i])));
  }
}
template <class T>
void relu_cell(int64_t n, const T* sums, T* h) {
  for (int64_t i = 0; i < n; ++i) {
    const T v = host(sums)[i];
    host(h)[i] = v > T(0) || v != v ? v : T(0);
  }
}
template <class T>
void tanh_grad(int64_t n, const T* h, const T* dh, T* dsums) {
  for (int64_t i = 0; i < n; ++i) {
    const Wide<T> out = host(h)[i];
    host(dsums)[i] = static_cast<T>(host(dh)[i] * (1 - out * out));
  }
}
template <class T>
void relu_grad(int64_t n, const T* h, const T* dh, T* dsums) {
  for (int64_t i = 0; i < n; ++i) host(dsums)[i] = host(h)[i] > T(0) ? host(dh)[i] : T(0);
}
template <class T>
void add(int64_t n, T* a, const T* b) {
  for (int64_t i = 0; i < n; ++i) host(a)[i] += host(b)[i];
}

template <class T>
constexpr CellKernels<T> cells_of() {
  return {start<T>,     lstm<T>,      lstm_grad<T>, gru<T>,       gru_grad<T>,
          tanh_cell<T>, relu_cell<T>, tanh_grad<T>, relu_grad<T>, add<T>};
}

}  // namespace

const CellTable cell_table{cells_of<float>(), cells_of<double>()};

}  // namespace gradpad::ops::reference
