# A recurrent network by the functional form, beside the same by hand.
import torch

torch.manual_seed(0)
seq, batch, inputs, hidden = 4, 2, 3, 5
x = torch.randn(seq, batch, inputs)
h0 = torch.zeros(1, batch, hidden)
w_ih = torch.randn(hidden, inputs, requires_grad=True)
w_hh = torch.randn(hidden, hidden, requires_grad=True)
b_ih = torch.randn(hidden, requires_grad=True)
b_hh = torch.randn(hidden, requires_grad=True)
params = [w_ih, w_hh, b_ih, b_hh]
out, hn = torch.rnn_tanh(x, h0, params, True, 1, 0.0, False, False, False)
print(out.shape, hn.shape)

h = h0[0]
steps = []
for t in range(seq):
    h = torch.tanh(x[t] @ w_ih.t() + b_ih + h @ w_hh.t() + b_hh)
    steps.append(h)
by_hand = torch.stack(steps)
print(torch.allclose(out, by_hand, atol=1e-6), torch.allclose(hn[0], h, atol=1e-6))
print(out[-1, 0].detach())

grads = torch.autograd.grad(out.sum(), params, retain_graph=True)
expected = torch.autograd.grad(by_hand.sum(), params)
print([torch.allclose(a, b, atol=1e-5) for a, b in zip(grads, expected)])
relu_out, _ = torch.rnn_relu(x, h0, params, True, 1, 0.0, False, False, False)
print(relu_out.shape, bool((relu_out >= 0).all()))
