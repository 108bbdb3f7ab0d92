# Recurrent layers and their cells.
import math

import torch
from torch.nn import init
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter


class _RNNBase(Module):
    _gates = 1
    _mode = ""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        if proj_size:
            raise NotImplementedError("proj_size is not available")
        if isinstance(dropout, bool) or not 0 <= dropout <= 1:
            raise ValueError(
                "dropout should be a number in range [0, 1] representing the probability of an "
                "element being zeroed"
            )
        if dropout > 0 and num_layers == 1:
            import warnings

            warnings.warn(
                "dropout option adds dropout after all but last recurrent layer, so non-zero "
                f"dropout expects num_layers greater than 1, but got dropout={dropout} and "
                f"num_layers={num_layers}"
            )
        self.mode = self._mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        names = []
        rows = self._gates * hidden_size
        for layer in range(num_layers):
            for side in ("", "_reverse") if bidirectional else ("",):
                width = input_size
                if layer > 0:
                    width = hidden_size * (2 if bidirectional else 1)
                shapes = {"weight_ih": (rows, width), "weight_hh": (rows, hidden_size)}
                if bias:
                    shapes["bias_ih"] = (rows,)
                    shapes["bias_hh"] = (rows,)
                for name, shape in shapes.items():
                    name = f"{name}_l{layer}{side}"
                    self.register_parameter(name, Parameter(torch.empty(shape, dtype=dtype)))
                    names.append(name)
        self._flat_weights_names = names
        self.reset_parameters()

    @property
    def _flat_weights(self):
        parameters = self._parameters
        return [parameters[name] for name in self._flat_weights_names]

    @property
    def all_weights(self):
        flat = self._flat_weights
        step = 4 if self.bias else 2
        return [flat[i : i + step] for i in range(0, len(flat), step)]

    def flatten_parameters(self):
        pass

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def _check(self, input):
        if input.dim() not in (2, 3):
            name = type(self).__name__
            raise RuntimeError(f"{name}: Expected input to be 2-D or 3-D but received {input.dim()}-D tensor")
        if input.size(-1) != self.input_size:
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got "
                f"{input.size(-1)}"
            )

    def _check_state(self, state, batch, what="hidden"):
        sides = 2 if self.bidirectional else 1
        expected = (self.num_layers * sides, batch, self.hidden_size)
        if tuple(state.size()) != expected:
            raise RuntimeError(f"Expected {what} size {expected}, got {list(state.size())}")

    def _batched(self, input):
        """The input with a batch dimension, whether it had one, and the size of the batch."""
        self._check(input)
        batched = input.dim() == 3
        if not batched:
            input = input.unsqueeze(0 if self.batch_first else 1)
        return input, batched, input.size(0 if self.batch_first else 1)

    def _zeros(self, input, batch):
        sides = 2 if self.bidirectional else 1
        return torch.zeros(self.num_layers * sides, batch, self.hidden_size, dtype=input.dtype)

    def _options(self):
        return (self.bias, self.num_layers, self.dropout, self.training, self.bidirectional,
                self.batch_first)

    def _unbatch(self, output, batched):
        return output if batched else output.squeeze(0 if self.batch_first else 1)

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        if self.num_layers != 1:
            text += f", num_layers={self.num_layers}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if self.batch_first is not False:
            text += f", batch_first={self.batch_first}"
        if self.dropout != 0:
            text += f", dropout={self.dropout}"
        if self.bidirectional is not False:
            text += f", bidirectional={self.bidirectional}"
        return text


class _OneState(_RNNBase):
    """Layers with a single hidden state."""

    def forward(self, input, hx=None):
        input, batched, batch = self._batched(input)
        if hx is None:
            hx = self._zeros(input, batch)
        elif batched:
            if hx.dim() != 3:
                raise RuntimeError(
                    f"For batched 3-D input, hx should also be 3-D but got {hx.dim()}-D tensor"
                )
        else:
            if hx.dim() != 2:
                raise RuntimeError(
                    f"For unbatched 2-D input, hx should also be 2-D but got {hx.dim()}-D tensor"
                )
            hx = hx.unsqueeze(1)
        self._check_state(hx, batch)
        output, hidden = self._run(input, hx)
        return self._unbatch(output, batched), hidden if batched else hidden.squeeze(1)


