# ModuleList, ModuleDict, ParameterList and buffers.
import torch
import torch.nn as nn


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)])
        self.heads = nn.ModuleDict({"a": nn.Linear(2, 1), "b": nn.Linear(2, 4)})
        self.register_buffer("offset", torch.tensor([1.0, -1.0]))

    def forward(self, x, head):
        for layer in self.layers:
            x = torch.tanh(layer(x)) + self.offset
        return self.heads[head](x)


torch.manual_seed(0)
net = Stack()
print(net)
print(net(torch.zeros(1, 2), "a").shape, net(torch.zeros(1, 2), "b").shape)
print(len(list(net.parameters())), [name for name, _ in net.named_buffers()])
print(list(net.state_dict())[:3])
try:
    net.missing
except AttributeError as error:
    print(error)
