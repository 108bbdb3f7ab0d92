# XOR, learned with nn and optim.
import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = optim.Adam(model.parameters(), lr=0.05)
loss_function = nn.MSELoss()
for epoch in range(200):
    optimizer.zero_grad()
    loss = loss_function(model(x), y)
    loss.backward()
    optimizer.step()
print(loss.item() < 0.01)
with torch.no_grad():
    print(model(x).round().abs().flatten())
