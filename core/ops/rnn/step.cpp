// One step of a recurrent network, of the operations that PyTorch composes it of.
#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/views.h"
#include "ops/rnn/layer.h"

namespace gradpad::ops {

namespace {

/// The gates' sums, each as wide as the state.
std::vector<Variable> gates_in(Cell cell, const Variable& sums, const Variable& h) {
  if (sums.dim() != 2) {
    fail("recurrent cell: expected an input of 2 dimensions, got ", sums.dim());
  }
  const int64_t count = gates_of(cell), hidden = h.size(-1);
  if (sums.size(-1) != count * hidden) {
    fail("hidden0 has inconsistent hidden_size: got ", hidden, ", expected ",
         sums.size(-1) / count);
  }
  return hidden == 0 ? split(sums, Dims(static_cast<size_t>(count), 0), 1) : chunk(sums, count, 1);
}

CellState lstm_step(const Variable& sums, const CellState& state) {
  const auto gates = gates_in(Cell::lstm, sums, state.h);
  const Variable i = sigmoid(gates[0]), f = sigmoid(gates[1]);
  const Variable g = tanh(gates[2]), o = sigmoid(gates[3]);
  const Variable c = f * state.c + i * g;
  return {o * tanh(c), c};
}

Variable gru_step(const Variable& x_sums, const Variable& h_sums, const Variable& h) {
  const auto x = gates_in(Cell::gru, x_sums, h), own = gates_in(Cell::gru, h_sums, h);
  const Variable r = sigmoid(own[0] + x[0]), z = sigmoid(own[1] + x[1]);
  const Variable n = tanh(x[2] + own[2] * r);
  return (h - n) * z + n;
}

}  // namespace

CellState recurrent_step(Cell cell, const Variable& input, const CellState& state,
                         const CellWeights& weights) {
  const Variable x_sums = linear(input, weights.w_ih, weights.b_ih);
  const Variable h_sums = linear(state.h, weights.w_hh, weights.b_hh);
  switch (cell) {
    case Cell::tanh:
      return {tanh(h_sums + x_sums), {}};
    case Cell::relu:
      return {relu(h_sums + x_sums), {}};
    case Cell::lstm:
      return lstm_step(h_sums + x_sums, state);
    case Cell::gru:
      break;
  }
  return {gru_step(x_sums, h_sums, state.h), {}};
}

}  // namespace gradpad::ops
