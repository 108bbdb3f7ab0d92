# Convolution and pooling as modules.
import torch
import torch.nn as nn

torch.manual_seed(0)
conv = nn.Conv2d(1, 2, kernel_size=3, padding=1)
print(conv)
print(conv.weight.shape, conv.bias)
x = torch.arange(16.0).reshape(1, 1, 4, 4)
print(conv(x))
pool = nn.MaxPool2d(2)
print(pool, pool(x))
print(nn.AvgPool2d(2)(x))
one = nn.Conv1d(2, 3, 2, stride=2)
print(one, one(torch.ones(1, 2, 6)).shape)
net = nn.Sequential(
    nn.Conv2d(1, 4, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(4, 3),
)
print(net)
out = net(x)
print(out.shape)
nn.CrossEntropyLoss()(out, torch.tensor([1])).backward()
print(net[0].weight.grad.shape, net[4].bias.grad.shape)
