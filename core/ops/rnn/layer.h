// One layer of a recurrent network in one direction, as one node: a forward pass that multiplies
// all inputs at once, and backpropagation through time over the stored gates.
#pragma once

#include "gradpad/ops/rnn.h"

namespace gradpad::ops {

/// How many hidden sizes of gates a cell has.
constexpr int64_t gates_of(Cell cell) { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1; }

/// Weights [gates * hidden, inputs] and [gates * hidden, hidden]; biases may be undefined.
struct CellWeights {
  Variable w_ih, w_hh, b_ih, b_hh;
};

struct LayerResult {
  Variable output;  ///< [time, batch, hidden]
  Variable h, c;    ///< of the last step, [batch, hidden]; `c` of an LSTM only
};

/// Input [time, batch, inputs], states [batch, hidden]; `reverse` runs from the last step to the
/// first.
LayerResult recurrent_layer(Cell cell, const Variable& input, const Variable& h0,
                            const Variable& c0, const CellWeights& weights, bool reverse);

struct CellState {
  Variable h, c;
};
/// One step, of differentiable operations.
CellState recurrent_step(Cell cell, const Variable& input, const CellState& state,
                         const CellWeights& weights);

}  // namespace gradpad::ops
