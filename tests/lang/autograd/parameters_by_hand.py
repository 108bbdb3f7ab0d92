# A two-layer network without torch.nn.
import torch

torch.manual_seed(1)
w1 = torch.randn(2, 4, requires_grad=True)
b1 = torch.zeros(4, requires_grad=True)
w2 = torch.randn(4, 1, requires_grad=True)
b2 = torch.zeros(1, requires_grad=True)
params = [w1, b1, w2, b2]

x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
t = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
for epoch in range(300):
    hidden = torch.tanh(x @ w1 + b1)
    out = torch.sigmoid(hidden @ w2 + b2)
    loss = ((out - t) ** 2).mean()
    grads = torch.autograd.grad(loss, params)
    with torch.no_grad():
        for p, g in zip(params, grads):
            p -= 1.0 * g
print([tuple(p.shape) for p in params])
print(bool(loss < 0.3), (out > 0.5).int().flatten().shape)
print(all(p.grad is None for p in params))
