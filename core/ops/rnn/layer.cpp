// The fused recurrent layer.
//
// With a(t) = W_ih x(t) + b_ih + W_hh h(t-1) + b_hh, the first product is one for all steps, and so
// are, going back, dx = da W_ih and dW_ih = da^T x, dW_hh = da^T h(t-1), for da of all steps are
// kept. Only da(t) W_hh has to be done step by step. The GRU keeps the parts of input and state
// apart, since r multiplies only the state's.
#include "ops/rnn/layer.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/composite.h"
#include "ops/device.h"
#include "ops/reduce_data.h"
#include "ops/rnn/cells.h"

namespace gradpad::ops {

namespace {

struct Sizes {
  Cell cell;
  bool reverse;
  int64_t time, batch, inputs, hidden;

  int64_t gates() const { return gates_of(cell) * hidden; }
  int64_t state() const { return batch * hidden; }
  /// The step that runs as the i-th, and where the state before it is.
  int64_t step(int64_t i) const { return reverse ? time - 1 - i : i; }
};

/// c (m x n) = a (m x k) b (k x n) + beta c, for row-major a and c; b by its strides.
template <class T>
void product(Device device, int64_t m, int64_t n, int64_t k, const T* a, const T* b, int64_t b_row,
             int64_t b_col, T* c, T beta) {
  kernels::Gemm<T> gemm;
  gemm.m = m;
  gemm.n = n;
  gemm.k = k;
  gemm.a = a;
  gemm.a_row = k;
  gemm.b = b;
  gemm.b_row = b_row;
  gemm.b_col = b_col;
  gemm.c = c;
  gemm.c_row = n;
  gemm.beta = beta;
  kernels::kernels(device).of<T>().gemm(gemm);
}

/// c (m x n) = a^T b + beta c, for row-major a (k x m) and b (k x n).
template <class T>
void product_of_transpose(Device device, int64_t m, int64_t n, int64_t k, const T* a, const T* b,
                          T* c, T beta) {
  kernels::Gemm<T> gemm;
  gemm.m = m;
  gemm.n = n;
  gemm.k = k;
  gemm.a = a;
  gemm.a_row = 1;
  gemm.a_col = m;
  gemm.b = b;
  gemm.b_row = n;
  gemm.c = c;
  gemm.c_row = n;
  gemm.beta = beta;
  kernels::kernels(device).of<T>().gemm(gemm);
}

Tensor ready(const Variable& v) { return v.defined() ? v.data().contiguous() : Tensor(); }

template <class T>
const T* address(const Tensor& tensor) {
  return tensor.defined() ? tensor.data<T>() : nullptr;
}

/// What a forward pass leaves.
struct Pass {
  Tensor output;   ///< [time, batch, hidden]
  Tensor cells;    ///< the same of c; LSTM only
  Tensor gates;    ///< [time, batch, gates], after their functions
  Tensor h_gates;  ///< the state's part of the GRU's sums
};

template <class T>
Pass forward(const Sizes& s, const Tensor& x, const Tensor& h0, const Tensor& c0,
             const Tensor& w_ih, const Tensor& w_hh, const Tensor& b_ih, const Tensor& b_hh) {
  const DType dtype = dtype_of<T>;
  const Device device = x.device();
  const int64_t width = s.gates(), rows = s.time * s.batch;
  const bool is_gru = s.cell == Cell::gru, is_lstm = s.cell == Cell::lstm;
  Pass pass;
  pass.output = Tensor::empty({s.time, s.batch, s.hidden}, dtype, device);
  pass.gates = Tensor::empty({s.time, s.batch, width}, dtype, device);
  if (is_lstm) pass.cells = Tensor::empty({s.time, s.batch, s.hidden}, dtype, device);
  if (is_gru) pass.h_gates = Tensor::empty({s.time, s.batch, width}, dtype, device);
  T* gates = pass.gates.data<T>();
  const auto& cell = cell_kernels<T>(device);
  cell.start(rows, width, address<T>(b_ih), is_gru ? nullptr : address<T>(b_hh), gates);
  product<T>(device, rows, width, s.inputs, x.data<T>(), w_ih.data<T>(), 1, s.inputs, gates, T(1));
  if (is_gru) cell.start(rows, width, address<T>(b_hh), nullptr, pass.h_gates.data<T>());
  // Turned once: every step reads it.
  const Tensor turned = w_hh.transpose(0, 1).contiguous();
  const T *h = h0.data<T>(), *c = is_lstm ? c0.data<T>() : nullptr;
  for (int64_t i = 0; i < s.time; ++i) {
    const int64_t t = s.step(i);
    T* sums = gates + t * s.batch * width;
    T* out = pass.output.data<T>() + t * s.state();
    T* from_state = is_gru ? pass.h_gates.data<T>() + t * s.batch * width : sums;
    product<T>(device, s.batch, width, s.hidden, h, turned.data<T>(), width, 1, from_state, T(1));
    if (is_lstm) {
      T* next = pass.cells.data<T>() + t * s.state();
      cell.lstm(s.batch, s.hidden, sums, c, next, out);
      c = next;
    } else if (is_gru) {
      cell.gru(s.batch, s.hidden, sums, from_state, h, out);
    } else {
      (s.cell == Cell::tanh ? cell.tanh : cell.relu)(s.state(), sums, out);
    }
    h = out;
  }
  return pass;
}

struct Gradients {
  Tensor x, h0, c0, w_ih, w_hh, b_ih, b_hh;
};

Tensor column_sums(const Tensor& rows) {
  return reduce_data(kernels::ReduceOp::Sum, rows, {0, 1}, false);
}

template <class T>
Gradients backward(const Sizes& s, const Pass& pass, const Tensor& x, const Tensor& h0,
                   const Tensor& c0, const Tensor& w_ih, const Tensor& w_hh, const Tensor& d_output,
                   const Tensor& d_cell) {
  const DType dtype = dtype_of<T>;
  const Device device = x.device();
  const int64_t width = s.gates(), rows = s.time * s.batch;
  const bool is_gru = s.cell == Cell::gru, is_lstm = s.cell == Cell::lstm;
  Gradients result;
  Tensor dgates = Tensor::empty(pass.gates.shape(), dtype, device);
  Tensor dstate = is_gru ? Tensor::empty(pass.gates.shape(), dtype, device) : dgates;
  result.h0 = Tensor::zeros({s.batch, s.hidden}, dtype, device);
  if (is_lstm)
    result.c0 =
        d_cell.defined() ? d_cell.clone() : Tensor::zeros({s.batch, s.hidden}, dtype, device);
  T *dh = result.h0.data<T>(), *dc = is_lstm ? result.c0.data<T>() : nullptr;
  const auto& cell = cell_kernels<T>(device);
  const auto before = [&](const Tensor& all, const Tensor& first, int64_t i) -> const T* {
    return i == 0 ? first.data<T>() : all.data<T>() + s.step(i - 1) * s.state();
  };
  for (int64_t i = s.time - 1; i >= 0; --i) {
    const int64_t t = s.step(i);
    const T* gates = pass.gates.data<T>() + t * s.batch * width;
    const T* h = pass.output.data<T>() + t * s.state();
    T* da = dgates.data<T>() + t * s.batch * width;
    T* ds = dstate.data<T>() + t * s.batch * width;
    if (d_output.defined()) cell.add(s.state(), dh, d_output.data<T>() + t * s.state());
    T carried = T(0);
    if (is_lstm) {
      cell.lstm_grad(s.batch, s.hidden, gates, before(pass.cells, c0, i),
                     pass.cells.data<T>() + t * s.state(), dh, dc, da);
    } else if (is_gru) {
      cell.gru_grad(s.batch, s.hidden, gates, pass.h_gates.data<T>() + t * s.batch * width,
                    before(pass.output, h0, i), dh, da, ds);
      carried = T(1);
    } else {
      (s.cell == Cell::tanh ? cell.tanh_grad : cell.relu_grad)(s.state(), h, dh, da);
    }
    product<T>(device, s.batch, s.hidden, width, ds, w_hh.data<T>(), s.hidden, 1, dh, carried);
  }
  result.x = Tensor::empty(x.shape(), dtype, device);
  product<T>(device, rows, s.inputs, width, dgates.data<T>(), w_ih.data<T>(), s.inputs, 1,
             result.x.data<T>(), T(0));
  result.w_ih = Tensor::empty(w_ih.shape(), dtype, device);
  product_of_transpose<T>(device, width, s.inputs, rows, dgates.data<T>(), x.data<T>(),
                          result.w_ih.data<T>(), T(0));
  // The state before the first step is h0; those before the others stand in the output.
  result.w_hh = Tensor::empty(w_hh.shape(), dtype, device);
  const int64_t later = s.reverse ? 0 : 1;
  product_of_transpose<T>(device, width, s.hidden, s.batch,
                          dstate.data<T>() + s.step(0) * s.batch * width, h0.data<T>(),
                          result.w_hh.data<T>(), T(0));
  if (s.time > 1) {
    product_of_transpose<T>(
        device, width, s.hidden, (s.time - 1) * s.batch, dstate.data<T>() + later * s.batch * width,
        pass.output.data<T>() + (1 - later) * s.state(), result.w_hh.data<T>(), T(1));
  }
  result.b_ih = column_sums(dgates);
  result.b_hh = is_gru ? column_sums(dstate) : result.b_ih;
  return result;
}

/// The same layer step by step: what a recorded derivative is taken of.
Variables stepwise(const Sizes& s, const Variables& in) {
  CellState state{in[1], in[2]};
  const CellWeights weights{in[3], in[4], in[5], in[6]};
  Variables outputs(static_cast<size_t>(s.time));
  for (int64_t i = 0; i < s.time; ++i) {
    const int64_t t = s.step(i);
    state = recurrent_step(s.cell, select(in[0], 0, t), state, weights);
    outputs[static_cast<size_t>(t)] = state.h;
  }
  Variables results{stack(outputs, 0)};
  if (s.cell == Cell::lstm) results.push_back(state.c);
  return results;
}

Tensor gradient_data(const Variable& g) { return g.defined() ? g.data().contiguous() : Tensor(); }

constexpr size_t kInputs = 7;

Variables layer_gradients(const Sizes& s, Backward& b, const Variables& grads) {
  Variables in;
  for (size_t i = 0; i < kInputs; ++i) in.push_back(b.saved(i));
  if (GradMode::is_enabled()) {
    return composite_gradients(b, in, grads,
                               [&](const Variables& own) { return stepwise(s, own); });
  }
  Pass pass;
  pass.output = b.saved(kInputs).data();
  pass.gates = b.saved(kInputs + 1).data();
  if (const Variable cells = b.saved(kInputs + 2); cells.defined()) pass.cells = cells.data();
  if (const Variable sums = b.saved(kInputs + 3); sums.defined()) pass.h_gates = sums.data();
  const auto some = [&](size_t i, const Tensor& t) {
    return b.needs(i) && t.defined() ? Variable(t) : Variable();
  };
  return dispatch_floating(in[0].dtype(), "rnn", [&]<class T>() -> Variables {
    const Gradients g =
        backward<T>(s, pass, ready(in[0]), ready(in[1]), ready(in[2]), ready(in[3]), ready(in[4]),
                    gradient_data(grads[0]), grads.size() > 1 ? gradient_data(grads[1]) : Tensor());
    // Two biases must not share one gradient.
    const bool both = b.needs(5) && b.needs(6) && g.b_ih.shares_storage(g.b_hh);
    return {some(0, g.x),
            some(1, g.h0),
            some(2, g.c0),
            some(3, g.w_ih),
            some(4, g.w_hh),
            some(5, g.b_ih),
            some(6, both ? g.b_hh.clone() : g.b_hh)};
  });
}

constexpr std::string_view kNodes[] = {"RnnTanhBackward0", "RnnReluBackward0", "LstmBackward0",
                                       "GruBackward0"};

}  // namespace

LayerResult recurrent_layer(Cell cell, const Variable& input, const Variable& h0,
                            const Variable& c0, const CellWeights& weights, bool reverse) {
  const Sizes s{cell, reverse, input.size(0), input.size(1), input.size(2), h0.size(1)};
  device_of(Variables{input, h0, c0, weights.w_ih, weights.w_hh, weights.b_ih, weights.b_hh});
  const Pass pass = dispatch_floating(input.dtype(), "rnn", [&]<class T>() {
    return forward<T>(s, ready(input), ready(h0), ready(c0), ready(weights.w_ih),
                      ready(weights.w_hh), ready(weights.b_ih), ready(weights.b_hh));
  });
  const auto kept = [](const Tensor& t) {
    return t.defined() ? saved_input(Variable(t)) : SavedVariable();
  };
  const auto derivative = [s](Backward& b, const Variables& grads) {
    return layer_gradients(s, b, grads);
  };
  const InputList inputs{input, h0, c0, weights.w_ih, weights.w_hh, weights.b_ih, weights.b_hh};
  const std::initializer_list<SavedVariable> saved{
      saved_input(input),        saved_input(h0),           saved_input(c0),
      saved_input(weights.w_ih), saved_input(weights.w_hh), saved_input(weights.b_ih),
      saved_input(weights.b_hh), saved_output(pass.output), kept(pass.gates),
      kept(pass.cells),          kept(pass.h_gates)};
  const int64_t last = s.step(s.time - 1);
  const std::string_view node = kNodes[static_cast<int>(cell)];
  if (cell == Cell::lstm) {
    const Variables results = differentiable_many(
        node, {pass.output, pass.cells.select(0, last).clone()}, inputs, saved, derivative);
    return {results[0], select(results[0], 0, last), results[1]};
  }
  const Variables results = differentiable_many(node, {pass.output}, inputs, saved, derivative);
  return {results[0], select(results[0], 0, last), {}};
}

}  // namespace gradpad::ops
