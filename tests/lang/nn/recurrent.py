# nn.RNN, nn.LSTM and nn.GRU.
import torch
import torch.nn as nn

torch.manual_seed(0)
x = torch.randn(5, 2, 3)
for kind in [nn.RNN, nn.LSTM, nn.GRU]:
    torch.manual_seed(1)
    net = kind(3, 4)
    out, state = net(x)
    print(net)
    print(out.shape, out[-1, 0].detach())
    h = state[0] if isinstance(state, tuple) else state
    print(h.shape, torch.equal(h[0], out[-1]))
    out.sum().backward()
    print([(name, tuple(p.grad.shape)) for name, p in net.named_parameters()])

torch.manual_seed(2)
net = nn.LSTM(input_size=3, hidden_size=4, num_layers=2, batch_first=True)
out, (h, c) = net(torch.randn(2, 6, 3))
print(out.shape, h.shape, c.shape)
print(out[0, -1].detach())
both = nn.GRU(3, 4, bidirectional=True)
out, h = both(x)
print(out.shape, h.shape)
h0 = torch.ones(1, 2, 4)
rnn = nn.RNN(3, 4, nonlinearity="relu")
print(rnn(x, h0)[1].shape)