class RNN(_OneState):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True,
                 batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'")
        super().__init__(input_size, hidden_size, num_layers, bias, batch_first, dropout,
                         bidirectional, dtype=dtype)
        self.nonlinearity = nonlinearity
        self.mode = "RNN_TANH" if nonlinearity == "tanh" else "RNN_RELU"

    def _run(self, input, hx):
        function = torch.rnn_tanh if self.nonlinearity == "tanh" else torch.rnn_relu
        return function(input, hx, self._flat_weights, *self._options())

    def extra_repr(self):
        text = super().extra_repr()
        return text if self.nonlinearity == "tanh" else text + f", nonlinearity={self.nonlinearity}"


class GRU(_OneState):
    _gates = 3
    _mode = "GRU"

    def _run(self, input, hx):
        return torch.gru(input, hx, self._flat_weights, *self._options())


class LSTM(_RNNBase):
    _gates = 4
    _mode = "LSTM"

    def forward(self, input, hx=None):
        input, batched, batch = self._batched(input)
        if hx is None:
            zeros = self._zeros(input, batch)
            hx = (zeros, zeros)
        else:
            dim = 3 if batched else 2
            if hx[0].dim() != dim or hx[1].dim() != dim:
                kind = "batched 3-D" if batched else "unbatched 2-D"
                raise RuntimeError(
                    f"For {kind} input, hx and cx should also be {dim}-D but got "
                    f"({hx[0].dim()}-D, {hx[1].dim()}-D) tensors"
                )
            if not batched:
                hx = (hx[0].unsqueeze(1), hx[1].unsqueeze(1))
        self._check_state(hx[0], batch, "hidden[0]")
        self._check_state(hx[1], batch, "hidden[1]")
        output, h, c = torch.lstm(input, hx, self._flat_weights, *self._options())
        if not batched:
            h, c = h.squeeze(1), c.squeeze(1)
        return self._unbatch(output, batched), (h, c)


class _RNNCellBase(Module):
    _gates = 1

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = self._gates * hidden_size
        self.weight_ih = Parameter(torch.empty((rows, input_size), dtype=dtype))
        self.weight_hh = Parameter(torch.empty((rows, hidden_size), dtype=dtype))
        if bias:
            self.bias_ih = Parameter(torch.empty(rows, dtype=dtype))
            self.bias_hh = Parameter(torch.empty(rows, dtype=dtype))
        else:
            self.register_parameter("bias_ih", None)
            self.register_parameter("bias_hh", None)
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def _zeros(self, input):
        return torch.zeros(input.size(0), self.hidden_size, dtype=input.dtype)

    def _apply_cell(self, function, input, hx):
        if input.dim() not in (1, 2):
            name = type(self).__name__
            raise AssertionError(
                f"{name}: Expected input to be 1-D or 2-D but received {input.dim()}-D tensor"
            )
        batched = input.dim() == 2
        if not batched:
            input = input.unsqueeze(0)
        if hx is None:
            hx = self._zeros(input)
        elif not batched:
            hx = hx.unsqueeze(0)
        result = function(input, hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        return result if batched else result.squeeze(0)

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        return text if self.bias is True else text + f", bias={self.bias}"


class RNNCell(_RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None,
                 dtype=None):
        super().__init__(input_size, hidden_size, bias, dtype=dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        function = torch.rnn_tanh_cell if self.nonlinearity == "tanh" else torch.rnn_relu_cell
        return self._apply_cell(function, input, hx)

    def extra_repr(self):
        text = super().extra_repr()
        return text if self.nonlinearity == "tanh" else text + f", nonlinearity={self.nonlinearity}"


class GRUCell(_RNNCellBase):
    _gates = 3

    def forward(self, input, hx=None):
        return self._apply_cell(torch.gru_cell, input, hx)


class LSTMCell(_RNNCellBase):
    _gates = 4

    def forward(self, input, hx=None):
        if input.dim() not in (1, 2):
            raise AssertionError(
                f"LSTMCell: Expected input to be 1-D or 2-D but received {input.dim()}-D tensor"
            )
        batched = input.dim() == 2
        if not batched:
            input = input.unsqueeze(0)
        if hx is None:
            zeros = self._zeros(input)
            hx = (zeros, zeros)
        elif not batched:
            hx = (hx[0].unsqueeze(0), hx[1].unsqueeze(0))
        h, c = torch.lstm_cell(input, hx, self.weight_ih, self.weight_hh, self.bias_ih,
                               self.bias_hh)
        return (h, c) if batched else (h.squeeze(0), c.squeeze(0))
