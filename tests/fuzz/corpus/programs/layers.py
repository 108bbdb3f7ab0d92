import torch
from torch import nn
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(3):
    opt.zero_grad()
    loss = ((net(torch.ones(4, 2)) - 1) ** 2).mean()
    loss.backward()
    opt.step()
print(loss.item(), net)
