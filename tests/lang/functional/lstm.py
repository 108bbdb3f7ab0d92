# An LSTM by the functional form, beside the same by hand.
import torch

torch.manual_seed(1)
seq, batch, inputs, hidden = 3, 2, 4, 3
x = torch.randn(seq, batch, inputs, requires_grad=True)
h0 = torch.randn(1, batch, hidden)
c0 = torch.randn(1, batch, hidden)
w_ih = torch.randn(4 * hidden, inputs, requires_grad=True)
w_hh = torch.randn(4 * hidden, hidden, requires_grad=True)
b_ih = torch.randn(4 * hidden, requires_grad=True)
b_hh = torch.randn(4 * hidden, requires_grad=True)
params = [w_ih, w_hh, b_ih, b_hh]
out, hn, cn = torch.lstm(x, (h0, c0), params, True, 1, 0.0, False, False, False)
print(out.shape, hn.shape, cn.shape)

h, c = h0[0], c0[0]
for t in range(seq):
    gates = x[t] @ w_ih.t() + b_ih + h @ w_hh.t() + b_hh
    i, f, g, o = gates.chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h = torch.sigmoid(o) * torch.tanh(c)
print(torch.allclose(hn[0], h, atol=1e-6), torch.allclose(cn[0], c, atol=1e-6))
print(h.detach())

loss = (out[-1] ** 2).sum()
grads = torch.autograd.grad(loss, [x] + params)
expected = torch.autograd.grad((h ** 2).sum(), [x] + params)
print([torch.allclose(a, b, atol=1e-5) for a, b in zip(grads, expected)])
