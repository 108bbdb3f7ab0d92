# Only what requires a gradient gets one.
import torch

frozen = torch.tensor([1.0, 2.0])
trained = torch.tensor([3.0, 4.0], requires_grad=True)
loss = (frozen * trained).sum()
loss.backward()
print(frozen.grad, trained.grad)

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
b.requires_grad_(False)
(a * b).backward()
print(a.grad, b.grad)

with torch.inference_mode():
    z = a * 2
print(z.requires_grad)

try:
    (frozen * 2).sum().backward()
except RuntimeError as error:
    print(error)

with torch.no_grad():
    y = a * b
try:
    y.backward()
except RuntimeError as error:
    print(error)
