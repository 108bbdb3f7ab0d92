// Recurrent networks of several layers, and single steps.
#pragma once

#include <vector>

#include "gradpad/autograd/variable.h"

namespace gradpad {

namespace ops {

enum class Cell : uint8_t { tanh, relu, lstm, gru };

}  // namespace ops

/// How a network is built. Weights stand in the order w_ih, w_hh, and, if there are biases, b_ih,
/// b_hh; for each layer, and in it for each direction.
struct RecurrentOptions {
  bool has_biases = true;
  int64_t num_layers = 1;
  double dropout = 0;  ///< of the outputs of every layer but the last, while training
  bool train = false;
  bool bidirectional = false;
  bool batch_first = false;  ///< input and output are [batch, time, …], not [time, batch, …]
};

struct RecurrentResult {
  Variable output;  ///< of the last layer, both directions side by side
  Variable h, c;    ///< last states, [layers * directions, batch, hidden]; `c` of an LSTM only
};

/// `input` [time, batch, inputs]; states [layers * directions, batch, hidden], `c0` for an LSTM
/// only.
RecurrentResult recurrent_network(ops::Cell cell, const Variable& input, const Variable& h0,
                                  const Variable& c0, const Variables& weights,
                                  const RecurrentOptions& options);

/// c = f * c + i * g and h = o * tanh(c), with gates i, f, o = sigmoid and g = tanh of
/// W_ih x + b_ih + W_hh h + b_hh.
inline RecurrentResult lstm(const Variable& input, const Variable& h0, const Variable& c0,
                            const Variables& weights, const RecurrentOptions& options = {}) {
  return recurrent_network(ops::Cell::lstm, input, h0, c0, weights, options);
}
/// h = (1 - z) * n + z * h, with r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh) and
/// n = tanh(W_in x + b_in + r * (W_hn h + b_hn)).
inline RecurrentResult gru(const Variable& input, const Variable& h0, const Variables& weights,
                           const RecurrentOptions& options = {}) {
  return recurrent_network(ops::Cell::gru, input, h0, {}, weights, options);
}
/// h = tanh(W_ih x + b_ih + W_hh h + b_hh).
inline RecurrentResult rnn_tanh(const Variable& input, const Variable& h0, const Variables& weights,
                                const RecurrentOptions& options = {}) {
  return recurrent_network(ops::Cell::tanh, input, h0, {}, weights, options);
}
/// The same with relu.
inline RecurrentResult rnn_relu(const Variable& input, const Variable& h0, const Variables& weights,
                                const RecurrentOptions& options = {}) {
  return recurrent_network(ops::Cell::relu, input, h0, {}, weights, options);
}

}  // namespace gradpad
