# A GRU by the functional form, beside the same by hand.
import torch

torch.manual_seed(2)
seq, batch, inputs, hidden = 3, 2, 2, 4
x = torch.randn(seq, batch, inputs, requires_grad=True)
h0 = torch.zeros(1, batch, hidden)
w_ih = torch.randn(3 * hidden, inputs, requires_grad=True)
w_hh = torch.randn(3 * hidden, hidden, requires_grad=True)
b_ih = torch.randn(3 * hidden, requires_grad=True)
b_hh = torch.randn(3 * hidden, requires_grad=True)
params = [w_ih, w_hh, b_ih, b_hh]
out, hn = torch.gru(x, h0, params, True, 1, 0.0, False, False, False)
print(out.shape, hn.shape)

h = h0[0]
for t in range(seq):
    ir, iz, in_ = (x[t] @ w_ih.t() + b_ih).chunk(3, 1)
    hr, hz, hn_ = (h @ w_hh.t() + b_hh).chunk(3, 1)
    r = torch.sigmoid(ir + hr)
    z = torch.sigmoid(iz + hz)
    n = torch.tanh(in_ + r * hn_)
    h = (1 - z) * n + z * h
print(torch.allclose(hn[0], h, atol=1e-6))
print(h.detach())
grads = torch.autograd.grad(out[-1].sum(), [x] + params)
expected = torch.autograd.grad(h.sum(), [x] + params)
print([torch.allclose(a, b, atol=1e-5) for a, b in zip(grads, expected)])
