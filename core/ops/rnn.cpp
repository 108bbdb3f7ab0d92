// Recurrent networks: layers, directions and dropout around the fused layer.
#include "gradpad/ops/rnn.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/dropout.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/rnn/layer.h"

namespace gradpad {

namespace {

using ops::Cell;
using ops::CellWeights;

/// The outputs of a layer's steps as PyTorch joins them.
Variable stacked(const Variable& output) {
  return differentiable_view("StackBackward0", output.data(), output,
                             [](Backward&, const Variable& g) -> Variables { return {g}; });
}

/// [time, batch, …] to [batch, time, …]; PyTorch transposes in place, but for the LSTM.
Variable batches_first(const Variable& output, bool is_lstm) {
  return differentiable_view(
      is_lstm ? "TransposeBackward0" : "TransposeBackward1", output.data().transpose(0, 1), output,
      [](Backward&, const Variable& g) -> Variables { return {transpose(g, 0, 1)}; });
}

void check_layer(const Variable& input, const Variable& h0, const CellWeights& weights,
                 int64_t gates) {
  const int64_t hidden = h0.size(-1), batch = input.size(1);
  const int64_t rows = input.size(0) * batch;
  if (weights.w_ih.dim() != 2 || weights.w_hh.dim() != 2) fail("mat2 must be a matrix");
  if (weights.w_ih.size(1) != input.size(2)) {
    fail("mat1 and mat2 shapes cannot be multiplied (", rows, "x", input.size(2), " and ",
         weights.w_ih.size(1), "x", weights.w_ih.size(0), ")");
  }
  if (h0.size(0) != batch) {
    fail("The size of tensor a (", h0.size(0), ") must match the size of tensor b (", batch,
         ") at non-singleton dimension 0");
  }
  if (weights.w_hh.size(1) != hidden) {
    fail("mat1 and mat2 shapes cannot be multiplied (", batch, "x", hidden, " and ",
         weights.w_hh.size(1), "x", weights.w_hh.size(0), ")");
  }
  for (const Variable& v : {weights.w_ih, weights.w_hh, weights.b_ih, weights.b_hh}) {
    if (!v.defined()) continue;
    if (v.size(0) != gates * hidden) {
      fail("The size of tensor a (", gates * hidden, ") must match the size of tensor b (",
           v.size(0), ") at non-singleton dimension 1");
    }
  }
  for (const Variable& v : {weights.w_ih, weights.w_hh, weights.b_ih, weights.b_hh, h0}) {
    if (v.defined() && v.dtype() != input.dtype()) {
      fail("expected scalar type ", scalar_type_name(input.dtype()), " but found ",
           scalar_type_name(v.dtype()));
    }
  }
}

}  // namespace

RecurrentResult recurrent_network(Cell cell, const Variable& given, const Variable& h0,
                                  const Variable& c0, const Variables& weights,
                                  const RecurrentOptions& options) {
  const int64_t directions = options.bidirectional ? 2 : 1;
  const int64_t each = options.has_biases ? 4 : 2;
  const bool is_lstm = cell == Cell::lstm;
  if (static_cast<int64_t>(weights.size()) != options.num_layers * directions * each) {
    fail("got an incorrect number of RNN parameters");
  }
  if (given.dim() != 3) fail("RNN: input must have 3 dimensions, got ", given.dim());
  Variable x = options.batch_first ? transpose(given, 0, 1) : given;
  if (x.size(0) == 0) fail("Expected sequence length to be larger than 0 in RNN");
  for (const Variable& state : {h0, c0}) {
    if (!state.defined()) continue;
    if (state.dim() != 3 || state.size(0) != options.num_layers * directions) {
      fail("Expected hidden size (", options.num_layers * directions, ", ", x.size(1),
           ", hidden), got ", to_string(state.shape()));
    }
  }
  Variables h_last, c_last;
  for (int64_t layer = 0; layer < options.num_layers; ++layer) {
    Variables outputs;
    for (int64_t direction = 0; direction < directions; ++direction) {
      const int64_t place = layer * directions + direction;
      const Variable* own = weights.data() + place * each;
      CellWeights cell_weights{own[0], own[1], {}, {}};
      if (options.has_biases) {
        cell_weights.b_ih = own[2];
        cell_weights.b_hh = own[3];
      }
      const Variable h = select(h0, 0, place);
      const Variable c = is_lstm ? select(c0, 0, place) : Variable();
      check_layer(x, h, cell_weights, ops::gates_of(cell));
      if (is_lstm && c.shape() != h.shape()) {
        fail("The size of tensor a (", c.size(0), ") must match the size of tensor b (", h.size(0),
             ") at non-singleton dimension 0");
      }
      const ops::LayerResult result =
          ops::recurrent_layer(cell, x, h, c, cell_weights, direction == 1);
      outputs.push_back(stacked(result.output));
      h_last.push_back(result.h);
      if (is_lstm) c_last.push_back(result.c);
    }
    x = directions == 2 ? cat(outputs, 2) : outputs[0];
    if (layer + 1 < options.num_layers && options.dropout != 0 && options.train) {
      x = dropout(x, options.dropout, true);
    }
  }
  if (options.batch_first) x = batches_first(x, is_lstm);
  return {x, stack(h_last, 0), is_lstm ? stack(c_last, 0) : Variable()};
}

namespace {

template <Cell cell>
Variables simple_network(const Variable& input, const Variable& hx, const Variables& params,
                         bool has_biases, int64_t num_layers, double dropout, bool train,
                         bool bidirectional, bool batch_first) {
  const RecurrentResult result =
      recurrent_network(cell, input, hx, {}, params,
                        {has_biases, num_layers, dropout, train, bidirectional, batch_first});
  return {result.output, result.h};
}

Variables lstm_network(const Variable& input, const Variables& hx, const Variables& params,
                       bool has_biases, int64_t num_layers, double dropout, bool train,
                       bool bidirectional, bool batch_first) {
  if (hx.size() != 2) fail("lstm expects two hidden states");
  const RecurrentResult result =
      recurrent_network(Cell::lstm, input, hx[0], hx[1], params,
                        {has_biases, num_layers, dropout, train, bidirectional, batch_first});
  return {result.output, result.h, result.c};
}

void check_step(const Variable& input, const Variable& h, const Variable& w_ih,
                const Variable& w_hh) {
  if (input.size(-1) != w_ih.size(1)) {
    fail("input has inconsistent input_size: got ", input.size(-1), " expected ", w_ih.size(1));
  }
  if (h.size(-1) != w_hh.size(1)) {
    fail("hidden0 has inconsistent hidden_size: got ", h.size(-1), ", expected ", w_hh.size(1));
  }
}

template <Cell cell>
Variable simple_cell(const Variable& input, const Variable& hx, const Variable& w_ih,
                     const Variable& w_hh, const Variable& b_ih, const Variable& b_hh) {
  check_step(input, hx, w_ih, w_hh);
  return ops::recurrent_step(cell, input, {hx, {}}, {w_ih, w_hh, b_ih, b_hh}).h;
}

Variables lstm_cell(const Variable& input, const Variables& hx, const Variable& w_ih,
                    const Variable& w_hh, const Variable& b_ih, const Variable& b_hh) {
  if (hx.size() != 2) fail("lstm_cell expects two hidden states");
  check_step(input, hx[0], w_ih, w_hh);
  const ops::CellState state =
      ops::recurrent_step(Cell::lstm, input, {hx[0], hx[1]}, {w_ih, w_hh, b_ih, b_hh});
  return {state.h, state.c};
}

constexpr std::string_view kLstmDoc =
    "A long short-term memory: c = f * c + i * g and h = o * tanh(c), with gates i, f, o = "
    "sigmoid and g = tanh of W_ih x + b_ih + W_hh h + b_hh. Input [time, batch, inputs], states "
    "[layers * directions, batch, hidden].\n"
    "Derivative: through every step and gate, from the last to the first.\n"
    "Shape: [time, batch, inputs] to [time, batch, directions * hidden], and twice [layers * "
    "directions, batch, hidden].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit the weights.";
constexpr std::string_view kGruDoc =
    "A gated recurrent unit: h = (1 - z) * n + z * h, with r, z = sigmoid(W_ih x + b_ih + W_hh h "
    "+ b_hh) and n = tanh(W_in x + b_in + r * (W_hn h + b_hn)). Input [time, batch, inputs], "
    "states [layers * directions, batch, hidden].\n"
    "Derivative: through every step and gate, from the last to the first.\n"
    "Shape: [time, batch, inputs] to [time, batch, directions * hidden], and [layers * "
    "directions, batch, hidden].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit the weights.";
constexpr std::string_view kTanhDoc =
    "A recurrent network: h = tanh(W_ih x + b_ih + W_hh h + b_hh). Input [time, batch, inputs], "
    "states [layers * directions, batch, hidden].\n"
    "Derivative: through every step, from the last to the first.\n"
    "Shape: [time, batch, inputs] to [time, batch, directions * hidden], and [layers * "
    "directions, batch, hidden].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit the weights.";
constexpr std::string_view kReluDoc =
    "A recurrent network: h = relu(W_ih x + b_ih + W_hh h + b_hh). Input [time, batch, inputs], "
    "states [layers * directions, batch, hidden].\n"
    "Derivative: through every step, from the last to the first.\n"
    "Shape: [time, batch, inputs] to [time, batch, directions * hidden], and [layers * "
    "directions, batch, hidden].\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for sizes that do not fit the weights.";

}  // namespace

GRADPAD_DEFINE_OP(
    lstm,
    "lstm(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float "
    "dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)",
    kLstmDoc,
    "T[3,2,2], [T[1,2,2], T[1,2,2]], [T[8,2], T[8,2], T[8], T[8]], True, 1, 0, False, False, "
    "False; "
    "T[2,3,1], [T[2,2,1], T[2,2,1]], [T[4,1], T[4,1], T[4,1], T[4,1]], False, 1, 0, False, True, "
    "True; T[2,1,1], [T[2,1,1], T[2,1,1]], [T[4,1], T[4,1], T[4], T[4], T[4,1], T[4,1], T[4], "
    "T[4]], "
    "True, 2, 0.5, True, False, False",
    kTorch, boxed<&lstm_network>);
GRADPAD_DEFINE_OP(
    gru,
    "gru(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, "
    "bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
    kGruDoc,
    "T[3,2,2], T[1,2,2], [T[6,2], T[6,2], T[6], T[6]], True, 1, 0, False, False, False; T[2,3,1], "
    "T[2,2,1], [T[3,1], T[3,1], T[3,1], T[3,1]], False, 1, 0, False, True, True",
    kTorch, boxed<&simple_network<Cell::gru>>);
GRADPAD_DEFINE_OP(
    rnn_tanh,
    "rnn_tanh(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float "
    "dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
    kTanhDoc,
    "T[3,2,2], T[1,2,3], [T[3,2], T[3,3], T[3], T[3]], True, 1, 0, False, False, False; T[2,2,1], "
    "T[4,2,1], [T[1,1], T[1,1], T[1,1], T[1,1], T[1,2], T[1,1], T[1,2], T[1,1]], False, 2, 0, "
    "False, True, True",
    kTorch, boxed<&simple_network<Cell::tanh>>);
GRADPAD_DEFINE_OP(
    rnn_relu,
    "rnn_relu(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float "
    "dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)",
    kReluDoc, "T[3,2,2], T[1,2,3], [T[3,2], T[3,3], T[3], T[3]], True, 1, 0, False, False, False",
    kTorch, boxed<&simple_network<Cell::relu>>);
GRADPAD_DEFINE_OP(
    lstm_cell,
    "lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? "
    "b_hh=None) -> (Tensor, Tensor)",
    kLstmDoc,
    "T[2,2], [T[2,1], T[2,1]], T[4,2], T[4,1], T[4], T[4]; T[1,2], [T[1,1], T[1,1]], "
    "T[4,2], T[4,1]",
    kTorch, boxed<&lstm_cell>);
GRADPAD_DEFINE_OP(
    gru_cell,
    "gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? "
    "b_hh=None) -> Tensor",
    kGruDoc, "T[2,2], T[2,1], T[3,2], T[3,1], T[3], T[3]", kTorch, boxed<&simple_cell<Cell::gru>>);
GRADPAD_DEFINE_OP(
    rnn_tanh_cell,
    "rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? "
    "b_hh=None) -> Tensor",
    kTanhDoc, "T[2,2], T[2,3], T[3,2], T[3,3], T[3], T[3]", kTorch,
    boxed<&simple_cell<Cell::tanh>>);
GRADPAD_DEFINE_OP(
    rnn_relu_cell,
    "rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? "
    "b_hh=None) -> Tensor",
    kReluDoc, "T[2,2], T[2,3], T[3,2], T[3,3], T[3], T[3]", kTorch,
    boxed<&simple_cell<Cell::relu>>);

}  // namespace gradpad
