# Dropout switches elements off while training, and scales up the rest.
import torch
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.ones(10)
print(F.dropout(x, 0.5))
print(F.dropout(x, p=0.2))
print(F.dropout(x, 0.5, training=False))
print(F.dropout(x, 0.0), F.dropout(x, 1.0))
y = torch.arange(1.0, 7.0, requires_grad=True)
out = F.dropout(y, 0.5)
print(out)
out.sum().backward()
print(y.grad)
mean = F.dropout(torch.ones(10000), 0.3).mean()
print(abs(mean.item() - 1) < 0.05)
try:
    F.dropout(x, 1.5)
except ValueError as error:
    print(error)
