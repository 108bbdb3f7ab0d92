# A line through noisy points.
import torch

torch.manual_seed(0)
xs = torch.linspace(-1, 1, 20)
ys = 3 * xs - 0.5 + 0.05 * torch.randn(20)
a = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(200):
    predicted = a * xs + b
    loss = ((predicted - ys) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        a -= 0.3 * a.grad
        b -= 0.3 * b.grad
        a.grad.zero_()
        b.grad.zero_()
    if epoch % 50 == 0:
        print(epoch, f"{loss.item():.4f}")
print(f"slope {a.item():.3f}, intercept {b.item():.3f}")
