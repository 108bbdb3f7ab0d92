# Three clouds of points told apart by a small network with SGD.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
centers = torch.tensor([[2.0, 0.0], [-2.0, 1.0], [0.0, -2.0]])
labels = torch.randint(0, 3, (90,))
points = centers[labels] + 0.5 * torch.randn(90, 2)


class Classifier(nn.Module):
    def __init__(self):
        super(Classifier, self).__init__()
        self.fc1 = nn.Linear(2, 16)
        self.fc2 = nn.Linear(16, 3)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x)))


model = Classifier()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
criterion = nn.CrossEntropyLoss()
for epoch in range(5):
    order = torch.randperm(90)
    for i in range(0, 90, 30):
        batch = order[i : i + 30]
        optimizer.zero_grad()
        loss = criterion(model(points[batch]), labels[batch])
        loss.backward()
        optimizer.step()
accuracy = (model(points).argmax(dim=1) == labels).float().mean()
print(accuracy.item() > 0.9)
print(F.softmax(model(centers), dim=1).argmax(dim=1))
