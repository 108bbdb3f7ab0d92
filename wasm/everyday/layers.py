# Convolution, pooling, recurrence.
import torch
import torch.nn as nn
import torch.nn.functional as F

image = torch.randn(2, 1, 8, 8, requires_grad=True)
conv = nn.Conv2d(1, 4, kernel_size=3, padding=1)
out = F.max_pool2d(F.relu(conv(image)), 2)
out = F.avg_pool2d(out, 2)
out.flatten(1).sum().backward()
print(out.shape, image.grad.shape, conv.weight.grad.shape)
signal = torch.randn(1, 2, 10)
print(F.conv1d(signal, torch.randn(3, 2, 3)).shape, nn.MaxPool1d(2)(signal).shape)
print(nn.Dropout(0.5)(signal).shape, nn.Embedding(5, 3)(torch.tensor([1, 2])).shape)
sequence = torch.randn(5, 1, 3)
for cell in (nn.RNN(3, 4), nn.LSTM(3, 4), nn.GRU(3, 4)):
    out, state = cell(sequence)
    out.sum().backward()
    print(type(cell).__name__, out.shape)
