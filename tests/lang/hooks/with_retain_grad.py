# Hooks, retain_grad and closures together.
import torch

log = {}


def remember(name):
    def hook(grad):
        log[name] = grad.clone()

    return hook


x = torch.tensor([0.5, -0.5], requires_grad=True)
h = torch.tanh(x)
h.retain_grad()
h.register_hook(remember("h"))
x.register_hook(remember("x"))
out = (h * torch.tensor([1.0, 2.0])).sum()
out.backward()
for name in sorted(log):
    print(name, log[name])
print(h.grad)
print(torch.equal(h.grad, log["h"]))
print(h.retains_grad)


class Counter:
    def __init__(self):
        self.calls = 0

    def __call__(self, grad):
        self.calls += 1


counter = Counter()
w = torch.ones(1, requires_grad=True)
w.register_hook(counter)
for _ in range(3):
    (w * 2).backward()
print(counter.calls, w.grad)
