# Gradients: of the elementary functions, through shapes and selections, of higher order, by hand.
import torch
import torch.nn.functional as F

x = torch.tensor([[0.5, 1.0, 2.0], [0.3, 0.2, 0.1]], requires_grad=True)
functions = {
    "exp": torch.exp,
    "log": torch.log,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "sqrt": torch.sqrt,
    "abs": torch.abs,
    "relu": torch.relu,
    "square": lambda t: t * t,
    "power": lambda t: t**3 + 2**t,
    "reciprocal": lambda t: 1 / t,
    "softmax": lambda t: F.softmax(t, dim=1),
    "leaky_relu": F.leaky_relu,
    "clamp": lambda t: t.clamp(min=0.2, max=1),
    "reshape": lambda t: t.reshape(3, 2).t().unsqueeze(0).squeeze(0).expand(2, 3),
    "select": lambda t: t[0] + t[:, 1:].sum() + t[t > 0.4].mean(),
    "reduce": lambda t: t.sum(0) * t.mean(1, keepdim=True) - t.max() + t.min() + t.norm(),
    "join": lambda t: torch.cat([t, t * 2]) + torch.stack([t[0], t[1], t[0], t[1]]),
    "where": lambda t: torch.where(t > 0.4, t, -t),
    "product": lambda t: t @ t.t() + torch.dot(t[0], t[1]) + t.mm(t.T).std() + t.var(),
}
for name, function in functions.items():
    x.grad = None
    y = function(x)
    y.sum().backward()
    print(name, y.grad_fn, x.grad)

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor([1.0, 2.0], requires_grad=True)
middle = a * b
middle.retain_grad()
seen = []
middle.register_hook(lambda grad: seen.append(grad))
out = (middle**2).sum()
out.backward(retain_graph=True)
out.backward()
print(a.grad, b.grad, middle.grad, seen, middle.detach(), out.grad_fn.next_functions)
first, = torch.autograd.grad(a**4, a, create_graph=True)
second, = torch.autograd.grad(first, a)
print(first, second, torch.autograd.grad([(b**2).sum(), b.prod()], [b]))
(b * torch.ones(3, 2)).backward(torch.ones(3, 2))
print(b.grad)
for step in range(3):
    loss = ((b - 1) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        b -= 0.1 * b.grad
        b.grad.zero_()
print(b, loss.item(), torch.is_grad_enabled(), b.data, b.is_leaf, (b * 2).requires_grad)
with torch.set_grad_enabled(False):
    print((b * 2).requires_grad)


class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t):
        ctx.save_for_backward(t)
        return 2 * t

    @staticmethod
    def backward(ctx, grad):
        t, = ctx.saved_tensors
        return 2 * grad


Double.apply(a).backward()
print(a.grad)
