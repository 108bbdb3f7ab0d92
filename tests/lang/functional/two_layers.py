# Layers on layers, both directions, batch first.
import torch

torch.manual_seed(5)


def layer(inputs, hidden, gates):
    return [torch.randn(gates * hidden, inputs) * 0.3, torch.randn(gates * hidden, hidden) * 0.3]


x = torch.randn(2, 5, 3)
h0 = torch.zeros(2, 2, 4)
stacked = layer(3, 4, 1) + layer(4, 4, 1)
out, hn = torch.rnn_tanh(x, h0, stacked, False, 2, 0.0, False, False, True)
print(out.shape, hn.shape)
print(torch.equal(out[:, -1], hn[1]))
both = layer(3, 4, 3) + layer(3, 4, 3)
out, hn = torch.gru(x, h0, both, False, 1, 0.0, False, True, True)
print(out.shape, hn.shape)
print(torch.equal(out[:, -1, :4], hn[0]), torch.equal(out[:, 0, 4:], hn[1]))
lstm = layer(3, 4, 4) + layer(4, 4, 4)
out, hn, cn = torch.lstm(x, (h0, h0), lstm, False, 2, 0.0, False, False, True)
print(out[0, -1])
print(hn.shape, cn.shape)
