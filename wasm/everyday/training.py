# Modules, losses and optimizers: a regression and a classification.
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(1)
x = torch.linspace(-1, 1, 20).unsqueeze(1)
y = 3 * x + 0.5 + 0.1 * torch.randn(20, 1)
model = nn.Linear(1, 1)
optimizer = optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(5):
    loss = F.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"epoch {epoch + 1}: loss {loss.item():.4f}")
print(model.weight, model.bias)


class Net(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2, hidden), nn.ReLU(), nn.Linear(hidden, 3))

    def forward(self, x):
        return self.layers(x)


net = Net()
print(net, sum(p.numel() for p in net.parameters()))
data = torch.randn(12, 2)
target = torch.randint(0, 3, (12,))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
net.train()
for _ in range(3):
    optimizer.zero_grad()
    loss = criterion(net(data), target)
    loss.backward()
    optimizer.step()
net.eval()
with torch.no_grad():
    predicted = net(data).argmax(dim=1)
    print((predicted == target).float().mean())
print(F.log_softmax(net(data), dim=1)[0], F.nll_loss(F.log_softmax(net(data), dim=1), target))
print(F.binary_cross_entropy_with_logits(model(x).squeeze(), (y > 0).float().squeeze()))
for name, parameter in net.named_parameters():
    print(name, parameter.shape, parameter.grad.norm())
