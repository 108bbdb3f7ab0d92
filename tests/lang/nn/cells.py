# Recurrent cells, stepped by hand.
import torch
import torch.nn as nn

torch.manual_seed(0)
sequence = torch.randn(3, 2, 4)
rnn = nn.RNNCell(4, 3)
h = torch.zeros(2, 3)
for x in sequence:
    h = rnn(x, h)
print(h.detach())
lstm = nn.LSTMCell(4, 3)
h, c = torch.zeros(2, 3), torch.zeros(2, 3)
for x in sequence:
    h, c = lstm(x, (h, c))
print(h.detach())
print(c.detach())
gru = nn.GRUCell(4, 3)
h = torch.zeros(2, 3)
for x in sequence:
    h = gru(x, h)
print(h.detach())
h.sum().backward()
print(gru.weight_ih.grad.shape)
print(rnn, lstm, gru)
