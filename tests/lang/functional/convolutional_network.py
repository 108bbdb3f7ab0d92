# A small convolutional network, by functions only, trained to tell rows from columns.
import torch
import torch.nn.functional as F

torch.manual_seed(0)


def sample(count):
    pictures = torch.zeros(count, 1, 6, 6)
    labels = torch.arange(count) % 2
    for i in range(count):
        place = int(torch.randint(0, 6, (1,)))
        if labels[i] == 0:
            pictures[i, 0, place] = 1
        else:
            pictures[i, 0, :, place] = 1
    return pictures, labels


w1 = (torch.randn(4, 1, 3, 3) * 0.3).requires_grad_()
b1 = torch.zeros(4, requires_grad=True)
w2 = (torch.randn(2, 4) * 0.3).requires_grad_()
b2 = torch.zeros(2, requires_grad=True)
params = [w1, b1, w2, b2]


def network(x):
    x = F.max_pool2d(F.relu(F.conv2d(x, w1, b1, padding=1)), 6)
    return F.linear(x.flatten(1), w2, b2)


x, labels = sample(40)
print(network(x).shape)
for epoch in range(100):
    loss = F.cross_entropy(network(x), labels)
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.2 * p.grad
            p.grad = None
accuracy = (network(x).argmax(1) == labels).float().mean().item()
print(loss.item() < 0.1, accuracy > 0.95)
