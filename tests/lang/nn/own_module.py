# A module of one's own.
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, hidden=3):
        super().__init__()
        self.inner = nn.Linear(2, hidden)
        self.outer = nn.Linear(hidden, 1)
        self.scale = nn.Parameter(torch.tensor(2.0))
        self.calls = 0

    def forward(self, x):
        self.calls += 1
        x = F.relu(self.inner(x))
        return self.outer(x) * self.scale


torch.manual_seed(1)
net = Net()
print(net)
out = net(torch.tensor([[1.0, -1.0]]))
print(out.shape, net.calls)
print([name for name, _ in net.named_parameters()])
out.sum().backward()
print(net.scale.grad is not None, net.inner.weight.grad.shape)
print([type(m).__name__ for m in net.modules()])
print([name for name, _ in net.named_children()])
print(net.training, net.eval().training, net.inner.training, net.train().inner.training)
print(net.scale)
for p in net.parameters():
    p.requires_grad_(False)
print(net(torch.zeros(1, 2)).requires_grad)
