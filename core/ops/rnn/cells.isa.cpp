// Kernels of recurrent layers for one instruction set.
#include "ops/rnn/cells.h"

#include "kernels/cpu/math.h"
#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {

namespace {

/// Some elements of an array: a whole batch of them, or the last few.
struct Lanes {
  int64_t at, count;
  template <class T>
  GRADPAD_INLINE Batch<T> load(const T* p) const {
    return count == kLanes<T> ? loadu<T>(p + at) : loadu_part<T>(p + at, count);
  }
  template <class T>
  GRADPAD_INLINE void store(T* p, Batch<T> v) const {
    if (count == kLanes<T>)
      storeu<T>(p + at, v);
    else
      storeu_part<T>(p + at, v, count);
  }
};

template <class T, class Body>
GRADPAD_INLINE void for_lanes(int64_t n, Body body) {
  int64_t i = 0;
  for (; i + kLanes<T> <= n; i += kLanes<T>) body(Lanes{i, kLanes<T>});
  if (i < n) body(Lanes{i, n - i});
}

template <class T>
void lstm(int64_t rows, int64_t hidden, T* gates, const T* c_before, T* c, T* h) {
  for (int64_t row = 0; row < rows; ++row) {
    for_lanes<T>(hidden, [&](Lanes lanes) {
      const Batch<T> i = math::sigmoid(lanes.load(gates));
      const Batch<T> f = math::sigmoid(lanes.load(gates + hidden));
      const Batch<T> g = math::tanh(lanes.load(gates + 2 * hidden));
      const Batch<T> o = math::sigmoid(lanes.load(gates + 3 * hidden));
      const Batch<T> cell = mul_add<T>(f, lanes.load(c_before), i * g);
      lanes.store(gates, i);
      lanes.store(gates + hidden, f);
      lanes.store(gates + 2 * hidden, g);
      lanes.store(gates + 3 * hidden, o);
      lanes.store(c, cell);
      lanes.store(h, Batch<T>(o * math::tanh(cell)));
    });
    gates += 4 * hidden;
    c_before += hidden;
    c += hidden;
    h += hidden;
  }
}

template <class T>
void lstm_grad(int64_t rows, int64_t hidden, const T* gates, const T* c_before, const T* c,
               const T* dh, T* dc, T* dgates) {
  const Batch<T> one(T(1));
  for (int64_t row = 0; row < rows; ++row) {
    for_lanes<T>(hidden, [&](Lanes lanes) {
      const Batch<T> i = lanes.load(gates), f = lanes.load(gates + hidden);
      const Batch<T> g = lanes.load(gates + 2 * hidden), o = lanes.load(gates + 3 * hidden);
      const Batch<T> squashed = math::tanh(lanes.load(c)), to_h = lanes.load(dh);
      const Batch<T> to_c = mul_add<T>(to_h * o, one - squashed * squashed, lanes.load(dc));
      lanes.store(dgates, Batch<T>(to_c * g * i * (one - i)));
      lanes.store(dgates + hidden, Batch<T>(to_c * lanes.load(c_before) * f * (one - f)));
      lanes.store(dgates + 2 * hidden, Batch<T>(to_c * i * (one - g * g)));
      lanes.store(dgates + 3 * hidden, Batch<T>(to_h * squashed * o * (one - o)));
      lanes.store(dc, Batch<T>(to_c * f));
    });
    gates += 4 * hidden;
    dgates += 4 * hidden;
    c_before += hidden;
    c += hidden;
    dh += hidden;
    dc += hidden;
  }
}

template <class T>
void gru(int64_t rows, int64_t hidden, T* x_gates, const T* h_gates, const T* h_before, T* h) {
  for (int64_t row = 0; row < rows; ++row) {
    for_lanes<T>(hidden, [&](Lanes lanes) {
      const Batch<T> r = math::sigmoid(Batch<T>(lanes.load(x_gates) + lanes.load(h_gates)));
      const Batch<T> z =
          math::sigmoid(Batch<T>(lanes.load(x_gates + hidden) + lanes.load(h_gates + hidden)));
      const Batch<T> n = math::tanh(
          mul_add<T>(r, lanes.load(h_gates + 2 * hidden), lanes.load(x_gates + 2 * hidden)));
      lanes.store(x_gates, r);
      lanes.store(x_gates + hidden, z);
      lanes.store(x_gates + 2 * hidden, n);
      lanes.store(h, mul_add<T>(z, Batch<T>(lanes.load(h_before) - n), n));
    });
    x_gates += 3 * hidden;
    h_gates += 3 * hidden;
    h_before += hidden;
    h += hidden;
  }
}

template <class T>
void gru_grad(int64_t rows, int64_t hidden, const T* gates, const T* h_gates, const T* h_before,
              T* dh, T* dx_gates, T* dh_gates) {
  const Batch<T> one(T(1));
  for (int64_t row = 0; row < rows; ++row) {
    for_lanes<T>(hidden, [&](Lanes lanes) {
      const Batch<T> r = lanes.load(gates), z = lanes.load(gates + hidden);
      const Batch<T> n = lanes.load(gates + 2 * hidden), to_h = lanes.load(dh);
      const Batch<T> dn = to_h * (one - z) * (one - n * n);
      const Batch<T> dz = to_h * (lanes.load(h_before) - n) * z * (one - z);
      const Batch<T> dr = dn * lanes.load(h_gates + 2 * hidden) * r * (one - r);
      lanes.store(dx_gates, dr);
      lanes.store(dx_gates + hidden, dz);
      lanes.store(dx_gates + 2 * hidden, dn);
      lanes.store(dh_gates, dr);
      lanes.store(dh_gates + hidden, dz);
      lanes.store(dh_gates + 2 * hidden, Batch<T>(dn * r));
      lanes.store(dh, Batch<T>(to_h * z));
    });
    gates += 3 * hidden;
    h_gates += 3 * hidden;
    dx_gates += 3 * hidden;
    dh_gates += 3 * hidden;
    h_before += hidden;
    dh += hidden;
  }
}

template <class T>
void tanh_cell(int64_t n, const T* sums, T* h) {
  for_lanes<T>(n, [&](Lanes lanes) { lanes.store(h, math::tanh(lanes.load(sums))); });
}
template <class T>
void relu_cell(int64_t n, const T* sums, T* h) {
  for_lanes<T>(n,
               [&](Lanes lanes) { lanes.store(h, math::max(lanes.load(sums), Batch<T>(T(0)))); });
}
template <class T>
void tanh_cell_grad(int64_t n, const T* h, const T* dh, T* dsums) {
  for_lanes<T>(n, [&](Lanes lanes) {
    const Batch<T> out = lanes.load(h);
    lanes.store(dsums, Batch<T>(lanes.load(dh) * (Batch<T>(T(1)) - out * out)));
  });
}
template <class T>
void relu_cell_grad(int64_t n, const T* h, const T* dh, T* dsums) {
  const Batch<T> zero(T(0));
  for_lanes<T>(n, [&](Lanes lanes) {
    lanes.store(dsums, blend<T>(lanes.load(h) > zero, lanes.load(dh), zero));
  });
}
template <class T>
void add(int64_t n, T* a, const T* b) {
  for_lanes<T>(n, [&](Lanes lanes) { lanes.store(a, Batch<T>(lanes.load(a) + lanes.load(b))); });
}

template <class T>
void start(int64_t rows, int64_t width, const T* bias, const T* more, T* sums) {
  for (int64_t row = 0; row < rows; ++row, sums += width) {
    for_lanes<T>(width, [&](Lanes lanes) {
      Batch<T> sum(T(0));
      if (bias != nullptr) sum += lanes.load(bias);
      if (more != nullptr) sum += lanes.load(more);
      lanes.store(sums, sum);
    });
  }
}

template <class T>
constexpr ops::CellKernels<T> kernels_of() {
  return {&start<T>,          &lstm<T>,      &lstm_grad<T>, &gru<T>,
          &gru_grad<T>,       &tanh_cell<T>, &relu_cell<T>, &tanh_cell_grad<T>,
          &relu_cell_grad<T>, &add<T>};
}

}  // namespace

extern const ops::CellTable cell_table;
const ops::CellTable cell_table{kernels_of<float>(), kernels_of<double>()};

}  // namespace gradpad::kernels::GRADPAD_ISA
